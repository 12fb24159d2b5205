// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// command is a command on a dependency of which there are two old versions.
type command struct {
	start func(p *acctest.Protocol) acctest.Imported // makes what is there before; nil for nothing
	run   func(p *acctest.Protocol, from acctest.Imported) (acctest.Created, acctest.Diagnostics)
	held  string // at the service in the end
	state string // the version in the state in the end
}

// TestFaults hits each request of the commands that the fault matrix does not have, with prune and imports, with each
// fault, once: nobody notices, a version is made once, and state and service agree.
func TestFaults(t *testing.T) {
	t.Parallel()
	path := acctest.NewDir(t).Code("a.zip", "x")
	config := libs(path, values{"prune": values{"keep": 2}})
	make3 := func(p *acctest.Protocol) acctest.Imported {
		made, diags := p.Create(resourceType, libs(path, nil))
		if diags.Failed() {
			t.Fatal(diags)
		}
		return made.Imported
	}
	commands := map[string]command{
		"create": {
			run: func(p *acctest.Protocol, _ acctest.Imported) (acctest.Created, acctest.Diagnostics) {
				return p.Create(resourceType, config)
			},
			held: "2: 3:", state: "3",
		},
		"update": {
			start: make3, run: func(p *acctest.Protocol, from acctest.Imported) (acctest.Created, acctest.Diagnostics) {
				return p.Update(resourceType, from, config)
			},
			held: "1: 2: 3:", state: "3",
		},
		"import": {
			start: make3, run: func(p *acctest.Protocol, _ acctest.Imported) (acctest.Created, acctest.Diagnostics) {
				got, diags := p.Import(resourceType, "libs")
				return acctest.Created{Imported: got}, diags
			},
			held: "1: 2: 3:", state: "3",
		},
	}
	faults := []emulator.Fault{
		{Kind: emulator.DropBefore}, {Kind: emulator.DropAfter}, {Kind: emulator.TruncateAfter}, {Kind: emulator.HTML},
		{Status: 500, Code: "FSS.0500"}, {Status: 503, Code: "FSS.0503"}, {Status: 429, Code: "APIGW.0308"},
	}
	for name, c := range commands {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := c.hit(t, nil)
			if requests == 0 {
				t.Fatal("no requests")
			}
			for at := range requests {
				for _, fault := range faults {
					fault.Skip, fault.Times = at, 1
					t.Run(fmt.Sprint(at, " ", fault.Kind, " ", fault.Status), func(t *testing.T) { c.hit(t, &fault) })
				}
			}
		})
	}
}

// hit runs the command under a fault, and gives the number of its requests.
func (c command) hit(t *testing.T, fault *emulator.Fault) int {
	t.Helper()
	e := acctest.New(t)
	for range 2 {
		addTo(e.Emulator, "libs", "Python3.9", "", []byte("old"))
	}
	p := protocol(t, e)
	var from acctest.Imported
	if c.start != nil {
		from = c.start(p)
	}
	e.Emulator.ResetRequests()
	if fault != nil {
		e.Emulator.Inject(*fault)
	}
	got, diags := c.run(p, from)
	if diags.Failed() || got.Tainted {
		t.Errorf("failed: %s", diags)
	}
	if pending := e.Emulator.PendingFaults(); len(pending) > 0 {
		t.Error("the fault never happened")
	}
	requests := e.Emulator.Count()
	if held := strings.Join(held(e), " "); held != c.held {
		t.Errorf("the service holds %q, want %q", held, c.held)
	}
	if c.state == "" {
		return requests
	}
	all := e.Emulator.Dependencies()
	if p.Text(got.Imported, "version") != c.state || p.Text(got.Imported, "id") != all[len(all)-1].ID {
		t.Errorf("the state has version %s, %s", p.Text(got.Imported, "version"), p.Text(got.Imported, "id"))
	}
	return requests
}
