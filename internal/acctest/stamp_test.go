// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// stamps is a function whose settings are part of its code.
type stamps struct {
	*core
	wire *wire
	code string
}

func newStamps(t *testing.T) *stamps {
	t.Helper()
	// Logs that a service turns on by itself make an import write, and are not these tests' business.
	w := &wire{api: newAPI(func(s *emulator.Switches) { s.DefaultLogging = false })}
	return &stamps{newCore(t, newServer(t, w), functionType), w, acctest.NewDir(t).Code("code.zip", "orders")}
}

func (s *stamps) config(more values) values {
	return values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": values{"zip_file": s.code, "stamp_settings": true},
	}.with(more)
}

// applies applies, and demands the writes, the code's stamp, and that the next plan is empty. It returns the stamp.
func (s *stamps) applies(given values, writes ...string) string {
	s.t.Helper()
	s.wire.api.ResetRequests()
	if d := s.apply(s.t.Context(), given); d.failed() {
		s.t.Fatal(d)
	}
	if got := s.writes(); !slices.Equal(got, writes) {
		s.t.Errorf("the writes are %v, want %v", got, writes)
	}
	if err := s.emptyPlan(s.t.Context(), given); err != nil {
		s.t.Errorf("without a refresh: %v", err)
	}
	if err := s.empty(s.t.Context(), given); err != nil {
		s.t.Error(err)
	}
	if isStamped(given) && !attributesOf(s.state)["source_hash"].IsNull() && s.stamp() == "" {
		s.t.Error("the code has no stamp")
	}
	return s.stamp()
}

func (s *stamps) writes() (ops []string) {
	for _, r := range s.wire.api.Requests() {
		if r.Method != "GET" {
			ops = append(ops, r.Op)
		}
	}
	return ops
}

func (s *stamps) stamp() string {
	s.t.Helper()
	f, _ := s.wire.api.Function("default", "orders")
	stamp, _ := stampOf(f.Code)
	var hash string
	if err := attributesOf(s.state)["source_hash"].As(&hash); err != nil {
		s.t.Fatal(err)
	}
	if _, marked, found := strings.Cut(hash, "+settings."); found && marked != stamp {
		s.t.Errorf("source_hash is %s, the stamp %s", hash, stamp)
	}
	return stamp
}

// TestStamp_settings: a change of what a version copies is a change of the code, in one apply; of what it does not
// copy, and of what somebody else changed, is none.
func TestStamp_settings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStamps(t)
		first := s.applies(s.config(nil), "CreateFunction")
		second := s.applies(s.config(values{"memory_size": 256}), "UpdateCode", "UpdateConfig")
		if first == second || first == "" || second == "" {
			t.Errorf("the stamps are %q and %q", first, second)
		}
		more := values{"memory_size": 256, "dependency_version_ids": []string{"dep-1"}}
		third := s.applies(s.config(more), "UpdateCode")
		if f, _ := s.wire.api.Function("default", "orders"); third == second || len(f.DependVersionList) != 1 {
			t.Errorf("the dependencies are %v, the stamp %s", f.DependVersionList, third)
		}
		more = more.with(values{"tags": map[string]string{"team": "shop"}, "mount_config": values{"mounts": []values{{
			"mount_type": "sfs", "mount_resource": "fs-1", "local_mount_path": "/mnt/b",
		}}}})
		if got := s.applies(s.config(more), "UpdateConfig", "CreateTags"); got != third {
			t.Errorf("mounts and tags: another stamp")
		}
		if err := s.wire.api.Edit("default", "orders", func(f *emulator.Function) { f.MemorySize = 1024 }); err != nil {
			t.Fatal(err)
		}
		if got := s.applies(s.config(more), "UpdateConfig"); got != third {
			t.Errorf("a repair of settings: another stamp")
		}
		if err := s.wire.api.SetCode("default", "orders", "zip", "x.zip", []byte("theirs")); err != nil {
			t.Fatal(err)
		}
		if got := s.applies(s.config(more), "UpdateCode"); got != third {
			t.Errorf("a repair of code: another stamp")
		}
		if got := s.applies(s.config(more.with(values{"memory_size": 128})), "UpdateCode", "UpdateConfig"); got == third {
			t.Errorf("another memory size: the same stamp")
		}
	})
}

