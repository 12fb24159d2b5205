// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	recoveryURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	exists      = "Function Version Already Exists"
	takenOver   = "Existing Version Taken Over"
)

// recovery is the publication of the version v1 that something happens to, over the protocol.
type recovery struct {
	fault  emulator.Fault
	before func(*emulator.Server) error // somebody else, right before the request is processed
	set    map[string]any               // more of the configuration
	lists  bool                         // it takes a region that can list versions

	want    string // what the error says; "" for none
	imports bool   // the error has an import block
	warns   string // what a warning says; "" for none
	calls   string // writes; "" is one publication
	holds   string // versions at the service, with their code
}

// TestRecovery: after a lost answer, after "already exists", and when somebody deploys in between, the version is in
// the state exactly if this apply made it, or may take it over; and only what this apply provably made is deleted.
func TestRecovery(t *testing.T) {
	lost := func(kind emulator.FaultKind) emulator.Fault { return emulator.Fault{Kind: kind} }
	retained := map[string]any{"retain_on_destroy": true}
	for name, r := range map[string]recovery{
		"nothing happens": {holds: "v1 ours"},
		"lost answer":     {fault: lost(emulator.DropAfter), holds: "v1 ours"},
		"cut answer":      {fault: lost(emulator.TruncateAfter), holds: "v1 ours"},
		"lost request":    {fault: lost(emulator.DropBefore), calls: "PublishVersion PublishVersion", holds: "v1 ours"},
		"lost answer, without a name": {
			fault: lost(emulator.DropAfter), set: map[string]any{"version": nil}, holds: "ours",
		},

		"lost request, the same there for long": {
			fault: lost(emulator.DropBefore), before: publish("ours", time.Hour),
			want: exists, imports: true, holds: "v1 ours",
		},
		"lost request, the same there for long, retained": {
			fault: lost(emulator.DropBefore), before: publish("ours", time.Hour), set: retained,
			warns: takenOver, holds: "v1 ours",
		},
		"lost request, other code there": {
			fault: lost(emulator.DropBefore), before: publish("theirs", 0), set: retained,
			want: "v1 holds other code", holds: "v1 theirs",
		},
		"there before":           {before: publish("ours", time.Hour), want: exists, imports: true, holds: "v1 ours"},
		"there before, retained": {before: publish("ours", time.Hour), set: retained, warns: takenOver, holds: "v1 ours"},
		"there before, retained, another description": {
			before: publish("ours", time.Hour), set: map[string]any{"retain_on_destroy": true, "description": "ours"},
			lists: true, want: "holds this code with the description", holds: "v1 ours",
		},
		"there before, retained, other settings": {
			before: func(api *emulator.Server) error {
				if err := publish("ours", time.Hour)(api); err != nil {
					return err
				}
				return api.Edit("default", "orders", func(f *emulator.Function) { f.Versions[0].MemorySize = 256 })
			},
			set: retained, want: "holds this code with other settings: memory_size", holds: "v1 ours",
		},
		"there before with other code": {before: publish("theirs", 0), want: "v1 holds other code", holds: "v1 theirs"},

		"somebody deploys in between": {
			before: deploy("theirs"), want: "Somebody changed the code of " + recoveryURN +
				" after it was applied; no version remains",
			calls: "PublishVersion DeleteVersion", holds: "",
		},
		"somebody deploys in between, lost answer": {
			fault: lost(emulator.DropAfter), before: deploy("theirs"), want: "v1 holds other code", holds: "v1 theirs",
		},
		"somebody deployed before": {
			set: map[string]any{"digest": strings.Repeat("0", 128)}, want: "Somebody changed the code", calls: "none",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

// deploy is somebody who changes the function's code.
func deploy(code string) func(*emulator.Server) error {
	return func(api *emulator.Server) error {
		return api.SetCode("default", "orders", "inline", "index.py", []byte(code))
	}
}

// publish is somebody who published code as v1, some time ago, and left the function as it was.
func publish(code string, age time.Duration) func(*emulator.Server) error {
	return func(api *emulator.Server) error {
		for _, step := range []func(*emulator.Server) error{
			deploy(code),
			func(*emulator.Server) error { return api.Publish("default", "orders", "v1", "") },
			deploy("ours"),
		} {
			if err := step(api); err != nil {
				return err
			}
		}
		return api.Edit("default", "orders", func(f *emulator.Function) {
			f.Versions[0].LastModified = f.Versions[0].LastModified.Add(-age)
		})
	}
}

func (r recovery) run(t *testing.T) {
	t.Helper()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) {
		s.NoListVersions = s.NoListVersions &&
			!r.lists
	}))
	e.Emulator.Put(emulator.Function{
		Name: "orders", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("ours")},
		Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
	})
	f, _ := e.Emulator.Function("default", "orders")
	p := e.Protocol(t)
	if diags := p.Configure(map[string]any{}); diags.Failed() {
		t.Fatal(diags)
	}
	config := map[string]any{"function_urn": recoveryURN, "version": "v1", "digest": f.Digest}
	maps.Copy(config, r.set)
	if r.calls != "none" {
		r.arm(t, e.Emulator)
	}
	created, diags := p.Create("fgs_function_version", config)

	if created.InState != (r.want == "") || diags.Failed() != (r.want != "") || created.Tainted {
		t.Errorf("in the state: %t, tainted: %t, want the error %q; got:%s", created.InState, created.Tainted, r.want, diags)
	}
	if !diags.Has(r.want) || !diags.Has(r.warns) || (r.warns == "") == diags.Has(takenOver) {
		t.Errorf("want the error %q and the warning %q; got:%s", r.want, r.warns, diags)
	}
	if r.imports && !diags.Has(`"`+recoveryURN+`:v1"`) {
		t.Errorf("want an import block; got:%s", diags)
	}
	r.compare(t, e.Emulator, p, created)
}

