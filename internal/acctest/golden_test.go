// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package acctest_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccGolden_state: the state of a function, its version and its aliases, as a CLI kept it, with the private state,
// while a release still replaced the version. It reads on: the plan of the same configuration is empty, and the next
// release is one in place, which the aliases follow.
func TestAccGolden_state(t *testing.T) {
	s := newShellOf(t, emulator.Options{}) // the state is of this world
	files := filepath.Join("testdata", "replacing")
	for _, name := range []string{"main.tf", "orders.zip", "state.json"} {
		content, err := os.ReadFile(filepath.Join(files, name))
		if err != nil {
			t.Fatal(err)
		}
		s.dir.Write(name, content)
	}
	s.apply() // what the state is of
	if err := os.Rename(s.dir.Path("state.json"), s.dir.Path("terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	s.planned()
	s.api.ResetRequests()
	s.apply()
	for _, r := range s.api.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s was sent", r.Op)
		}
	}
	s.identified()
	s.env["TF_VAR_release"] = "v2"
	s.dir.Code("orders.zip", "2")
	if out := s.apply(); !words(out, "0 added, 4 changed, 0 destroyed.") {
		t.Errorf("the release: %s", out)
	}
	s.planned()
	s.identified()
	f, _ := s.api.Function("default", "orders")
	if len(f.Versions) != 2 || f.Aliases[0].Version != "v2" || f.Aliases[1].Strategy["v2"].CombineType != "or" {
		t.Errorf("the service has %v, %v", f.Versions, f.Aliases)
	}
}

// identified demands that the CLI has stored the identity of each resource beside it, if it knows any.
func (s *shell) identified() {
	s.t.Helper()
	content, err := os.ReadFile(s.dir.Path("terraform.tfstate"))
	var state struct {
		Resources []struct {
			Type      string
			Instances []struct {
				Attributes struct{ ID string }
				Identity   struct{ URN string }
			}
		}
	}
	if err == nil {
		err = json.Unmarshal(content, &state)
	}
	if err != nil || len(state.Resources) == 0 {
		s.t.Fatalf("the state has %d resources: %v", len(state.Resources), err)
	}
	known := knowsIdentities(s.t)
	for _, resource := range state.Resources {
		if _, ok := identifiable[resource.Type]; !ok {
			continue
		}
		want := ""
		if known {
			want = resource.Instances[0].Attributes.ID
		}
		if got := resource.Instances[0].Identity.URN; got != want {
			s.t.Errorf("the identity of the %s is %q, want %q", resource.Type, got, want)
		}
	}
}