// TestStamp_switched: turned on it is other code, and turned off the code that it was. What the stamp is made of may
// have changed meanwhile.
func TestStamp_switched(t *testing.T) {
	t.Parallel()
	for name, marker := range map[string]any{"content": nil, "marker": "v1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStamps(t)
				plain := s.config(values{"code": values{"zip_file": s.code, "source_hash": marker}})
				with := s.config(values{"code": values{"zip_file": s.code, "source_hash": marker, "stamp_settings": true}})
				off := s.config(values{"code": values{"zip_file": s.code, "source_hash": marker, "stamp_settings": false}})
				if stamp := s.applies(plain, "CreateFunction"); stamp != "" {
					t.Error("a stamp that nobody asked for")
				}
				stamp := s.applies(with, "UpdateCode")
				if s.applies(off, "UpdateCode") != "" || s.applies(plain) != "" || s.applies(with, "UpdateCode") != stamp ||
					stamp == "" {
					t.Error("another stamp")
				}
				if s.applies(off.with(values{"memory_size": 256}), "UpdateCode", "UpdateConfig") != "" {
					t.Error("a stamp that nobody asked for")
				}
				if s.applies(with.with(values{"memory_size": 256}), "UpdateCode") == stamp {
					t.Error("the stamp of other settings")
				}
				if s.applies(with, "UpdateCode", "UpdateConfig") != stamp {
					t.Error("the settings that were, and another stamp")
				}
			})
		})
	}
}

// TestStamp_secrets: other secrets are a change of code, also write-only ones, by their version; no stamp is made of
// them. Somebody who removes a variable causes no upload.
func TestStamp_secrets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStamps(t)
		seen := map[string]bool{}
		moves := func(given values, writes ...string) {
			t.Helper()
			stamp := s.applies(s.config(given), writes...)
			if seen[stamp] {
				t.Errorf("%v: a stamp that was there before", given)
			}
			seen[stamp] = true
		}
		secret := func(value string) values { return values{"encrypted_user_data": map[string]string{"PASSWORD": value}} }
		written := func(version string) values {
			return values{"encrypted_user_data_wo": map[string]string{"TOKEN": version},
				"encrypted_user_data_wo_version": version}
		}
		moves(secret("one"), "CreateFunction")
		moves(secret("two"), "UpdateCode", "UpdateConfig")
		moves(secret("one"), "UpdateCode", "UpdateConfig")
		before := s.stamp()
		if s.applies(s.config(secret("one")).with(values{"memory_size": 256}), "UpdateCode", "UpdateConfig") == before {
			t.Error("the stamp of other settings")
		}
		if s.applies(s.config(secret("one")), "UpdateCode", "UpdateConfig") != before {
			t.Error("the same settings and secrets, another stamp")
		}
		if err := s.wire.api.Edit("default", "orders", func(f *emulator.Function) { f.EncryptedUserData = "" }); err != nil {
			t.Fatal(err)
		}
		if !acctest.SecondWorld() { // where nobody sees that
			if s.applies(s.config(secret("one")), "UpdateConfig") != before {
				t.Error("a repair of secrets: another stamp")
			}
		}
		moves(written("1"), "UpdateCode", "UpdateConfig")
		moves(written("2"), "UpdateCode", "UpdateConfig")
		moves(nil, "UpdateCode", "UpdateConfig")
		f, _ := s.wire.api.Function("default", "orders")
		if bytes.Contains(s.private, []byte("PASSWORD")) || bytes.Contains(f.Code, []byte("one")) {
			t.Error("a secret is where none belongs")
		}
	})
}

// TestStamp_import: an import of what was stamped before records it, unless the stamp stands for secrets, which nobody
// can compare.
func TestStamp_import(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStamps(t)
		imported := func(given values, writes ...string) {
			t.Helper()
			again := newCore(t, s.server, functionType)
			if d := again.importID(t.Context(), "orders"); d.failed() {
				t.Fatal(d)
			}
			s.core = again
			s.applies(s.config(given), writes...)
		}
		first := s.applies(s.config(nil), "CreateFunction")
		if imported(nil); s.stamp() != first {
			t.Error("another stamp")
		}
		if imported(values{"memory_size": 256}, "UpdateCode", "UpdateConfig"); s.stamp() == first {
			t.Error("other settings, the same stamp")
		}
		secret := values{"memory_size": 256, "encrypted_user_data": map[string]string{"PASSWORD": "one"}}
		second := s.applies(s.config(secret), "UpdateCode", "UpdateConfig")
		if imported(secret, "UpdateCode", "UpdateConfig"); s.stamp() == second {
			t.Error("unknown secrets, the same stamp")
		}
	})
}

