// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	_ "embed"
	"slices"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// setState and setPrivate are a function as the provider kept it while dependency_version_ids was a set, which it sent
// sorted whatever the configuration said. The configuration had them the other way round.
//
//go:embed testdata/state_dependency_set.json
var setState []byte

const setPrivate = `{"read_back":"eyJlbmNyeXB0ZWQiOltdfQ==","uploaded":"eyJzZWVuIjp7fX0="}`

// TestGolden_dependencySet: a state in which dependency_version_ids is a set reads on as a list. The plan of the same
// configuration brings the order of the configuration to the service, once; the sorted one changes nothing.
func TestGolden_dependencySet(t *testing.T) {
	t.Parallel()
	sorted := []string{
		"178e8d74-eb40-68ff-d855-dc9b3ce80a5b", emulator.PublicDependency, "bd5b05ab-0252-4066-65cf-702cb2e77cae",
	}
	asWritten := slices.Clone(sorted)
	slices.Reverse(asWritten)
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { *s = emulator.Switches{} })) // the state's world
	e.Emulator.PutDependency(sorted[0], "first")
	e.Emulator.PutDependency(sorted[2], "third")
	run := func() *acctest.Protocol {
		p := e.Protocol(t)
		if diags := p.Configure(attributes{}); diags.Failed() {
			t.Fatal(diags)
		}
		return p
	}
	with := func(ids []string) attributes {
		var list []any
		for _, id := range ids {
			list = append(list, id)
		}
		return attributes{"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3,
			"memory_size": 128, "code": attributes{"inline": "# code"}, "dependency_version_ids": list}
	}
	if _, diags := run().Create("fgs_function", with(sorted)); diags.Failed() {
		t.Fatal(diags)
	}
	for _, test := range []struct {
		ids    []string
		writes int
	}{{sorted, 0}, {asWritten, 1}} {
		p := run()
		stored, diags := p.Stored("fgs_function", 0, setState, []byte(setPrivate))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		e.Emulator.ResetRequests()
		_, diags = p.Update("fgs_function", stored, with(test.ids))
		writes := e.Emulator.Count("UpdateCode", "UpdateConfig", "CreateFunction", "DeleteFunction")
		if diags.Failed() || writes != test.writes {
			t.Errorf("%v: %d writes: %s", test.ids, writes, diags)
		}
	}
	f, _ := e.Emulator.Function("default", "orders")
	if got := f.DependVersionList; !slices.Equal(got, asWritten) {
		t.Errorf("the service has %v", got)
	}
}
