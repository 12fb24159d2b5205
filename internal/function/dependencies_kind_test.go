// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestDependencyKinds: the id of a dependency in the place of one of a version is an error that says so: of the plan,
// where this run has seen the dependency, else of the apply; and so is an id of nothing.
func TestDependencyKinds(t *testing.T) {
	t.Parallel()
	const resource = "fgs_function"
	config := func(id string) map[string]any {
		return map[string]any{
			"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
			"code": map[string]any{"inline": "x"}, "dependency_version_ids": []any{id},
		}
	}
	setup := func(t *testing.T) (*acctest.Protocol, emulator.Dependency) {
		e := acctest.New(t)
		p := e.Protocol(t)
		if diags := p.Configure(map[string]any{}); diags.Failed() {
			t.Fatal(diags)
		}
		return p, e.Emulator.AddDependency(emulator.Dependency{Name: "libs", Runtime: "Python3.9"})
	}
	expect := func(t *testing.T, diags acctest.Diagnostics, says string) {
		t.Helper()
		last := acctest.Diagnostic{}
		if len(diags) > 0 {
			last = diags[len(diags)-1]
		}
		if last.Severity != "ERROR" || last.Path != "dependency_version_ids" || !diags.Has(says) ||
			!diags.Has("id, not dependency_id") {
			t.Errorf("want an error at the attribute with %q, got %s", says, diags)
		}
	}
	t.Run("apply", func(t *testing.T) {
		t.Parallel()
		p, libs := setup(t)
		_, diags := p.Create(resource, config(libs.DependencyID))
		expect(t, diags, `"`+libs.DependencyID+`" is the id of the dependency libs, not of a version`)
	})
	t.Run("apply, of nothing", func(t *testing.T) {
		t.Parallel()
		p, _ := setup(t)
		_, diags := p.Create(resource, config("nobody"))
		expect(t, diags, `One of these is not the id of a version of a dependency: "nobody"`)
	})
	t.Run("update", func(t *testing.T) {
		t.Parallel()
		p, libs := setup(t)
		made, diags := p.Create(resource, config(libs.ID))
		if diags.Failed() {
			t.Fatal(diags)
		}
		_, diags = p.Update(resource, made.Imported, config(libs.DependencyID))
		expect(t, diags, `is the id of the dependency libs`)
	})
	t.Run("plan", func(t *testing.T) {
		t.Parallel()
		p, libs := setup(t)
		if diags := p.ReadData("fgs_dependency_version", map[string]any{"name": "libs"}); diags.Failed() {
			t.Fatal(diags)
		}
		expect(t, p.PlanBeside(resource, config(libs.DependencyID)), "is the id of a dependency, not of a version of it")
		made, diags := p.Create(resource, config(libs.ID))
		if diags.Failed() {
			t.Fatal(diags)
		}
		diags = p.PlanUpdate(resource, made.Imported, config(libs.DependencyID))
		if len(diags) != 1 || diags[0].Severity != "WARNING" || !diags.Has("not of a version of it") ||
			!diags.Has("Apply fails on this") {
			t.Errorf("of a function that exists: %s", diags) // terraform destroy begins with such a plan
		}
	})
}
