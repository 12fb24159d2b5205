// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package catalogue_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// odd makes the catalogues of a region that says less, and some of it strangely (contract Q55).
func odd(e *acctest.Env) {
	for op, body := range map[string]string{
		"ListRuntimes":     `[{"type":"Python3.9"},7,{"display_name":"x"}]`,
		"ListTriggerTypes": `["TIMER","APIG","TIMER"]`,
		"ListQuotas":       `{"quotas":{"resources":[{"type":"fgs_func_num","quota":400},{"quota":1}]}}`,
	} {
		e.Emulator.Inject(emulator.Fault{Op: op, Status: 200, RawBody: []byte(body), Times: -1})
	}
}

// TestAccCatalogues: what a configuration can do with what the region offers, and where the region says less.
func TestAccCatalogues(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{Name: "orders"})
	const sources = `
data "fgs_runtimes" "all" {}
data "fgs_trigger_types" "all" {}
data "fgs_quotas" "all" {}
output "runtime" {
  value = one([for r in data.fgs_runtimes.all.runtimes : coalesce(r.display_name, "-") if r.runtime == "Python3.9"])
}
output "types" { value = join(",", [for t in data.fgs_trigger_types.all.types : t if contains(["APIG", "TIMER"], t)]) }
output "functions" { value = jsonencode(data.fgs_quotas.all.quotas["fgs_func_num"]) }
output "unit" { value = try(data.fgs_quotas.all.quotas["fgs_func_code_size"].unit, "-") }
`
	outputs := func(runtime, functions, unit string) resource.TestCheckFunc {
		return resource.ComposeAggregateTestCheckFunc(
			resource.TestCheckOutput("runtime", runtime), resource.TestCheckOutput("types", "APIG,TIMER"),
			resource.TestCheckOutput("functions", functions), resource.TestCheckOutput("unit", unit),
		)
	}
	most := 400
	if acctest.SecondWorld() {
		most = 200 // switch function-quota
	}
	resource.Test(t, resource.TestCase{ProtoV6ProviderFactories: e.Factories, Steps: []resource.TestStep{
		{Config: sources, Check: outputs("Python 3.9", fmt.Sprintf(`{"quota":%d,"unit":null,"used":1}`, most), "MB")},
		{
			PreConfig: func() { odd(e) }, Config: sources,
			Check: outputs("-", `{"quota":400,"unit":null,"used":null}`, "-"),
		},
	}})
}

// TestCatalogues_failures: a region without the calls, and answers that are none, are errors; rows that say nothing are
// a warning.
func TestCatalogues_failures(t *testing.T) {
	t.Parallel()
	for source, op := range map[string]string{
		"fgs_runtimes": "ListRuntimes", "fgs_trigger_types": "ListTriggerTypes", "fgs_quotas": "ListQuotas",
	} {
		e := acctest.New(t)
		p := e.Protocol(t)
		if diags := p.ReadData(source, map[string]any{}); !diags.Has("needs a configured provider") {
			t.Errorf("%s, not configured: %s", source, diags)
		}
		p.Configure(map[string]any{})
		e.Emulator.Inject(emulator.Fault{Op: op, Status: 404, Code: "APIGW.0101", Message: "no such API"},
			emulator.Fault{Op: op, Status: 200, RawBody: []byte(`"none"`), Times: -1})
		for _, says := range []string{"The region does not offer this call", "cannot be believed"} {
			if diags := p.ReadData(source, map[string]any{}); !diags.Failed() || !diags.Has(says) {
				t.Errorf("%s: want an error with %q; got:%s", source, says, diags)
			}
		}
		e.Emulator.ClearFaults()
		odd(e)
		diags := p.ReadData(source, map[string]any{})
		if diags.Failed() || diags.Has("Rows Were Left Out") != (source != "fgs_trigger_types") {
			t.Errorf("%s, with odd rows: %s", source, diags)
		}
	}
}
