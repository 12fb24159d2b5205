// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// next is the change of a version in place, over the protocol: v1 was published by this resource an hour ago, the
// function has the code "next" by now, and v2 is to be published.
type next struct {
	older  []string // versions that somebody published before v1, the newest first
	start  func(*emulator.Server) error
	faults []emulator.Fault
	set    map[string]any // more of the configuration
	lacks  bool           // it takes a region that cannot list versions; else it is one that can

	want    string   // what the error says; "" for none
	never   []string // what nobody says
	warns   string   // what a warning says; "" for none
	version string   // in the state; "" is v2
	calls   string   // writes; "" is one publication
	holds   string   // versions at the service, with their code; "" is "v1 ours, v2 next"
}

func refusal(op string, status int, code string) emulator.Fault {
	return emulator.Fault{Op: op, Status: status, Code: code, Message: "refused"}
}

// somebody is another actor, right before a request is processed.
func somebody(
	t *testing.T, op string, skip int, does func(*emulator.Server) error, api *emulator.Server,
) emulator.Fault {
	t.Helper()
	return emulator.Fault{Op: op, Skip: skip, Before: func() {
		if err := does(api); err != nil {
			t.Error(err)
		}
	}}
}

// TestUpdate: the state moves on exactly if the next version is there with the right code, and nothing that somebody
// else published is touched, unless prune says so and nothing needs it.
func TestUpdate(t *testing.T) {
	t.Parallel()
	pruned := map[string]any{"prune": map[string]any{"keep": 2}}
	forbidden := refusal("PublishVersion", http.StatusForbidden, "FSS.0403")
	forbidden.Times = -1
	once := refusal("PublishVersion", http.StatusForbidden, "FSS.0403")
	const v1, oldest = "v1 ours", "a 1, b 2, v1 ours"
	for name, n := range map[string]next{
		"nothing happens": {},
		"lost answer":     {faults: []emulator.Fault{{Op: "PublishVersion", Kind: emulator.DropAfter}}},
		"lost request": {
			faults: []emulator.Fault{{Op: "PublishVersion", Kind: emulator.DropBefore}}, calls: "PublishVersion PublishVersion",
		},
		"lost answer, and no look at it": {
			faults: []emulator.Fault{
				{Op: "PublishVersion", Kind: emulator.DropAfter}, {Op: "GetConfig", Skip: 2, Status: 403, Code: "FSS.0403"},
			},
			want: "Unable to Publish Function Version", version: "v1",
		},
		"published, and not read back": {
			faults: []emulator.Fault{{Op: "GetConfig", Skip: 2, Status: 403, Code: "FSS.0403"}}, warns: "could not be read back",
		},
		"nothing to publish": {
			set:     map[string]any{"version": "v1", "digest": nil, "retain_on_destroy": true},
			version: "v1", calls: "none", holds: v1,
		},
		"refused": {
			faults: []emulator.Fault{refusal("PublishVersion", http.StatusBadRequest, "FSS.0400")},
			want:   "Unable to Publish Function Version", never: []string{"quota"}, version: "v1", holds: v1,
		},
		"forbidden": {
			older: []string{"b", "a"}, faults: []emulator.Fault{forbidden}, start: alias("prod", "b"),
			want:    "No alias, no trigger and no reserved instances need v1, a.",
			version: "v1", holds: oldest,
		},
		"forbidden, and no list": {
			lacks: true, faults: []emulator.Fault{forbidden}, want: "One reason may be the quota", version: "v1", holds: v1,
		},
		"no digest any more": {
			set:  map[string]any{"digest": strings.Repeat("0", 128)},
			want: "Somebody changed the code", version: "v1", calls: "none", holds: v1,
		},
		"the name has other code": {
			start: publishAs("v2", "theirs"), want: "Version Holds Other Code", never: []string{"import {"}, version: "v1",
			calls: "none",
			holds: "v1 ours, v2 theirs",
		},

		"prune": {older: []string{"b", "a"}, set: pruned, warns: "prune deletes a, b", calls: deletes("a", "b")},
		"prune, one is in use": {
			older: []string{"b", "a"}, set: pruned, start: alias("prod", "a"), warns: "Older, and kept: a (alias prod)",
			calls: deletes("b"), holds: "a 1, v1 ours, v2 next",
		},
		"prune, one is younger": {
			older: []string{"b", "a"}, set: map[string]any{"prune": map[string]any{"keep": 1}},
			start: publishAs("theirs", "theirs"),
			warns: "prune deletes a, b, v1", calls: deletes("a", "b", "v1"), holds: "theirs theirs, v2 next",
		},
		"prune, one cannot be deleted": {
			older: []string{"b", "a"}, set: pruned, faults: []emulator.Fault{refusal("DeleteVersion", 403, "FSS.0403")},
			warns: "Old Versions Were Not Deleted", calls: deletes("a", "b"), holds: "a 1, v1 ours, v2 next",
		},
		"prune, without a reading of what is in use": {
			older: []string{"b", "a"}, set: pruned,
			faults: []emulator.Fault{{Op: "ListAliases", Status: 403, Code: "FSS.0403", Times: -1}},
			warns:  "Old Versions Were Not Deleted", holds: oldest + ", v2 next",
		},
		"prune, of a version that is to be taken over": {
			older: []string{"b", "a"}, set: pruned, start: publishAs("v2", "next"), warns: "prune deletes a, b: it keeps",
			calls: deletes("a", "b"),
		},
		"prune makes room": {
			older: []string{"b", "a"}, set: pruned, faults: []emulator.Fault{once}, warns: "Old Versions Were Deleted First",
			calls: "PublishVersion DeleteVersion DeleteVersion PublishVersion",
		},
		"prune makes room, but not of the one in the state": {
			older: []string{"a"}, set: map[string]any{"prune": map[string]any{"keep": 1}}, faults: []emulator.Fault{once},
			warns: "prune has deleted a before", calls: "PublishVersion DeleteVersion PublishVersion DeleteVersion",
			holds: "v2 next",
		},
		"no room is made for a bad request": {
			older: []string{"b", "a"}, set: pruned, faults: []emulator.Fault{refusal("PublishVersion", 400, "FSS.0400")},
			want: "Unable to Publish Function Version", version: "v1", holds: oldest,
		},
		"no room is made without prune": {
			older: []string{"b", "a"}, faults: []emulator.Fault{once}, want: "let prune delete", version: "v1", holds: oldest,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n.run(t)
		})
	}
}

