// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccDataSources: a version by its name, own or public, the newest or one number, and the list with each filter.
func TestAccDataSources(t *testing.T) {
	l := newLayerTest(t)
	first := addTo(l.env.Emulator, "libs", "Python3.9", "first", []byte("one"))
	second := addTo(l.env.Emulator, "libs", "Python3.9", "", []byte("second"))
	addTo(l.env.Emulator, "more-libs", "Java11", "", []byte("more"))
	is := func(of, attribute string, value knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+of, tfjsonpath.New(attribute), value)
	}
	text, number := knownvalue.StringExact, knownvalue.Int64Exact
	listed := func(names ...string) knownvalue.Check {
		rows := make([]knownvalue.Check, 0, len(names))
		for _, name := range names {
			rows = append(rows, knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"name": text(name), "public": knownvalue.Bool(name == "public-library"), "dependency_id": knownvalue.NotNull(),
			}))
		}
		return knownvalue.ListExact(rows)
	}
	l.run(resource.TestStep{
		Config: `
data "fgs_dependency_version" "newest" { name = "libs" }
data "fgs_dependency_version" "first" {
  name    = "libs"
  version = 1
}
data "fgs_dependency_version" "public" {
  name    = "public-library"
  public  = true
  runtime = "Python3.9"
}
data "fgs_dependencies" "all" {}
data "fgs_dependencies" "own" { public = false }
data "fgs_dependencies" "java" { runtime = "Java11" }
data "fgs_dependencies" "named" { name = "libs" }
data "fgs_dependencies" "none" { name = "lib" }
`,
		ConfigStateChecks: []statecheck.StateCheck{
			is("fgs_dependency_version.newest", "id", text(second.ID)),
			is("fgs_dependency_version.newest", "version", number(2)),
			is("fgs_dependency_version.newest", "description", knownvalue.Null()),
			is("fgs_dependency_version.newest", "size", number(6)),
			is("fgs_dependency_version.newest", "public", knownvalue.Bool(false)),
			is("fgs_dependency_version.newest", "dependency_id", text(first.DependencyID)),
			is("fgs_dependency_version.newest", "etag", text(second.ETag)),
			is("fgs_dependency_version.newest", "owner", text(first.Owner)),
			is("fgs_dependency_version.newest", "runtime", text("Python3.9")),
			is("fgs_dependency_version.newest", "last_modified", knownvalue.NotNull()),
			is("fgs_dependency_version.first", "id", text(first.ID)),
			is("fgs_dependency_version.first", "description", text("first")),
			is("fgs_dependency_version.public", "id", text(emulator.PublicDependency)),
			is("fgs_dependency_version.public", "owner", text("public")),
			is("fgs_dependencies.all", "dependencies", listed("libs", "more-libs", "public-library")),
			is("fgs_dependencies.own", "dependencies", listed("libs", "more-libs")),
			is("fgs_dependencies.java", "dependencies", listed("more-libs")),
			is("fgs_dependencies.named", "dependencies",
				knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
					"name": text("libs"), "public": knownvalue.Bool(false), "dependency_id": text(first.DependencyID),
					"runtime": text("Python3.9"), "version": number(2),
				})})),
			is("fgs_dependencies.none", "dependencies", listed()),
		},
	})
}

// TestDataSource_errors: nothing, more than one, and a version that is not there are errors that say what there is.
func TestDataSource_errors(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	addTo(e.Emulator, "libs", "Python3.9", "", []byte("one"))
	addTo(e.Emulator, "public-library", "Java11", "", []byte("one"))
	p := protocol(t, e)
	for name, v := range map[string]struct {
		config values
		says   string
	}{
		"a part of a name": {values{"name": "lib"}, "no dependency of the name"},
		"not public":       {values{"name": "libs", "public": true}, "no dependency of the name"},
		"two":              {values{"name": "public-library"}, "- runtime Python3.9, public = true"},
		"no such version":  {values{"name": "libs", "version": 3}, "there are: 1"},
		"odd runtime":      {values{"name": "libs", "runtime": "Cobol"}, "FSS.1005"},
	} {
		if got := p.ReadData("fgs_dependency_version", v.config); len(got) != 1 || !got.Failed() || !got.Has(v.says) {
			t.Errorf("%s: %s", name, got)
		}
	}
	for name, config := range map[string]values{"one by runtime": {"name": "public-library", "runtime": "Java11"},
		"one": {"name": "libs", "version": 1}} {
		if got := p.ReadData("fgs_dependency_version", config); len(got) != 0 {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := p.ReadData("fgs_dependencies", values{"runtime": "Cobol"}); !got.Has("FSS.1005") {
		t.Error(got)
	}
	if got := p.ValidateData("fgs_dependency_version", values{"name": ""}); len(got) != 1 || !got.Failed() {
		t.Error(got)
	}
}
