// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

type fields = map[string]any

// with is an object with another value of an attribute.
func with(config fields, attribute string, value any) fields {
	out := maps.Clone(config)
	out[attribute] = value
	return out
}

// TestReplaced: an attribute that replaces a resource does so where its new value is known in a plan. Not known yet, it
// is planned in place; and when it turns out to be another in the apply, that ends with an error which says what to do,
// before anything is sent. Only a call that turns out to be another is made: nothing is deleted for it. The CLI asks
// for the plan once more in an apply, of a provider that has refreshed nothing.
func TestReplaced(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.DefaultLogging = false }))
	run := func() *acctest.Protocol {
		p := e.Protocol(t)
		if diags := p.Configure(fields{}); diags.Failed() {
			t.Fatal(diags)
		}
		return p
	}
	const urn = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:"
	orders := fields{
		"name": "orders", "package": "default", "type": "v2", "runtime": "Python3.9", "handler": "index.handler",
		"timeout": 3, "memory_size": 128, "code": fields{"inline": "# code"},
	}
	web := with(with(with(orders, "name", "web"), "runtime", "http"), "handler", "bootstrap")
	image := fields{"image": "swr.cn-north-4.myhuaweicloud.com/shop/orders:1"}
	timer := func(name, rate string) fields { return fields{"name": name, "rate": rate} }
	before, first, then := run(), run(), run()
	for _, r := range []struct {
		resource string
		config   fields
		others   fields   // of each attribute, another value
		paths    []string // by which a plan replaces, where it is not the attribute
	}{
		{
			"fgs_function", orders,
			fields{"name": "others", "package": "others", "type": "v1", "runtime": "Python3.10"}, nil,
		},
		{"fgs_function", web, fields{"code": image}, []string{"runtime"}},
		{
			"fgs_function_version", fields{"function_urn": urn + "orders", "version": "v1"},
			fields{"function_urn": urn + "web"}, nil,
		},
		{
			"fgs_function_alias", fields{"function_urn": urn + "orders", "name": "live", "version": "latest"},
			fields{"function_urn": urn + "web", "name": "other"}, nil,
		},
		{
			"fgs_function_trigger", fields{"function_urn": urn + "orders:!live", "timer": timer("nightly", "1d")},
			fields{"function_urn": urn + "web"}, nil,
		},
		{
			"fgs_function_trigger", fields{"function_urn": urn + "orders", "timer": timer("by-day", "1d")},
			fields{"timer": timer("by-day", "2d")}, nil,
		},
		{
			"fgs_dependency_version",
			fields{"name": "libs", "runtime": "Python3.9", "code": fields{"source_dir": "testdata"}},
			fields{"name": "others", "runtime": "Python3.10", "description": "mine"}, nil,
		},
		{
			reservedType, fields{"function_urn": urn + "orders:!live", "min_count": 1},
			fields{"function_urn": urn + "web"}, nil,
		},
		{
			asyncType, fields{"function_urn": urn + "orders:!live", "max_event_age": 60},
			fields{"function_urn": urn + "web"}, nil,
		},
		{
			eventType, fields{"function_urn": urn + "orders", "name": "smoke", "content": "{}"},
			fields{"function_urn": urn + "web", "name": "others"}, nil,
		},
		{
			"fgs_invocation", fields{
				"function_urn": urn + "orders:!live", "input_wo": "{}", "input_wo_version": "1", "triggers": fields{"day": "1"},
			},
			fields{"function_urn": urn + "web", "input_wo_version": "2", "triggers": fields{"day": "2"}}, nil,
		},
		{
			"fgs_invocation", fields{"function_urn": urn + "orders", "input": "{}"},
			fields{"function_urn": urn + "orders:!live", "input": `{"a":1}`}, nil,
		},
	} {
		made, diags := before.Create(r.resource, r.config)
		if diags.Failed() {
			t.Fatal(diags)
		}
		there, _, _ := first.Refresh(r.resource, made.Imported)
		for attribute, other := range r.others {
			of, changed := r.resource+"."+attribute, with(r.config, attribute, other)
			want := r.paths
			if want == nil {
				want = []string{attribute}
			}
			if got, diags := first.Replaced(r.resource, there, changed); diags.Failed() || !slices.Equal(got, want) {
				t.Errorf("%s: a plan is to replace by %v, and does by %v: %s", of, want, got, diags)
			}
			unknown := with(r.config, attribute, acctest.Unknown)
			if got, diags := first.Replaced(r.resource, there, unknown); diags.Failed() || len(got) > 0 {
				t.Errorf("%s: a plan replaces what it does not know, by %v: %s", of, got, diags)
			}
			if got, diags := then.Replaced(r.resource, there, r.config); diags.Failed() || len(got) > 0 {
				t.Errorf("%s: an apply replaces what turned out the same, by %v: %s", of, got, diags)
			}
			if r.resource == "fgs_invocation" {
				if got, diags := then.Replaced(r.resource, there, changed); diags.Failed() || len(got) > 0 {
					t.Errorf("%s: an apply does not call by itself; it replaces by %v: %s", of, got, diags)
				}
			} else if _, diags := then.Replaced(r.resource, there, changed); !diags.Failed() || !diags.Has("next plan shows") {
				t.Errorf("%s: an apply goes on with another value: %s", of, diags)
			}
		}
	}
}