// TestUpdate_races: somebody else is at work while v2 is published.
func TestUpdate_races(t *testing.T) {
	t.Parallel()
	stays := refusal("DeleteVersion", http.StatusForbidden, "FSS.0403")
	for name, r := range map[string]struct {
		next
		op   string
		skip int
		does func(*emulator.Server) error
	}{
		"somebody deploys": {
			op: "PublishVersion", does: deploy("theirs"),
			next: next{
				want: "after it was applied; no version remains", version: "v1", calls: deletes("v2"), holds: "v1 ours",
			},
		},
		"somebody deploys, and what was published cannot be deleted": {
			op: "PublishVersion", does: deploy("theirs"),
			next: next{
				faults: []emulator.Fault{stays}, want: "could not be deleted again", never: []string{"no version remains"},
				version: "v1", calls: deletes("v2"), holds: "v1 ours, v2 theirs",
			},
		},
		"somebody deploys, and nothing can be read after it": {
			op: "PublishVersion", does: deploy("theirs"),
			next: next{
				faults: []emulator.Fault{{Op: "GetConfig", Skip: 2, Times: -1, Status: 403, Code: "FSS.0403"}},
				want:   "after it was applied; no version remains", version: "v1", calls: deletes("v2"), holds: "v1 ours",
			},
		},
		"the version is read with other code than was answered": {
			op: "GetConfig", skip: 2, does: other,
			next: next{
				want: "after it was applied; no version remains", version: "v1", calls: deletes("v2"), holds: "v1 ours",
			},
		},
		"a version that was taken over is read with other code": {
			op: "PublishVersion", does: func(api *emulator.Server) error {
				api.Inject(somebody(t, "GetConfig", 1, other, api))
				return publishAs("v2", "next")(api)
			},
			next: next{
				want: "It stays, since this apply did not provably publish it", version: "v1", holds: "v1 ours, v2 theirs",
			},
		},
		"somebody publishes v2, with other code": {
			op: "PublishVersion", does: publishAs("v2", "theirs"),
			next: next{want: "v2 holds other code", never: []string{"import {"}, version: "v1", holds: "v1 ours, v2 theirs"},
		},
		"somebody publishes v2, with this code and other settings": {
			op: "PublishVersion", does: func(api *emulator.Server) error {
				return errors.Join(publishAs("v2", "next")(api), api.Edit("default", "orders", func(f *emulator.Function) {
					f.Versions[1].MemorySize = 256
				}))
			},
			next: next{
				want: "holds this code with other settings: memory_size", never: []string{"import {"}, version: "v1",
				holds: "v1 ours, v2 next",
			},
		},
		"somebody publishes v2, with this code": {
			op: "PublishVersion", does: publishAs("v2", "next"),
			next: next{warns: "It will be deleted when the resource is destroyed"},
		},
		"somebody publishes this code under another name": {
			op: "PublishVersion", does: publishAs("theirs", "next"),
			next: next{
				want:  `ERROR at "source_hash": Unable to Publish Function Version: There is ` + recoveryURN + ":theirs already",
				never: []string{"import {"}, version: "v1",
				holds: "v1 ours, theirs next",
			},
		},
		"somebody publishes this code under another name, and no list": {
			op: "PublishVersion", does: publishAs("theirs", "next"),
			next: next{
				lacks: true, want: "is published already, and the service does not publish it again unchanged",
				never:   []string{"import {", "could not be read"},
				version: "v1", holds: "v1 ours, theirs next",
			},
		},
		"somebody publishes this code, and the list of it fails": {
			op: "PublishVersion", does: publishAs("v2", "next"),
			next: next{
				faults: []emulator.Fault{{Op: "ListVersions", Skip: 1, Status: 403, Code: "FSS.0403"}},
				want:   "the versions could not be listed", version: "v1",
			},
		},
		"somebody publishes this code, and the quota is full": {
			op: "PublishVersion", does: publishAs("theirs", "next"),
			next: next{
				older: []string{"h", "g", "f", "e", "d", "c", "b"}, set: map[string]any{"prune": map[string]any{"keep": 1}},
				want: "theirs already", version: "v1", holds: "b 1, c 2, d 3, e 4, f 5, g 6, h 7, v1 ours, theirs next",
			},
		},
		"somebody publishes this code, and no name is asked for": {
			op: "PublishVersion", does: publishAs("theirs", "next"),
			next: next{set: map[string]any{"version": nil}, warns: takenOver, version: "theirs", holds: "v1 ours, theirs next"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := r.next
			n.start = func(api *emulator.Server) error {
				api.Inject(somebody(t, r.op, r.skip, r.does, api))
				return nil
			}
			n.run(t)
		})
	}
}

