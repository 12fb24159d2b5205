// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const exists = "Function Already Exists"

// recovery is the creation of the function orders that something happens to, over the protocol.
type recovery struct {
	fault  emulator.Fault
	then   emulator.Fault             // of another call
	before func() emulator.Function   // that somebody else makes, right before the request is processed
	set    attributes                 // more of the configuration
	region func(s *emulator.Switches) // more of the region

	want    string // what the error says; "" for none
	tainted bool   // the function was made, and is in the state with the error
	calls   int    // that create; 0 is one
	holds   string // code and memory of the function at the service; "" is what was asked for
}

// theirs makes a function that somebody else made, some time ago; of the age 0 it is made this very moment.
func theirs(code string, memory int, age time.Duration) func() emulator.Function {
	return func() emulator.Function {
		f := emulator.Function{
			Name: "orders", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte(code)},
			Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: memory},
		}
		if age > 0 {
			f.LastModified = time.Now().Add(-age)
		}
		return f
	}
}

// depends adds a dependency to a function that somebody else made.
func depends(id string, made func() emulator.Function) func() emulator.Function {
	return func() emulator.Function {
		f := made()
		f.DependVersionList = []string{id}
		return f
	}
}

// TestRecovery: after a lost answer, and after "already exists", the function is in the state exactly if this apply
// made it; and one that was made but not finished is tainted, with the advice how to keep it.
func TestRecovery(t *testing.T) {
	t.Parallel()
	lost := func(kind emulator.FaultKind) emulator.Fault { return emulator.Fault{Op: "CreateFunction", Kind: kind} }
	refused := func(op string) emulator.Fault {
		return emulator.Fault{Op: op, Status: 403, Code: "FSS.0403", Message: "refused"}
	}
	const none = "none"
	unread := refused("GetConfig")
	unread.Times = -1
	for name, r := range map[string]recovery{
		"nothing happens": {fault: lost(emulator.Answer)},
		"lost answer":     {fault: lost(emulator.DropAfter)},
		"cut answer":      {fault: lost(emulator.TruncateAfter)},
		"lost request":    {fault: lost(emulator.DropBefore), calls: 2},
		"lost answer, much is set": {fault: lost(emulator.DropAfter), set: attributes{
			"description": "orders", "user_data": attributes{"a": "1"}, "tags": attributes{"team": "shop"},
		}},
		"lost request, other code there": {
			fault: lost(emulator.DropBefore), before: theirs("theirs", 128, 0), want: exists, holds: "theirs 128",
		},
		"lost request, other settings there": {
			fault: lost(emulator.DropBefore), before: theirs("print()", 256, 0), want: exists, holds: "print() 256",
		},
		"lost request, the same there for long": {
			fault: lost(emulator.DropBefore), before: theirs("print()", 128, time.Hour), want: exists, holds: "print() 128",
		},
		"lost request, the same there since": {
			fault: lost(emulator.DropBefore), before: theirs("print()", 128, 0),
		},
		"lost answer to a refusal": {
			fault: lost(emulator.DropAfter), before: theirs("theirs", 128, time.Hour), want: exists, holds: "theirs 128",
		},
		"lost answer, and no look at it": {
			fault: lost(emulator.DropAfter), then: unread, want: "Unable to Create Function",
		},
		"lost answer, the service logs by itself": {
			fault: lost(emulator.DropAfter), region: func(s *emulator.Switches) { s.DefaultLogging = true },
		},
		"lost answer, with dependencies": {
			fault: lost(emulator.DropAfter), set: attributes{"dependency_version_ids": []any{"dep-1"}},
		},
		"lost answer, the region takes dependencies later": {
			fault: lost(emulator.DropAfter), set: attributes{"dependency_version_ids": []any{"dep-1"}},
			region: func(s *emulator.Switches) { s.IgnoreCreateMembers = true },
		},
		"lost request, other dependencies there": {
			fault: lost(emulator.DropBefore), before: depends("dep-2", theirs("print()", 128, 0)),
			set: attributes{"dependency_version_ids": []any{"dep-1"}}, want: exists, holds: "print() 128",
		},
		"there before": {
			fault: lost(emulator.Answer), before: theirs("print()", 128, time.Hour), want: exists, holds: "print() 128",
		},
		"refused": {fault: refused("CreateFunction"), want: "Unable to Create Function", holds: none},
		"made, and its tags refused": {
			fault: refused("CreateTags"), set: attributes{"tags": attributes{"team": "shop"}},
			want: "terraform untaint fgs_function.orders", tainted: true,
		},
		"made, and its instances refused": {
			fault: refused("SetMaxInstances"), set: attributes{"max_instance_num": 7},
			want: "terraform untaint fgs_function.orders", tainted: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func (r recovery) run(t *testing.T) {
	t.Helper()
	e := acctest.New(t, withoutOwnLogs, acctest.WithSwitches(func(s *emulator.Switches) {
		if r.region != nil {
			r.region(s)
		}
	}))
	e.Emulator.PutDependency("dep-1", "dep-1")
	e.Emulator.PutDependency("dep-2", "dep-2")
	if r.before != nil {
		r.fault.Before = func() { e.Emulator.Put(r.before()) }
	}
	e.Emulator.Inject(r.fault)
	if r.then.Op != "" {
		e.Emulator.Inject(r.then)
	}
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	created, diags := p.Create("fgs_function", with(r.set))

	if created.InState != (r.want == "" || r.tainted) || created.Tainted != r.tainted || diags.Failed() != (r.want != "") {
		t.Errorf("in the state: %t; tainted: %t, want %t; want the error %q; got:%s",
			created.InState, created.Tainted, r.tainted, r.want, diags)
	}
	const id = `"urn:fss:` + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + `:function:default:orders"`
	if !diags.Has(r.want) || r.want == exists && !diags.Has(id) {
		t.Errorf("want an error with %q, for a function that exists with its import block; got:%s", r.want, diags)
	}
	if unsure := r.want == exists && r.fault.Kind != emulator.Answer; diags.Has("it may be its work") != unsure {
		t.Errorf("want that the error says that it may be the work of this apply: %t; got:%s", unsure, diags)
	}
	if got, want := e.Emulator.Count("CreateFunction"), max(1, r.calls); got != want {
		t.Errorf("CreateFunction was sent %d times, want %d", got, want)
	}
	want := map[string]string{"": "print() 128", "none": ""}
	wantHeld, known := want[r.holds]
	if !known {
		wantHeld = r.holds
	}
	held := ""
	if f, ok := e.Emulator.Function("default", "orders"); ok {
		held = fmt.Sprint(string(f.Code), " ", f.MemorySize)
	}
	if held != wantHeld {
		t.Errorf("the service holds another function\n got: %q\nwant: %q", held, wantHeld)
	}
	if n := e.Emulator.Count("UpdateCode", "UpdateConfig", "DeleteFunction"); r.want == exists && n > 0 {
		t.Errorf("%d calls touched what is there", n)
	}
	if pending := e.Emulator.PendingFaults(); len(pending) > 0 && pending[0].Times >= 0 {
		t.Error("the fault never happened")
	}
}
