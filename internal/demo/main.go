// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command demo tells the provider's story with a real Terraform CLI and the emulator: deploy, publish, list, release,
// notice a change behind Terraform's back, repair it, release settings, clean up. Each step is checked on the service's
// data and on Terraform's JSON; a step that does not do what it says ends the demo with a non-zero exit.
//
// It imports nothing of this module: it uses the binaries as a user does, and plain HTTP as somebody else would.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, newScreen(os.Stdout))
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "\ndemo:", err)
		os.Exit(1)
	}
}

// run tells the story. Whatever happens, processes are ended and files are removed.
func run(ctx context.Context, out *screen) (err error) {
	started := time.Now()
	d, err := newDemo(out)
	if err != nil {
		return err
	}
	defer func() {
		if closing := d.close(); err == nil {
			err = closing
		}
	}()
	quiet := context.AfterFunc(ctx, func() { out.say("Interrupted: ending what runs ...") })
	defer quiet()
	steps := story()
	for i, s := range steps {
		out.title(fmt.Sprintf("%d/%d  %s", i+1, len(steps), s.title))
		err := s.tell(ctx, d)
		if ctx.Err() != nil {
			return errors.New("interrupted; everything that was started or written is removed")
		}
		if err != nil {
			return fmt.Errorf("step %d, %q, did not do what it says: %w\n%s", i+1, s.title, err, d.emulatorLog())
		}
	}
	out.say("")
	out.good(fmt.Sprintf("All %d steps did what they said, in %d s.", len(steps), int(time.Since(started).Seconds())))
	out.say("Next: README.md, and docs/guides/what-the-plan-tells-you.md for how to read the plans above.")
	return nil
}
