// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"bytes"
	"math/rand/v2"
	"net/http"
	"syscall"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccSignal interrupts a real CLI and the provider's process. Afterwards the state has the function or the service
// has nothing, and the next plan, or apply, is as if nothing had been.
func TestAccSignal(t *testing.T) {
	interrupted := func(s *shell, sig syscall.Signal, alone bool, wait time.Duration) func() {
		return func() {
			time.Sleep(wait)
			target := -int(s.running.Load()) // a terminal, and many a runner, ends the whole group
			if alone {
				target = -target
			}
			_ = syscall.Kill(target, sig)
			time.Sleep(300 * time.Millisecond)
		}
	}
	for name, v := range map[string]struct {
		fault   emulator.Fault
		signal  syscall.Signal
		alone   bool // only the CLI gets it, not the provider
		late    bool // the signal comes after the answer has gone out
		version bool // a version is published, too
		made    bool // what was under way came to its end
	}{
		"create in flight":          {fault: emulator.Fault{Op: "CreateFunction"}, signal: syscall.SIGINT, made: true},
		"create in flight, SIGTERM": {fault: emulator.Fault{Op: "CreateFunction"}, signal: syscall.SIGTERM, made: true},
		"create in flight, SIGTERM to the CLI alone": {
			fault: emulator.Fault{Op: "CreateFunction"}, signal: syscall.SIGTERM, alone: true, made: true,
		},
		"publish in flight": {fault: emulator.Fault{Op: "PublishVersion"}, signal: syscall.SIGINT, version: true, made: true},
		"waiting to repeat": {
			fault: emulator.Fault{
				Op: "CreateFunction", Status: 429, Code: "FSS.0429", Header: http.Header{"Retry-After": {"60"}},
			},
			signal: syscall.SIGINT, late: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, emulator.Options{})
			parts := []string{orders(s.dir.Code("code.zip", "v1"), "")}
			if v.version {
				parts = append(parts, version1)
			}
			s.config(parts...)
			v.fault.After = interrupted(s, v.signal, v.alone, 0)
			if v.late {
				v.fault.After = func() { go interrupted(s, v.signal, v.alone, 500*time.Millisecond)() }
			}
			s.api.Inject(v.fault)
			began := time.Now()
			out, status := s.start("apply", "-auto-approve", "-no-color", "-input=false").end(t)
			if took := time.Since(began); took > 30*time.Second {
				t.Errorf("it took %v", took)
			}
			s.settled(out, status, v.made, v.version)
		})
	}
}

// settled demands what holds after every interrupt.
func (s *shell) settled(out string, status int, made, version bool) {
	s.t.Helper()
	name, address := "", `"orders"`
	if version {
		name, address = "v1", `"fgs_function_version"`
	}
	if s.there(name) != made || s.stateHas(address) != made {
		s.t.Fatalf("exit status %d; at the service %t, in the state %t: %s", status, s.there(name), s.stateHas(address), out)
	}
	if s.stateHas(`"tainted"`) {
		s.t.Errorf("tainted: %s", out)
	}
	if !made {
		s.apply()
	}
	s.planned()
	if s.api.Count("DeleteFunction", "DeleteVersion") > 0 {
		s.t.Error("something was deleted")
	}
}

// TestAccSignal_upload: an upload that is interrupted half way is never processed.
func TestAccSignal_upload(t *testing.T) {
	s := newShell(t, emulator.Options{})
	code := make([]byte, 6<<20)
	random := rand.NewChaCha8([32]byte{1})
	_, _ = random.Read(code) // never fails
	s.config(orders(s.dir.Code("code.zip", string(code)), ""))
	s.api.Inject(emulator.Fault{Op: "CreateFunction", Kind: emulator.StallBody})
	p := s.start("apply", "-auto-approve", "-no-color", "-input=false")
	for len(s.api.PendingFaults()) > 0 {
		time.Sleep(20 * time.Millisecond)
	}
	time.Sleep(200 * time.Millisecond)
	began := time.Now()
	p.signal(t, syscall.SIGINT)
	out, status := p.end(t)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it went on for %v", took)
	}
	s.api.Release()
	time.Sleep(100 * time.Millisecond)
	s.settled(out, status, false, false)
	if f, _ := s.api.Function("default", "orders"); !bytes.HasPrefix(f.Code, []byte("PK")) {
		t.Error("the code did not arrive")
	}
}

// TestAccSignal_kill: CLI and provider are killed right after the service committed a creation, so that nobody knows of
// the function. The next apply does not make another one, and says how to go on; that converges.
func TestAccSignal_kill(t *testing.T) {
	for name, version := range map[string]bool{"create": false, "publish": true} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, emulator.Options{})
			parts, op := []string{orders(s.dir.Code("code.zip", "v1"), "")}, "CreateFunction"
			if version {
				parts, op = append(parts, version1), "PublishVersion"
			}
			s.config(parts...)
			s.api.Inject(emulator.Fault{Op: op, After: func() { _ = syscall.Kill(-int(s.running.Load()), syscall.SIGKILL) }})
			if out, status := s.start("apply", "-auto-approve", "-no-color", "-input=false").end(t); status == 0 {
				t.Fatalf("it was not killed: %s", out)
			}
			parts = append(parts, s.importBlock(s.applyFails()))
			s.config(parts...)
			// OpenTofu had not written the function to its state file yet: then there is one more block.
			if out, status := s.start("apply", "-auto-approve", "-no-color", "-input=false").end(t); status != 0 {
				s.config(append(parts, s.importBlock(out))...)
				s.apply()
			}
			s.planned()
			if f, _ := s.api.Function("default", "orders"); s.api.Count("DeleteFunction", "DeleteVersion") > 0 ||
				version && len(f.Versions) != 1 {
				t.Error("something was deleted or doubled")
			}
		})
	}
}

// TestAccSignal_invocation: a call that is interrupted is awaited, and in the state when its answer comes; of one whose
// process was killed nobody knows, so that the next apply calls again.
func TestAccSignal_invocation(t *testing.T) {
	const check = `
resource "fgs_invocation" "check" {
  function_urn = fgs_function.orders.urn
}
`
	for name, c := range map[string]struct {
		signal syscall.Signal
		known  bool // the state has the call
		calls  int  // until an apply ends well
	}{
		"SIGINT": {syscall.SIGINT, true, 1}, "SIGKILL": {syscall.SIGKILL, false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, emulator.Options{})
			function := orders(s.dir.Code("code.zip", "v1"), "")
			s.config(function)
			s.run(0, "apply", "-auto-approve", "-no-color", "-input=false")
			s.config(function, check)
			s.api.Inject(emulator.Fault{Op: "InvokeFunction", After: func() {
				_ = syscall.Kill(-int(s.running.Load()), c.signal)
				time.Sleep(300 * time.Millisecond)
			}})
			out, _ := s.start("apply", "-auto-approve", "-no-color", "-input=false").end(t)
			for s.api.Count("InvokeFunction") == 0 { // it counts once it is answered
				time.Sleep(10 * time.Millisecond)
			}
			if s.stateHas(`"fgs_invocation"`) != c.known || s.stateHas(`"tainted"`) {
				t.Fatalf("in the state %t: %s", s.stateHas(`"fgs_invocation"`), out)
			}
			s.run(0, "apply", "-auto-approve", "-no-color", "-input=false", "-lock=false")
			s.planned()
			if got := s.api.Count("InvokeFunction"); got != c.calls {
				t.Errorf("it was called %d times, want %d", got, c.calls)
			}
		})
	}
}
