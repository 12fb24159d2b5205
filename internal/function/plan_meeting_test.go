// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// TestPlan_meeting: two resources of one plan that are about a function of one name. Both may be planned by the fast
// way, or by the framework after a warning of it: that makes no second resource of one.
func TestPlan_meeting(t *testing.T) {
	t.Parallel()
	const twice, anew = "Two Functions of One Name", "Function Deleted and Created Anew"
	named := func(pkg, name any) map[string]any {
		return with(map[string]any{"package": pkg, "name": name, "runtime": "Pascal"}) // which is a warning
	}
	start := func(t *testing.T) (p *acctest.Protocol, there acctest.Imported) {
		t.Helper()
		p = acctest.New(t).Protocol(t)
		p.Configure(nil)
		made, diags := p.Create("fgs_function", with(map[string]any{"name": "orders"}))
		if diags.Failed() {
			t.Fatal(diags)
		}
		p.Configure(nil) // another run
		return p, made.Imported
	}
	meet := func(t *testing.T, got acctest.Diagnostics, want string) {
		t.Helper()
		for _, summary := range []string{twice, anew} {
			if got.Has(summary) != (summary == want) {
				t.Errorf("want %q, got %s", want, got)
			}
		}
		if got.Failed() != (want == twice) {
			t.Errorf("failed: %t: %s", got.Failed(), got)
		}
	}
	for name, test := range map[string]struct {
		pkg, name any
		want      string
	}{
		"one name":         {nil, "orders", twice},
		"default, written": {"default", "orders", twice},
		"another package":  {"shop", "orders", ""},
		"another name":     {nil, "stock", ""},
		"name not known":   {nil, acctest.Unknown, ""},
	} {
		t.Run("two creations/"+name, func(t *testing.T) {
			t.Parallel()
			p, _ := start(t)
			meet(t, p.PlanBeside("fgs_function", named("", "orders")), "")
			meet(t, p.PlanBeside("fgs_function", named(test.pkg, test.name)), test.want)
		})
	}
	t.Run("a creation that failed", func(t *testing.T) {
		t.Parallel()
		p, _ := start(t)
		p.PlanBeside("fgs_function", with(map[string]any{"name": "orders", "code": nil}))
		meet(t, p.PlanBeside("fgs_function", named(nil, "orders")), "")
	})
	t.Run("created in this apply", func(t *testing.T) { // its name was not known in the plan
		t.Parallel()
		p, _ := start(t)
		if _, diags := p.Create("fgs_function", with(map[string]any{"name": "stock"})); diags.Failed() {
			t.Fatal(diags)
		}
		_, diags := p.Create("fgs_function", with(map[string]any{"name": "stock"}))
		meet(t, diags, twice)
	})
	t.Run("deleted, created", func(t *testing.T) {
		t.Parallel()
		p, there := start(t)
		meet(t, p.PlanDestroy("fgs_function", there), "")
		meet(t, p.PlanBeside("fgs_function", named(nil, "stock")), "")
		meet(t, p.PlanBeside("fgs_function", named(nil, "orders")), anew)
	})
	t.Run("created, deleted", func(t *testing.T) {
		t.Parallel()
		p, there := start(t)
		meet(t, p.PlanBeside("fgs_function", named(nil, "orders")), "")
		meet(t, p.PlanDestroy("fgs_function", there), anew)
	})
	t.Run("replaced under its name", func(t *testing.T) {
		t.Parallel()
		p, there := start(t)
		read, _, _ := p.Refresh("fgs_function", there)
		meet(t, p.PlanUpdate("fgs_function", read, named(nil, "orders")), "")
		meet(t, p.PlanBeside("fgs_function", named(nil, "orders")), "")
	})
	// The CLI plans a replacement as a change, and then its creation, of which it shows errors only.
	replaced := func(t *testing.T, first, then func(p *acctest.Protocol, there acctest.Imported) acctest.Diagnostics) {
		t.Helper()
		p, there := start(t)
		read, _, _ := p.Refresh("fgs_function", there)
		meet(t, first(p, read), "")
		meet(t, then(p, read), anew)
	}
	toStock := func(p *acctest.Protocol, there acctest.Imported) acctest.Diagnostics {
		first := p.PlanUpdate("fgs_function", there, with(map[string]any{"name": "stock"}))
		if diags := p.PlanBeside("fgs_function", named(nil, "stock")); diags.Failed() || diags.Has(anew) {
			t.Errorf("the creation in its place: %s", diags)
		}
		return first
	}
	create := func(p *acctest.Protocol, _ acctest.Imported) acctest.Diagnostics {
		return p.PlanBeside("fgs_function", named(nil, "orders"))
	}
	t.Run("shifted by count", func(t *testing.T) {
		t.Parallel()
		replaced(t, toStock, create)
		replaced(t, create, toStock)
	})
	t.Run("replaced by what there will be", func(t *testing.T) {
		t.Parallel()
		p, there := start(t)
		read, _, _ := p.Refresh("fgs_function", there)
		meet(t, p.PlanBeside("fgs_function", named(nil, "stock")), "")
		meet(t, p.PlanUpdate("fgs_function", read, with(map[string]any{"name": "stock"})), twice)
	})
	t.Run("done before", func(t *testing.T) {
		t.Parallel()
		p, there := start(t)
		if diags := p.Destroy("fgs_function", there); diags.Failed() {
			t.Fatal(diags)
		}
		for range 2 {
			made, diags := p.Create("fgs_function", with(map[string]any{"name": "orders"}))
			meet(t, diags, "")
			meet(t, p.Destroy("fgs_function", made.Imported), "")
		}
	})
}
