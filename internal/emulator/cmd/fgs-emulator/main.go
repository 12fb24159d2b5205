// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command fgs-emulator serves the FunctionGraph emulator on a loopback address.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// version is set by the release build.
var version = "dev"

// shutdownTime is what requests in flight get after a signal.
const shutdownTime = 2 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fgs-emulator:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends. The first line on stdout is the URL, the rest is a provider block.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	cfg, err := parseFlags(args, stderr)
	if err != nil {
		return err
	}
	if cfg.showVersion {
		_, err := fmt.Fprintln(stdout, version)
		return err
	}
	if err := checkLoopback(cfg.listen); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.listen)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	logger := log.New(stderr, "", log.LstdFlags)
	cfg.options.OnRequest = func(r emulator.Request) { logRequest(logger, r) }
	service := emulator.New(cfg.options)
	url := "http://" + listener.Addr().String()
	if _, err := fmt.Fprintf(stdout, "%s\n\n%s", url, service.ProviderBlock(url)); err != nil {
		return errors.Join(fmt.Errorf("print the address: %w", err), listener.Close())
	}
	return serve(ctx, listener, service)
}

// newServer does not wait for ever for anybody. 300 MB over loopback take seconds.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute,
		WriteTimeout:      5 * time.Minute, // begins before the body is read
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10, // a token has a few KB
	}
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := newServer(handler)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(end); err != nil {
		return server.Close()
	}
	return nil
}

// maxShown is how much of a path is shown.
const maxShown = 500

// logRequest writes one line: no headers, no bodies.
func logRequest(logger *log.Logger, r emulator.Request) {
	line := fmt.Sprintf("%s %s %d", shown(r.Method), shown(r.Path), r.Status)
	if r.Code != "" {
		line += " " + r.Code
	}
	logger.Println(line)
}

// shown escapes what would move the cursor, turn the direction of writing or fill the screen.
func shown(text string) string {
	end := ""
	if len(text) > maxShown {
		text, end = text[:maxShown], "…"
	}
	quoted := strconv.Quote(text)
	return quoted[1:len(quoted)-1] + end
}
