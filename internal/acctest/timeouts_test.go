// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"maps"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// TestTimeouts: a timeout within which nothing can be done is refused before anything is, of each operation of each
// resource that has one.
func TestTimeouts(t *testing.T) {
	t.Parallel()
	const summary = "Timeout Leaves No Time"
	schemas, err := provider.NewServer(t.Context(), "test").GetProviderSchema(t.Context(),
		&tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p := acctest.New(t).Protocol(t)
	resources, _ := blanks()
	checked := 0
	for name, schema := range schemas.ResourceSchemas {
		for _, block := range schema.Block.BlockTypes {
			if block.TypeName != "timeouts" {
				continue
			}
			for _, operation := range block.Block.Attributes {
				for within, refused := range map[string]bool{"0s": true, "-5m": true, "1s": false} {
					config := maps.Clone(resources[name][0])
					config[block.TypeName] = fields{operation.Name: within}
					got := p.Validate(name, config)
					if got.Failed() != refused || got.Has(summary) != refused {
						t.Errorf("%s: %s.%s = %q: %s", name, block.TypeName, operation.Name, within, got)
					}
					checked++
				}
			}
		}
	}
	if checked < 3*len(schemas.ResourceSchemas) {
		t.Errorf("only %d timeouts were looked at", checked)
	}
}

// TestTimeouts_over: an operation whose time is over says what gives it more.
func TestTimeouts_over(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	p := e.Protocol(t)
	if diags := p.Configure(nil); diags.Failed() {
		t.Fatal(diags)
	}
	e.Emulator.Inject(emulator.Fault{Op: "CreateFunction", Delay: time.Minute, Times: -1})
	t.Cleanup(e.Emulator.Release)
	function, _ := blanks()
	config := maps.Clone(function["fgs_function"][0])
	config["timeouts"] = fields{"create": "100ms"}
	const want = "The 100ms that it may take are over: the block timeouts"
	if _, diags := p.Create("fgs_function", config); !diags.Has(want) {
		t.Error(diags)
	}
}
