// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// providers are the process ids of the providers that the CLI of p started, also after its end: they share its process
// group.
func (p *process) providers(t *testing.T) []int {
	t.Helper()
	bin, err := built()
	if err != nil {
		t.Fatal(err)
	}
	links, err := filepath.Glob("/proc/[0-9]*/exe")
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, link := range links {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link)))
		if err != nil {
			t.Fatal(err)
		}
		exe, err := os.Readlink(link)
		if err != nil || filepath.Dir(exe) != bin {
			continue // another program, or it has just ended
		}
		if group, err := syscall.Getpgid(pid); err == nil && group == p.Process.Pid {
			pids = append(pids, pid)
		}
	}
	return pids
}

// started waits until the CLI has a provider.
func (p *process) started(t *testing.T) int {
	t.Helper()
	for range 500 {
		if pids := p.providers(t); len(pids) > 0 {
			return pids[0]
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("no provider: %s", p.out)
	return 0
}

// leavesNone demands that no provider is left soon.
func (p *process) leavesNone(t *testing.T, within time.Duration) {
	t.Helper()
	for end := time.Now().Add(within); len(p.providers(t)) > 0; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("providers are left: %v", p.providers(t))
		}
	}
}

func sendTo(t *testing.T, pid int, sig syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(pid, sig); err != nil {
		t.Error(err)
	}
}

// soon is how long an idle provider may outlive its CLI.
const soon = 5 * time.Second

const fullCreation = "max_instance_num = 5\n  tags = { a = \"b\" }" // two writes follow

// TestAccOrphan kills the CLI alone while the provider works. The write that is on its way comes to its end; no other
// request follows, though a creation would have gone on; and the provider's process ends.
func TestAccOrphan(t *testing.T) {
	for name, v := range map[string]struct {
		fault    emulator.Fault
		version  bool
		requests int // at all
		made     bool
	}{
		"a slow write": {emulator.Fault{Op: "CreateFunction", Delay: 3 * time.Second}, false, 1, true},
		"a slow write that fails then": {
			emulator.Fault{Op: "CreateFunction", Delay: 3 * time.Second, Status: 503, Code: "FSS.0503",
				Header: http.Header{"Retry-After": {"1"}}}, false, 1, false,
		},
		"a slow follow-up": {emulator.Fault{Op: "SetMaxInstances", Delay: 3 * time.Second}, false, 3, true},
		"a slow read":      {emulator.Fault{Op: "GetConfig", Delay: 3 * time.Second}, false, 2, true},
		"a slow publish":   {emulator.Fault{Op: "PublishVersion", Delay: 3 * time.Second}, true, 0, true},
		"waiting to repeat": {
			emulator.Fault{Op: "CreateFunction", Status: 429, Code: "FSS.0429", Header: http.Header{"Retry-After": {"60"}}},
			false, 1, false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, emulator.Options{})
			parts := []string{orders(s.dir.Code("code.zip", "v1"), fullCreation)}
			if v.version {
				parts = append(parts, version1)
			}
			s.config(parts...)
			s.api.Inject(v.fault)
			p := s.start("apply", "-auto-approve", "-no-color", "-input=false")
			p.started(t)
			for len(s.api.PendingFaults()) > 0 {
				time.Sleep(20 * time.Millisecond)
			}
			time.Sleep(200 * time.Millisecond)
			sendTo(t, p.Process.Pid, syscall.SIGKILL)
			p.end(t)
			if len(p.providers(t)) == 0 {
				t.Error("the provider did not outlive its CLI: the test shows nothing")
			}
			p.leavesNone(t, v.fault.Delay+soon)
			last := ""
			if v.version {
				last = "v1"
			}
			if s.there(last) != v.made {
				t.Errorf("at the service: %t", !v.made)
			}
			var ops []string
			for _, r := range s.api.Requests() {
				ops = append(ops, r.Op)
			}
			if v.requests > 0 && len(ops) != v.requests || ops[len(ops)-1] != v.fault.Op {
				t.Errorf("requests: %v", ops)
			}
		})
	}
}