// TestStamp_late: a setting that is known only during apply leaves the code open; whether it turns out another one or
// the same decides then.
func TestStamp_late(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		late  any
		moves bool
	}{"other": {"new", true}, "same": {"old", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStamps(t)
				before := s.applies(s.config(values{"description": "old"}), "CreateFunction")
				open := object(t, s.typ, s.config(values{"description": tftypes.UnknownValue}))
				plan := s.plan(t.Context(), open, s.state)
				if d := diagnostics(plan.Diagnostics); d.failed() {
					t.Fatal(d)
				}
				planned := attributesOf(s.value(plan.PlannedState))
				for _, attribute := range []string{"source_hash", "digest", "code_size"} {
					if planned[attribute].IsKnown() {
						t.Errorf("%s is planned as %s", attribute, planned[attribute])
					}
				}
				s.wire.api.ResetRequests()
				known := s.config(values{"description": test.late})
				again := s.plan(t.Context(), object(t, s.typ, known), s.state)
				// what the CLI demands of the plan during apply
				for attribute, v := range attributesOf(s.value(again.PlannedState)) {
					if planned[attribute].IsKnown() && !v.Equal(planned[attribute]) {
						t.Errorf("inconsistent final plan: %s was %s, is %s", attribute, planned[attribute], v)
					}
				}
				if d := s.applyRefreshed(t.Context(), known); d.failed() {
					t.Fatal(d)
				}
				if moved := s.stamp() != before; moved != test.moves || slices.Contains(s.writes(), "UpdateCode") != test.moves {
					t.Errorf("another stamp: %t, writes %v", moved, s.writes())
				}
				if err := s.empty(t.Context(), known); err != nil {
					t.Error(err)
				}
			})
		})
	}
	synctest.Test(t, func(t *testing.T) { // a new function
		s := newStamps(t)
		plan := s.plan(t.Context(), object(t, s.typ, s.config(values{"description": tftypes.UnknownValue})), s.state)
		if d := diagnostics(plan.Diagnostics); d.failed() ||
			attributesOf(s.value(plan.PlannedState))["source_hash"].IsKnown() {
			t.Errorf("source_hash is known: %s", d)
		}
	})
}

// TestStamp_halfway: the code is up, and the settings are refused: the next apply sends the settings alone. Where the
// upload is refused, nothing has changed.
func TestStamp_halfway(t *testing.T) {
	t.Parallel()
	for op, then := range map[string][]string{"UpdateCode": {"UpdateCode", "UpdateConfig"},
		"UpdateConfig": {"UpdateConfig"}} {
		t.Run(op, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStamps(t)
				s.applies(s.config(values{"encrypted_user_data": map[string]string{"A": "1"}}), "CreateFunction")
				s.wire.api.Inject(emulator.Fault{Op: op, Status: 403, Code: "FSS.0403"})
				second := s.config(values{"memory_size": 256, "encrypted_user_data": map[string]string{"A": "2"}})
				if d := s.apply(t.Context(), second); !d.failed() {
					t.Fatal("it did not fail")
				}
				s.applies(second, then...)
			})
		})
	}
}

// TestStamp_retried: an upload that has to be sent again brings the same bytes.
func TestStamp_retried(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStamps(t)
		s.applies(s.config(nil), "CreateFunction")
		s.wire.api.Inject(emulator.Fault{Op: "UpdateCode", Status: 503, Code: "FSS.0503", Times: 2})
		if s.applies(s.config(values{"memory_size": 256}), "UpdateCode", "UpdateCode", "UpdateCode", "UpdateConfig") == "" {
			t.Error("no stamp")
		}
	})
}

// TestStamp_noFile: a plan of settings needs the archive, since it goes up; another plan does not.
func TestStamp_noFile(t *testing.T) {
	t.Parallel()
	for name, marker := range map[string]any{"content": nil, "marker": "v1"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStamps(t)
			config := s.config(values{"code": values{"zip_file": s.code, "source_hash": marker, "stamp_settings": true}})
			s.applies(config, "CreateFunction")
			if err := os.Remove(s.code); err != nil {
				t.Fatal(err)
			}
			s.applies(config)
			s.applies(config.with(values{"tags": map[string]string{"a": "1"}}), "CreateTags")
			if d := s.apply(t.Context(), config.with(values{"memory_size": 256})); !d.failed() || !d.has("Code File Not Found") {
				t.Errorf("want that the file is missing: %s", d)
			}
			if f, _ := s.wire.api.Function("default", "orders"); f.MemorySize != 128 {
				t.Error("settings were changed that the code does not carry")
			}
		})
	}
}

