// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// making is the creation of the function orders, over the protocol: which calls it takes, and what is kept of it.
type making struct {
	set    attributes // more of the configuration
	region func(s *emulator.Switches)
	faults []emulator.Fault
	after  func(api *emulator.Server) // somebody else, when the call that creates is done

	calls   string            // all; "" is a creation and a read
	want    string            // what the error says; "" for none
	warns   string            // what a warning says; "" for none
	never   string            // what nobody says; "" for nothing
	tainted bool              // the function is in the state with the error
	holds   map[string]string // at the service: see heldOf
	state   map[string]string // attributes of the state
}

// heldOf is what these tests look at of a function.
func heldOf(f emulator.Function) map[string]string {
	return map[string]string{
		"code": string(f.Code), "filename": f.CodeFilename, "key": f.CodeKMSKeyID, "runtime": f.Runtime,
		"dependencies": strings.Join(f.DependVersionList, " "), "secrets": f.EncryptedUserData,
		"disk": fmt.Sprint(f.EphemeralStorage), "at once": fmt.Sprint(f.ConcurrentNum),
		"instances": fmt.Sprint(f.Concurrency),
		"team":      f.Tags["team"], "project": f.EnterpriseProjectID, "description": f.Description,
	}
}

// TestCreate: a creation is one call and one read; what that call does not take is one more each, and a read. What is
// kept of the code is what was sent, whatever somebody has deployed since.
func TestCreate(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	packed := acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "index.py", Content: "packed"})
	export := dir.Package("export.zip", map[string]string{"CodeType": "zip", "CodeFileName": "code.zip"},
		acctest.File{Name: "code.zip", Content: string(packed)})
	ofPackage := func(more attributes) attributes {
		set := attributes{"code": attributes{"package_file": export}, "runtime": nil, "handler": nil, "timeout": nil,
			"memory_size": nil}
		maps.Copy(set, more)
		return set
	}
	inline := func(more attributes) attributes {
		code := attributes{"inline": "print()"}
		maps.Copy(code, more)
		return attributes{"code": code}
	}
	refused := func(op string) emulator.Fault {
		return emulator.Fault{Op: op, Status: 403, Code: "FSS.0403", Message: "refused"}
	}
	const untaint = "terraform untaint fgs_function.orders"
	for name, m := range map[string]making{
		"little": {holds: map[string]string{"code": "print()", "runtime": "Python3.9"}},
		"what the call takes": {
			set:   attributes{"description": "orders", "dependency_version_ids": []any{"dep-1"}},
			holds: map[string]string{"description": "orders", "dependencies": "dep-1"},
		},
		"a setting that it does not take": {
			set:   attributes{"ephemeral_storage": 10240, "concurrency_num": 5},
			calls: "CreateFunction GetConfig UpdateConfig GetConfig",
			holds: map[string]string{"disk": "10240", "at once": "5"}, state: map[string]string{"ephemeral_storage": "10240"},
		},
		"a setting that is the service's own": {set: attributes{"ephemeral_storage": 512, "concurrency_num": 1}},
		"a setting that is refused": {
			set: attributes{"ephemeral_storage": 10240}, faults: []emulator.Fault{refused("UpdateConfig")},
			calls: "CreateFunction GetConfig UpdateConfig", want: untaint, tainted: true,
		},
		"instances": {
			set: attributes{"max_instance_num": 7}, calls: "CreateFunction GetConfig SetMaxInstances GetConfig",
			holds: map[string]string{"instances": "7"},
		},
		"instances that are the service's own": {set: attributes{"max_instance_num": 400}},
		"tags": {
			set: attributes{"tags": attributes{"team": "shop"}}, calls: "CreateFunction GetConfig CreateTags GetConfig",
			holds: map[string]string{"team": "shop"},
		},
		"dependencies, later": {
			set:    attributes{"dependency_version_ids": []any{"dep-1"}},
			region: func(s *emulator.Switches) { s.IgnoreCreateMembers = true },
			calls:  "CreateFunction GetConfig UpdateCode GetConfig",
			holds:  map[string]string{"dependencies": "dep-1", "code": "print()"},
		},
		"dependencies that are refused, later": {
			set:    attributes{"dependency_version_ids": []any{"dep-1"}},
			region: func(s *emulator.Switches) { s.IgnoreCreateMembers = true },
			faults: []emulator.Fault{refused("UpdateCode")}, calls: "CreateFunction GetConfig UpdateCode", want: untaint,
			tainted: true,
		},
		"a package": {
			set: ofPackage(nil), calls: "ImportFunction GetConfig", holds: map[string]string{"runtime": "Python3.9"},
		},
		"a package, and settings": {
			set: ofPackage(attributes{"description": "ours"}), calls: "ImportFunction GetConfig UpdateConfig GetConfig",
			holds: map[string]string{"description": "ours"},
		},
		"a package, lost answer": {
			set: ofPackage(nil), faults: []emulator.Fault{{Op: "ImportFunction", Kind: emulator.DropAfter}},
			calls: "ImportFunction GetConfig GetConfig GetConfig", // the service's clock is known from the second on
			holds: map[string]string{"runtime": "Python3.9"},
		},
		"a package, and another runtime there": {
			set: ofPackage(nil), faults: []emulator.Fault{{Op: "ImportFunction", Kind: emulator.DropAfter}},
			after: func(api *emulator.Server) {
				api.Put(emulator.Function{
					Name: "orders", CodeState: emulator.CodeState{CodeType: "zip", Code: packed, CodeFilename: "code.zip"},
					Settings: emulator.Settings{Runtime: "Python3.12", Handler: "index.handler", Timeout: 3, MemorySize: 128},
				})
			},
			calls: "ImportFunction GetConfig GetConfig", want: exists, holds: map[string]string{"runtime": "Python3.12"},
		},
		"a key for the code": {
			set: inline(attributes{"kms_key_id": "key-1"}), calls: "CreateFunction GetConfig",
			holds: map[string]string{"key": "key-1"},
		},
		"a package, and a key for its code": {
			set:   ofPackage(attributes{"code": attributes{"package_file": export, "kms_key_id": "key-1"}}),
			calls: "ImportFunction GetConfig UpdateCode GetConfig", holds: map[string]string{"key": "key-1"},
		},
		"a package, and a name for its code file": {
			set:   ofPackage(attributes{"code": attributes{"package_file": export, "filename": "named.zip"}}),
			calls: "ImportFunction GetConfig UpdateCode GetConfig", holds: map[string]string{"filename": "named.zip"},
		},
		"a name for the code file": {
			set:   attributes{"code": attributes{"zip_file": dir.Write("a.zip", packed), "filename": "named.zip"}},
			holds: map[string]string{"filename": "named.zip"},
		},

		"somebody deploys at once": {
			after: func(api *emulator.Server) {
				if err := api.SetCode("default", "orders", "", "", []byte("theirs")); err != nil {
					t.Error(err)
				}
			},
			holds: map[string]string{"code": "theirs"}, state: map[string]string{"digest": digestOfText("print()")},
		},
		"it is not read back": {
			faults: []emulator.Fault{refused("GetConfig")}, warns: "could not be read back",
			state: map[string]string{"digest": digestOfText("print()"), "memory_size": "128"},
		},
		"it is not read back, and takes more calls": {
			set:    attributes{"max_instance_num": 7},
			faults: []emulator.Fault{{Op: "GetConfig", Skip: 1, Status: 403, Code: "FSS.0403"}},
			calls:  "CreateFunction GetConfig SetMaxInstances GetConfig", warns: "could not be read back",
			holds: map[string]string{"instances": "7"}, state: map[string]string{"max_instance_num": "7"},
		},
		"values that no message must have": {
			set: attributes{"encrypted_user_data": attributes{"TOKEN": "a-canary-of-20-letters"}},
			faults: []emulator.Fault{{
				Op: "CreateFunction", Status: 400, Code: "FSS.0400", Message: "bad: ", EchoRequest: true,
			}},
			calls: "CreateFunction", want: "Unable to Create Function", never: "a-canary-of-20-letters",
		},
		"values that the state must not have": {
			set:   attributes{"encrypted_user_data_wo": attributes{"TOKEN": "canary"}, "encrypted_user_data_wo_version": "1"},
			holds: map[string]string{"secrets": `{"TOKEN":"canary"}`}, state: map[string]string{"encrypted_user_data_wo": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m.run(t)
		})
	}
}