// other is a service that tells other code of v2 from now on.
func other(api *emulator.Server) error {
	return api.Edit("default", "orders", func(f *emulator.Function) {
		f.Versions[1].Code, f.Versions[1].Digest = []byte("theirs"), strings.Repeat("f", 128)
	})
}

// deletes is one publication, and what goes after it.
func deletes(versions ...string) string {
	return "PublishVersion" + strings.Repeat(" DeleteVersion", len(versions))
}

// alias is somebody who points an alias at a version.
func alias(name, version string) func(*emulator.Server) error {
	return func(api *emulator.Server) error { return api.PutAlias("default", "orders", name, version, nil) }
}

// publishAs is somebody who publishes code under a name now, and leaves the function with the code "next".
func publishAs(name, code string) func(*emulator.Server) error {
	return func(api *emulator.Server) error {
		for _, step := range []func(*emulator.Server) error{
			deploy(code), func(*emulator.Server) error { return api.Publish("default", "orders", name, "") }, deploy("next"),
		} {
			if err := step(api); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestTakeOver_twin: what a new resource has taken over is not deleted by the old one, which goes after it in the same
// run; in any other run it is.
func TestTakeOver_twin(t *testing.T) {
	t.Parallel()
	for name, sameRun := range map[string]bool{"same run": true, "another run": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
			_, old := next{}.published(t, e)
			if err := deploy("ours")(e.Emulator); err != nil {
				t.Fatal(err)
			}
			p := e.Protocol(t)
			configured := p.Configure(nil)
			_, taken := p.Create("fgs_function_version", map[string]any{
				"function_urn": recoveryURN, "version": "v1", "digest": digest(t, e.Emulator), "retain_on_destroy": true,
			})
			if configured.Failed() || taken.Failed() || !taken.Has(takenOver) {
				t.Fatal(configured, taken)
			}
			if !sameRun {
				p = e.Protocol(t)
				configured = p.Configure(nil)
			}
			if diags := p.Destroy("fgs_function_version", old); configured.Failed() || diags.Failed() {
				t.Fatal(configured, diags)
			}
			if got := held(e.Emulator); (got == "v1 ours") != sameRun {
				t.Errorf("the service holds %q", got)
			}
		})
	}
}

func (n next) run(t *testing.T) {
	t.Helper()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = n.lacks }))
	config, prior := n.published(t, e)
	maps.Copy(config, n.set)
	e.Emulator.ResetRequests()
	e.Emulator.Inject(n.faults...)
	p := e.Protocol(t) // of another run
	if diags := p.Configure(nil); diags.Failed() {
		t.Fatal(diags)
	}
	if n.start != nil {
		if err := n.start(e.Emulator); err != nil {
			t.Fatal(err)
		}
	}
	updated, diags := p.Update("fgs_function_version", prior, config)

	if diags.Failed() != (n.want != "") || !diags.Has(n.want) || !diags.Has(n.warns) ||
		slices.ContainsFunc(n.never, diags.Has) {
		t.Errorf("want the error %q and the warning %q, never %q; got:%s", n.want, n.warns, n.never, diags)
	}
	if n.warns == "" && n.want == "" && len(diags) > 0 {
		t.Errorf("want no diagnostics; got:%s", diags)
	}
	if got, want := p.Text(updated.Imported, "version"), or(n.version, "v2"); got != want {
		t.Errorf("the state has the version %s, want %s", got, want)
	}
	if got, want := writes(e.Emulator), or(n.calls, "PublishVersion"); got != want && (want != "none" || got != "") {
		t.Errorf("the service got other writes\n got: %q\nwant: %q", got, want)
	}
	if got, want := held(e.Emulator), or(n.holds, "v1 ours, v2 next"); got != want {
		t.Errorf("the service holds other versions\n got: %q\nwant: %q", got, want)
	}
	if pending := e.Emulator.PendingFaults(); len(pending) > 0 && pending[0].Times >= 0 {
		t.Error("the fault never happened")
	}
}