// TestUnreleased: a plan that changes settings of a function whose aliases serve published versions says so, once, and
// asks for nothing else.
func TestUnreleased(t *testing.T) {
	t.Parallel()
	const summary, words = "Settings Change for latest Only",
		"latest changes; alias live serves v1, which keeps its settings"
	inline := values{"code": values{"inline": "orders"}}
	for name, test := range map[string]struct {
		from, to values
		alias    string // version; "" for none
		warns    bool
		lists    bool // the aliases are asked for
	}{
		"memory":         {inline, values{"memory_size": 256}, "v1", true, true},
		"dependencies":   {inline, values{"dependency_version_ids": []string{"dep-1"}}, "v1", true, true},
		"secrets":        {inline, values{"encrypted_user_data": map[string]string{"A": "1"}}, "v1", true, true},
		"instances":      {inline, values{"max_instance_num": 5}, "v1", true, true},
		"no alias":       {inline, values{"memory_size": 256}, "", false, true},
		"alias: latest":  {inline, values{"memory_size": 256}, "latest", false, true},
		"nothing":        {inline, nil, "v1", false, false},
		"description":    {inline, values{"description": "new"}, "v1", false, false},
		"tags":           {inline, values{"tags": map[string]string{"a": "1"}}, "v1", false, false},
		"late":           {inline, values{"memory_size": tftypes.UnknownValue}, "v1", false, false},
		"with code":      {inline, values{"memory_size": 256, "code": values{"inline": "other"}}, "v1", false, false},
		"with a stamp":   {nil, values{"memory_size": 256}, "v1", false, false},
		"another name":   {inline, values{"memory_size": 256, "name": "others"}, "v1", false, false},
		"without a code": {inline, values{"memory_size": 256, "code": nil}, "v1", true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStamps(t)
				from := s.config(test.from)
				s.applies(from, "CreateFunction")
				s.aliased(test.alias)
				to := object(t, s.typ, from.with(test.to))
				s.server = newServer(t, s.wire) // the run of the plan
				if d := s.refresh(t.Context()); len(d) > 0 {
					t.Fatal(d)
				}
				s.wire.api.ResetRequests()
				d := diagnostics(s.plan(t.Context(), to, s.state).Diagnostics)
				if d.failed() || d.has(summary) != test.warns || d.has(words) != test.warns {
					t.Errorf("%s", d)
				}
				lists := s.wire.api.Count("ListAliases")
				if asked := lists > 0; asked != test.lists && name != "another name" || lists > 1 {
					t.Errorf("%d lists of aliases", lists)
				}
				s.server = newServer(t, s.wire) // the run of the apply, which plans once more
				if d := diagnostics(s.plan(t.Context(), to, s.state).Diagnostics); d.has(summary) {
					t.Errorf("said again: %s", d)
				}
			})
		})
	}
}

// aliased publishes v1, and makes an alias for a version.
func (s *stamps) aliased(version string) {
	s.t.Helper()
	if err := s.wire.api.Publish("default", "orders", "v1", ""); err != nil {
		s.t.Fatal(err)
	}
	if version == "" {
		return
	}
	if err := s.wire.api.PutAlias("default", "orders", "live", version, nil); err != nil {
		s.t.Fatal(err)
	}
}

// TestUnreleased_unread: aliases that cannot be read are no reason to fail a plan.
func TestUnreleased_unread(t *testing.T) {
	t.Parallel()
	for _, status := range []int{403, 404, 500} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStamps(t)
				config := s.config(values{"code": values{"inline": "orders"}})
				s.applies(config, "CreateFunction")
				s.aliased("v1")
				s.wire.api.Inject(emulator.Fault{Op: "ListAliases", Status: status, Code: "FSS.0999", Times: -1})
				if d := s.apply(t.Context(), config.with(values{"memory_size": 256})); len(d) > 0 {
					t.Error(d)
				}
			})
		})
	}
}