// compare demands what the service has been sent and holds.
func (r recovery) compare(t *testing.T, api *emulator.Server, p *acctest.Protocol, created acctest.Created) {
	t.Helper()
	want := map[string]string{"": "PublishVersion", "none": ""}
	wantCalls, known := want[r.calls]
	if !known {
		wantCalls = r.calls
	}
	if got := writes(api); got != wantCalls {
		t.Errorf("the service got other writes\n got: %q\nwant: %q", got, wantCalls)
	}
	wantVersions := r.holds
	if name, set := r.set["version"]; set && name == nil && created.InState { // the name is made of the time
		wantVersions = fmt.Sprint(p.Text(created.Imported, "version"), " ours")
	}
	if got := held(api); got != wantVersions {
		t.Errorf("the service holds other versions\n got: %q\nwant: %q", got, wantVersions)
	}
	if len(api.PendingFaults()) > 0 {
		t.Error("the fault never happened")
	}
}

// writes are the requests that are no reads.
func writes(api *emulator.Server) string {
	var calls []string
	for _, request := range api.Requests() {
		if request.Method != "GET" {
			calls = append(calls, request.Op)
		}
	}
	return strings.Join(calls, " ")
}

// held are the versions at the service, with their code.
func held(api *emulator.Server) string {
	var versions []string
	f, _ := api.Function("default", "orders")
	for _, version := range f.Versions {
		versions = append(versions, version.Name+" "+string(version.Code))
	}
	return strings.Join(versions, ", ")
}

// arm prepares the fault and the other actor.
func (r recovery) arm(t *testing.T, api *emulator.Server) {
	t.Helper()
	fault := r.fault
	fault.Op = "PublishVersion"
	if r.before != nil {
		fault.Before = func() {
			if err := r.before(api); err != nil {
				t.Error(err)
			}
		}
	}
	api.Inject(fault)
}