// published makes the function and its versions, and returns the configuration of v2 and the state of v1.
func (n next) published(t *testing.T, e *acctest.Env) (map[string]any, acctest.Imported) {
	t.Helper()
	e.Emulator.Put(emulator.Function{
		Name: "orders", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("0")},
		Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
	})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range slices.Backward(n.older) {
		must(deploy(fmt.Sprint(len(n.older) - i))(e.Emulator))
		must(e.Emulator.Publish("default", "orders", name, ""))
	}
	must(deploy("ours")(e.Emulator))
	p := e.Protocol(t)
	if diags := p.Configure(nil); diags.Failed() {
		t.Fatal(diags)
	}
	config := map[string]any{
		"function_urn": recoveryURN, "version": "v1", "digest": digest(t, e.Emulator),
		"prune": map[string]any{"keep": 1}, // which deletes nothing: no version was replaced
	}
	v1, diags := p.Create("fgs_function_version", config)
	if diags.Failed() {
		t.Fatal(diags)
	}
	must(e.Emulator.Edit("default", "orders", func(f *emulator.Function) {
		for i := range f.Versions {
			f.Versions[i].LastModified = f.Versions[i].LastModified.Add(time.Duration(i-len(f.Versions)) * time.Hour)
		}
	}))
	must(deploy("next")(e.Emulator))
	return map[string]any{"function_urn": recoveryURN, "version": "v2", "digest": digest(t, e.Emulator)}, v1.Imported
}

func digest(t *testing.T, api *emulator.Server) string {
	t.Helper()
	f, ok := api.Function("default", "orders")
	if !ok {
		t.Fatal("the service has no function orders")
	}
	return f.Digest
}

func or(text, fallback string) string {
	if text == "" {
		return fallback
	}
	return text
}