func (m making) run(t *testing.T) {
	t.Helper()
	e := acctest.New(t, withoutOwnLogs, acctest.WithSwitches(func(s *emulator.Switches) {
		*s = emulator.Switches{} // which calls it takes depends on the region
		if m.region != nil {
			m.region(s)
		}
	}))
	e.Emulator.PutDependency("dep-1", "dep-1")
	if m.after != nil {
		made := emulator.Fault{Op: "CreateFunction"}
		if len(m.faults) > 0 {
			made, m.faults = m.faults[0], m.faults[1:]
		}
		made.After = func() { m.after(e.Emulator) }
		e.Emulator.Inject(made)
	}
	e.Emulator.Inject(m.faults...)
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	created, diags := p.Create("fgs_function", with(m.set))

	if diags.Failed() != (m.want != "") || !diags.Has(m.want) || !diags.Has(m.warns) ||
		m.want+m.warns == "" && len(diags) > 0 {
		t.Errorf("want the error %q and the warning %q; got:%s", m.want, m.warns, diags)
	}
	if m.never != "" && diags.Has(m.never) {
		t.Errorf("want that nobody says %q; got:%s", m.never, diags)
	}
	if in := m.want == "" || m.tainted; created.InState != in || created.Tainted != m.tainted {
		t.Errorf("in the state: %t, want %t; tainted: %t, want %t", created.InState, in, created.Tainted, m.tainted)
	}
	var calls []string
	for _, request := range e.Emulator.Requests() {
		calls = append(calls, request.Op)
	}
	want := m.calls
	if want == "" {
		want = "CreateFunction GetConfig"
	}
	if got := strings.Join(calls, " "); got != want {
		t.Errorf("the service got other calls\n got: %q\nwant: %q", got, want)
	}
	f, _ := e.Emulator.Function("default", "orders")
	held := heldOf(f)
	for _, what := range slices.Sorted(maps.Keys(m.holds)) {
		if held[what] != m.holds[what] {
			t.Errorf("the service holds %s %q, want %q", what, held[what], m.holds[what])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(m.state)) {
		if got := p.Text(created.Imported, name); got != m.state[name] {
			t.Errorf("the state has %s %q, want %q", name, got, m.state[name])
		}
	}
}

// TestCreate_sourceChanged: what is not what the plan saw is not sent.
func TestCreate_sourceChanged(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	path := dir.Code("code.zip", "planned")
	for name, change := range map[string]func(){
		"other code": func() { dir.Code("code.zip", "changed") }, "no file": func() { dir.Remove("code.zip") },
	} {
		t.Run(name, func(t *testing.T) {
			dir.Code("code.zip", "planned")
			e := acctest.New(t, withoutOwnLogs)
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			p.Between = change
			created, diags := p.Create("fgs_function", with(attributes{"code": attributes{"zip_file": path}}))
			if !diags.Failed() || created.InState || len(e.Emulator.Requests()) > 0 {
				t.Errorf("in the state: %t, %d requests, want an error and none; got:%s",
					created.InState, len(e.Emulator.Requests()), diags)
			}
			if diags.Has("Code Changed Since the Plan") != (name == "other code") {
				t.Errorf("want the error that the code changed, if it is there; got:%s", diags)
			}
		})
	}
}

// TestCreate_remembers: what was sent is remembered, so that somebody's deployment is seen and repaired.
func TestCreate_remembers(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, withoutOwnLogs)
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	created, diags := p.Create("fgs_function", with(nil))
	if diags.Failed() {
		t.Fatal(diags)
	}
	if err := e.Emulator.SetCode("default", "orders", "", "", []byte("theirs")); err != nil {
		t.Fatal(err)
	}
	if _, diags := p.Update("fgs_function", created.Imported, with(nil)); diags.Failed() ||
		!diags.Has("was changed outside Terraform") {
		t.Errorf("want a warning that the code was changed; got:%s", diags)
	}
	if f := deployed(t, e); string(f.Code) != "print()" {
		t.Errorf("the service holds the code %q", f.Code)
	}
}

// TestCreate_unreported: a setting that the region does not report is cleared all the same when it goes.
func TestCreate_unreported(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, withoutOwnLogs, acctest.WithSwitches(func(s *emulator.Switches) { s.SDKReadBack = true }))
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	zones := attributes{"domain_names": []any{attributes{"id": "z1", "domain_name": "a.example"}}, "agency": "network"}
	created, diags := p.Create("fgs_function", with(zones))
	if f := deployed(t, e); diags.Failed() || f.DomainNames == "" {
		t.Fatalf("the service holds the zones %q; got:%s", f.DomainNames, diags)
	}
	if _, diags := p.Update("fgs_function", created.Imported, with(attributes{"agency": "network"})); diags.Failed() {
		t.Fatal(diags)
	}
	if f := deployed(t, e); strings.Trim(f.DomainNames, "[]") != "" {
		t.Errorf("the service holds the zones %q", f.DomainNames)
	}
}
