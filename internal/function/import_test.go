// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const place = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:"

// TestImport: every form that people have at hand leads to the URN with seven fields.
func TestImport(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"orders":                          place + "default:orders",
		"shop/orders":                     place + "shop:orders",
		"shop-2_x/o":                      place + "shop-2_x:o",
		place + "shop:orders":             place + "shop:orders",
		place + "shop:orders:latest":      place + "shop:orders",
		place + "shop:orders:v1.0":        place + "shop:orders",
		place + "shop:orders:!production": place + "shop:orders",
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			e.Emulator.Put(emulator.Function{Name: "orders"})
			e.Emulator.Put(emulator.Function{Name: "orders", Package: "shop"})
			e.Emulator.Put(emulator.Function{Name: "o", Package: "shop-2_x"})
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			imported, diags := p.Import("fgs_function", id)
			expectNone(t, diags)
			for _, attribute := range []string{"id", "urn"} {
				if got := p.Text(imported, attribute); got != want {
					t.Errorf("%s is %s, want %s", attribute, got, want)
				}
			}
		})
	}
}

// TestImport_badID: an id that can be none says what one looks like, before anything is requested.
func TestImport_badID(t *testing.T) {
	t.Parallel()
	for id, says := range map[string]string{
		"":                                "<package>/<name>",
		"1orders":                         "<package>/<name>",
		"orders-":                         "<package>/<name>",
		"a/b/c":                           "<package>/<name>",
		"shop/":                           "<package>/<name>",
		"/orders":                         "<package>/<name>",
		"orders:latest":                   "it has 2 fields, expected 7 or 8",
		"urn:fss:orders":                  "it has 3 fields, expected 7 or 8",
		place + "shop:or ders":            "field 7",
		place + "shop:orders:":            "field 8",
		place + "shop:orders:v1:more":     "it has 9 fields",
		"arn" + place[3:] + "shop:orders": `field 1 must be "urn"`,
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			_, diags := p.Import("fgs_function", id)
			expectOne(t, diags, "ERROR", "", "Unable to Import Function", says)
			expectSilence(t, e)
		})
	}
}

// TestImport_absent: there is one word for a function that is not there, and it is the CLI's.
func TestImport_absent(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	_, diags := p.Import("fgs_function", "orders")
	expectOne(t, diags, "ERROR", "", "Cannot import non-existent remote object")
}

// TestPlan_disabled: without max_instance_num a disabled function stays disabled, which a plan says.
func TestPlan_disabled(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		number any
		warns  bool
	}{"removed": {nil, true}, "zero": {0, false}, "no limit": {-1, false}, "unknown": {acctest.Unknown, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			e.Emulator.Put(emulator.Function{Name: "orders"})
			if err := e.Emulator.Edit("default", "orders", func(f *emulator.Function) { f.Concurrency = 0 }); err != nil {
				t.Fatal(err)
			}
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			state, diags := p.Import("fgs_function", "orders")
			expectNone(t, diags)
			got := p.PlanUpdate("fgs_function", state, with(attributes{"code": nil, "max_instance_num": test.number}))
			if !test.warns {
				expectNone(t, got)
				return
			}
			expectOne(t, got, "WARNING", "max_instance_num", "Function Stays Disabled", "max_instance_num = -1")
		})
	}
}
