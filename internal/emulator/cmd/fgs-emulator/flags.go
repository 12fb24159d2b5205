// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// config is what the flags say.
type config struct {
	listen      string
	showVersion bool
	options     emulator.Options
}

func parseFlags(args []string, stderr io.Writer) (config, error) {
	var cfg config
	flags := flag.NewFlagSet("fgs-emulator", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&cfg.listen, "listen", "127.0.0.1:8787", "loopback `address` to listen on; port 0 picks one")
	flags.StringVar(&cfg.options.Region, "region", emulator.DefaultRegion, "region")
	flags.StringVar(&cfg.options.ProjectID, "project-id", emulator.DefaultProjectID, "project id")
	flags.StringVar(&cfg.options.AccessKey, "access-key", emulator.DefaultAccessKey, "access key that is accepted")
	flags.StringVar(&cfg.options.SecretKey, "secret-key", emulator.DefaultSecretKey, "its secret key")
	flags.StringVar(&cfg.options.Token, "token", emulator.DefaultToken, "X-Auth-Token that is accepted")
	flags.Func("switch", "`name=value`, repeatable:\n"+switchHelp(), func(text string) error {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return errors.New("want name=value")
		}
		return cfg.options.Switches.Set(name, value)
	})
	flags.BoolVar(&cfg.showVersion, "version", false, "print the version and exit")
	flags.Usage = func() {} // an error speaks for itself; help is printed below
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			flags.SetOutput(stderr)
			flags.PrintDefaults()
		}
		return cfg, err
	}
	if flags.NArg() > 0 {
		return cfg, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	return cfg, nil
}

// switchHelp lists the switches, the default first, and what of internal/contract each is a reading of.
func switchHelp() string {
	var out strings.Builder
	for _, item := range emulator.SwitchNames() {
		fmt.Fprintf(&out, "  %s=%s: %s (contract %s)\n", item.Name, strings.Join(item.Values, "|"), item.Doc, item.Reading)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// checkLoopback keeps the emulator, whose keys are public, off the network.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-listen: %w", err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("-listen %s: the emulator listens on loopback addresses only, such as 127.0.0.1:8787", address)
}
