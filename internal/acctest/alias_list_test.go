// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// strategic is an alias whose rules only the list of aliases reports.
func strategic(t *testing.T, run func(r *releases, alias *core, config values)) {
	t.Helper()
	release(t, func(r *releases) {
		for _, name := range []string{"v1", "v2"} {
			r.code(name)
			if err := r.wire.api.Publish("default", "orders", name, ""); err != nil {
				r.t.Fatal(err)
			}
		}
		rule := values{"rule_type": "Header", "param": "X-Canary", "op": "=", "value": "1"}
		run(r, newCore(r.t, r.server, aliasType), values{
			"function_urn": functionURN, "name": "prod", "version": "v1",
			"strategy": values{"version": "v2", "combine_type": "and", "rules": []values{rule}},
		})
	}, func(s *emulator.Switches) { s.AliasStrategyInList = true })
}

// TestAliasList_lies: an alias that is there stays in the state, whatever the list of aliases answers.
func TestAliasList_lies(t *testing.T) {
	t.Parallel()
	for name, fault := range unread {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			strategic(t, func(r *releases, alias *core, config values) {
				if d := alias.apply(r.t.Context(), config); d.failed() {
					r.t.Fatal(d)
				}
				fault.Op = "ListAliases"
				r.wire.api.Inject(fault)
				alias.server = newServer(r.t, r.wire) // a later run
				if d := alias.refresh(r.t.Context()); !d.failed() || alias.state.IsNull() {
					r.t.Errorf("state gone %t: %s", alias.state.IsNull(), d)
				}
				if err := alias.empty(r.t.Context(), config); err != nil {
					r.t.Error(err)
				}
			})
		})
	}
}

// TestAliasList_liesAfterCreation: the answer to the creation is lost, and the alias that it made is not created again
// because the list of aliases answers that something is missing.
func TestAliasList_liesAfterCreation(t *testing.T) {
	t.Parallel()
	strategic(t, func(r *releases, alias *core, config values) {
		fault := unread["no such alias"]
		fault.Op, fault.Times = "ListAliases", -1
		r.wire.api.Inject(emulator.Fault{Op: "CreateAlias", Kind: emulator.DropAfter}, fault)
		if d := alias.apply(r.t.Context(), config); !d.failed() || r.wire.api.Count("CreateAlias") != 1 {
			r.t.Errorf("created %d times: %s", r.wire.api.Count("CreateAlias"), d)
		}
	})
}
