// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-fgs is a Terraform provider for Huawei Cloud FunctionGraph.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"syscall"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/functiongraph/terraform-provider-fgs/internal/lifetime"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// address is what users write in required_providers.
const address = "registry.terraform.io/functiongraph/fgs"

// version is set by the release build.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "start without a CLI and print what a debugger's CLI needs (TF_REATTACH_PROVIDERS)")
	printVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *printVersion {
		fmt.Println(version)
		return
	}

	provider.TuneCollector()
	life := lifetime.New(lifetime.WatchParent())
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		if !provider.ReadsSDKLog(os.Environ()) {
			_ = os.Setenv(provider.SDKLogVariable, "off") // else there are more lines, and all is as well
		}
		terminate := make(chan os.Signal, 1)
		signal.Notify(terminate, syscall.SIGTERM)
		// Standard error is a pipe to the CLI: a log line must not end a write that is on its way.
		signal.Ignore(syscall.SIGPIPE)
		go endWith(life, terminate)
	}
	server := func() tfprotov6.ProviderServer { return provider.NewServerWithin(life, version) }
	if err := tf6server.Serve(address, server, options...); err != nil {
		log.Fatal(err)
	}
}

// endWith ends the process when its CLI is gone, and on SIGTERM, as soon as nothing is in flight. Whoever ends a whole
// process group sends SIGTERM to the CLI too, which then waits for its writes. The plugin library ignores an interrupt
// for the same reason.
func endWith(life *lifetime.Lifetime, terminate <-chan os.Signal) {
	life.Wait(terminate)
	os.Exit(0)
}
