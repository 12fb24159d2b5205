// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-fgs is a Terraform provider for Huawei Cloud FunctionGraph.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os/signal"
	"syscall"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

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

	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		// Whoever ends a whole process group sends this to the CLI too, and the CLI ends the provider when its writes
		// are done. The plugin library ignores an interrupt for the same reason.
		signal.Ignore(syscall.SIGTERM)
	}
	server := func() tfprotov6.ProviderServer { return provider.NewServer(context.Background(), version) }
	if err := tf6server.Serve(address, server, options...); err != nil {
		log.Fatal(err)
	}
}
