// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// unread are answers of one list that do not say that the function is gone, whatever they look like.
var unread = map[string]emulator.Fault{
	"no such alias":    {Status: 404, Code: "FSS.1053", Message: "Not found the alias"},
	"no such version":  {Status: 404, Code: "FSS.1052", Message: "Not found the version"},
	"no such function": {Status: 404, Code: "FSS.1051", Message: "Not found the function"}, // which is there
	"not found":        {Status: 404, Code: "FSS.0404", Message: "not found"},
	"gone":             {Status: 410, Code: "FSS.0410", Message: "gone"},
	"forbidden":        {Status: 403, Code: "FSS.0403", Message: "forbidden"},
}

// TestVersionDelete_listLies: what has to be read before a version is deleted cannot be. Nothing is deleted, nothing is
// forgotten, and the next destroy does it.
func TestVersionDelete_listLies(t *testing.T) {
	t.Parallel()
	for name, fault := range unread {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				if d := r.apply(r.config("1", values{"version": "v1", "retain_on_destroy": false})); d.failed() {
					r.t.Fatal(d)
				}
				fault.Op = "ListAliases"
				r.wire.api.Inject(fault)
				if d := r.destroyLater(); !d.has("aliases could not be read") || r.state.IsNull() || len(r.published()) != 1 {
					r.t.Errorf("state gone %t, the service has %v: %s", r.state.IsNull(), r.published(), d)
				}
				if d := r.destroyLater(); d.failed() || !r.state.IsNull() || len(r.published()) != 0 {
					r.t.Errorf("state gone %t, the service has %v: %s", r.state.IsNull(), r.published(), d)
				}
			})
		})
	}
}

// TestVersionDelete_gone: the function is gone, and the version with it.
func TestVersionDelete_gone(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		if d := r.apply(r.config("1", values{"version": "v1", "retain_on_destroy": false})); d.failed() {
			r.t.Fatal(d)
		}
		if err := r.wire.api.Delete("default", "orders"); err != nil {
			r.t.Fatal(err)
		}
		if d := r.destroyLater(); d.failed() || !r.state.IsNull() {
			r.t.Error(d)
		}
	})
}

// use makes something use v1, and undo ends that.
func (r *releases) use(what string, undo bool) {
	r.t.Helper()
	r.edit(func(f *emulator.Function) {
		switch f.Aliases, f.Triggers, f.Reservations = nil, nil, nil; {
		case undo:
		case what == "alias":
			f.Aliases = []emulator.Alias{{Name: "prod", Version: "v1"}}
		case what == "additional version":
			f.Aliases = []emulator.Alias{{Name: "prod", Version: "latest", Weights: map[string]int{"v1": 10}}}
		case what == "trigger":
			f.Triggers = []emulator.Trigger{{ID: "t-1", Qualifier: "v1", Type: "TIMER",
				EventData: map[string]any{"name": "hourly"}}}
		case what == "instances by policy":
			f.Reservations = []emulator.Reservation{{Qualifier: "v1", Cron: []emulator.CronPolicy{{Name: "night"}}}}
		case what == "reserved instances":
			f.Reservations = []emulator.Reservation{{Qualifier: "v1", MinCount: 2}}
		}
	})
}

// uses are the things that the service deletes together with a version, and what they are called.
var uses = map[string]string{
	"alias": "alias prod", "additional version": "alias prod", "trigger": "trigger TIMER hourly",
	"reserved instances":  "reserved instances: 2",
	"instances by policy": "reserved instances: 0, more by policy",
}

// TestVersionDelete_used: a version that something uses is not deleted; the error names it. Once that is gone it is.
func TestVersionDelete_used(t *testing.T) {
	t.Parallel()
	for what, called := range uses {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				if d := r.apply(r.config("1", values{"version": "v1", "retain_on_destroy": false})); d.failed() {
					r.t.Fatal(d)
				}
				r.use(what, false)
				if d := r.destroyLater(); !d.has("v1 is used by "+called) || r.state.IsNull() ||
					r.wire.api.Count("DeleteVersion") > 0 {
					r.t.Error(d)
				}
				r.use(what, true)
				if d := r.destroyLater(); d.failed() || len(r.published()) > 0 {
					r.t.Error(d)
				}
			})
		})
	}
}

// TestVersionDelete_unread: each of the lists is read before a deletion; one that fails stops it, one that the region
// does not have does not.
func TestVersionDelete_unread(t *testing.T) {
	t.Parallel()
	for _, op := range []string{"ListAliases", "ListReservedInstances", "ListTriggers"} {
		for answer, fault := range map[string]emulator.Fault{
			"forbidden": {Op: op, Status: 403, Code: "FSS.0403", Message: "forbidden"},
			"failing":   {Op: op, Status: 500, Code: "FSS.0500", Message: "internal error", Times: -1},
			"not there": {Op: op, Status: 404, Code: "APIGW.0101", Message: "The API does not exist"},
		} {
			t.Run(op+" "+answer, func(t *testing.T) {
				t.Parallel()
				release(t, func(r *releases) {
					r.code("1")
					if d := r.apply(r.config("1", values{"version": "v1", "retain_on_destroy": false})); d.failed() {
						r.t.Fatal(d)
					}
					r.wire.api.Inject(fault)
					d := r.destroyLater()
					if deleted := len(r.published()) == 0; deleted != (answer == "not there") || d.failed() == deleted ||
						r.state.IsNull() != deleted {
						r.t.Errorf("deleted %t: %s", deleted, d)
					}
					if pending := r.wire.api.PendingFaults(); len(pending) > 0 {
						r.t.Errorf("%s was not asked", op)
					}
				})
			})
		}
	}
}

// TestRelease_pruneSparesUsed: a version that something uses is not pruned, and the plan names what that is.
func TestRelease_pruneSparesUsed(t *testing.T) {
	t.Parallel()
	for what, called := range uses {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				if d := r.apply(r.config("1", values{"version": "v1"})); d.failed() {
					r.t.Fatal(d)
				}
				r.use(what, false)
				r.code("2")
				d := r.apply(r.config("2", keep(1)).with(values{"version": "v2"}))
				if d.failed() || !d.has("Older, and kept: v1 ("+called+")") || r.wire.api.Count("DeleteVersion") > 0 {
					r.t.Error(d)
				}
				r.use(what, true)
				r.code("3")
				if d := r.apply(r.config("3", keep(1)).with(values{"version": "v3"})); d.failed() || len(r.published()) != 1 {
					r.t.Errorf("the service has %v: %s", r.published(), d)
				}
			})
		})
	}
}