// TestAccOrphan_idle kills the CLI alone while the provider has nothing to do.
func TestAccOrphan_idle(t *testing.T) {
	s := newShell(t, emulator.Options{})
	// The other provider of the configuration is at work: a program that waits.
	s.config(orders(s.dir.Code("code.zip", "v1"), ""), `
resource "terraform_data" "wait" {
  triggers_replace = fgs_function.orders.urn
  provisioner "local-exec" {
    command = "touch waiting; exec sleep 30"
  }
}
`)
	p := s.start("apply", "-auto-approve", "-no-color", "-input=false")
	p.started(t)
	waiting := filepath.Join(s.path, "waiting")
	for _, err := os.Stat(waiting); err != nil; _, err = os.Stat(waiting) {
		time.Sleep(20 * time.Millisecond)
	}
	sendTo(t, p.Process.Pid, syscall.SIGKILL)
	// The program lives on and holds the output open, so that the end of the CLI is not waited for.
	defer p.end(t)
	defer sendTo(t, -p.Process.Pid, syscall.SIGKILL)
	p.leavesNone(t, soon)
}

// TestAccTerminate sends SIGTERM to the provider, alone or with the CLI. The write in flight comes to its end, the CLI
// gets the answer and saves it, and the process ends though its CLI lives.
func TestAccTerminate(t *testing.T) {
	for name, group := range map[string]bool{"the provider alone": false, "the whole group": true} {
		t.Run(name, func(t *testing.T) {
			s := newShell(t, emulator.Options{})
			s.config(orders(s.dir.Code("code.zip", "v1"), fullCreation))
			s.api.Inject(emulator.Fault{Op: "CreateFunction", Delay: 2 * time.Second})
			p := s.start("apply", "-auto-approve", "-no-color", "-input=false")
			for len(s.api.PendingFaults()) > 0 {
				time.Sleep(20 * time.Millisecond)
			}
			target := p.started(t)
			if group {
				target = -p.Process.Pid
			}
			sendTo(t, target, syscall.SIGTERM)
			out, status := p.end(t)
			p.leavesNone(t, soon)
			s.settled(out, status, true, false)
			if f, _ := s.api.Function("default", "orders"); f.Concurrency != 5 || f.Tags["a"] != "b" {
				t.Errorf("not as planned: %+v", f.Tags)
			}
		})
	}
}

// TestAccTerminate_idle: the provider ends by SIGTERM while its CLI lives and has other things to do. The CLI says so
// where it needs the provider again.
func TestAccTerminate_idle(t *testing.T) {
	s := newShell(t, emulator.Options{})
	s.config(orders(s.dir.Code("code.zip", "v1"), ""), fmt.Sprintf(`
resource "terraform_data" "wait" {
  triggers_replace = fgs_function.orders.urn
  provisioner "local-exec" {
    command = "touch waiting; while test ! -e %[1]s; do sleep 0.1; done"
  }
}
resource "fgs_function_version" "this" {
  function_urn = fgs_function.orders.urn
  version      = "v1"
  depends_on   = [terraform_data.wait]
}
`, "go-on"))
	p := s.start("apply", "-auto-approve", "-no-color", "-input=false")
	provider := p.started(t)
	waiting := filepath.Join(s.path, "waiting")
	for _, err := os.Stat(waiting); err != nil; _, err = os.Stat(waiting) {
		time.Sleep(20 * time.Millisecond)
	}
	if pids := p.providers(t); !slices.Contains(pids, provider) {
		provider = pids[0] // that of the apply, after that of the plan
	}
	sendTo(t, provider, syscall.SIGTERM)
	p.leavesNone(t, soon)
	s.dir.Write("go-on", nil)
	out, status := p.end(t)
	if status == 0 || !strings.Contains(out, "fgs_function_version.this") {
		t.Errorf("exit status %d: %s", status, out)
	}
	if s.api.Count("PublishVersion") > 0 || !s.stateHas(`"orders"`) {
		t.Errorf("published, or not saved: %s", out)
	}
	s.apply()
	s.planned()
}

// TestAccOrphan_upload: an upload whose CLI is killed half way is never processed.
func TestAccOrphan_upload(t *testing.T) {
	s := newShell(t, emulator.Options{})
	code := make([]byte, 6<<20)
	random := rand.NewChaCha8([32]byte{2})
	_, _ = random.Read(code) // never fails
	s.config(orders(s.dir.Code("code.zip", string(code)), ""))
	s.api.Inject(emulator.Fault{Op: "CreateFunction", Kind: emulator.StallBody})
	p := s.start("apply", "-auto-approve", "-no-color", "-input=false")
	p.started(t)
	for len(s.api.PendingFaults()) > 0 {
		time.Sleep(20 * time.Millisecond)
	}
	sendTo(t, p.Process.Pid, syscall.SIGKILL)
	p.end(t)
	p.leavesNone(t, soon)
	s.api.Release()
	time.Sleep(100 * time.Millisecond)
	if s.there("") {
		t.Error("half an upload was processed")
	}
	s.apply()
	s.planned()
}
