// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// warnUnreleased says that settings change which callers of an alias will not see: a version keeps its own, and without
// other code none is published (contract V5, V9). It takes one request, of functions whose settings change. It is said
// by the plan and not by the apply, which plans once more: a run that has read the function is a plan's. What gets its
// value during apply is not counted, and a list that cannot be read says nothing.
func (r *Resource) warnUnreleased(ctx context.Context, config, plan, prior model, diags *diag.Diagnostics) {
	client := r.Connection.Ready()
	urn, err := functiongraph.ParseURN(prior.ID.ValueString())
	if client == nil || err != nil || !r.Connection.Read(urn.Function().String()) || !plan.reaches(prior) {
		return
	}
	served := findsWithin(ctx).servedOnce(func() []string {
		ctx, cancel := context.WithTimeout(ctx, lookWithin)
		defer cancel()
		aliases, _ := client.Aliases(ctx, urn.Function()) // see above
		return served(aliases)
	})
	if len(served) == 0 {
		return
	}
	advice := "They are released with the next change of its code."
	if code, ok := config.codeObject(); ok && unstampable(code.chosen().attribute) == "" {
		advice = "They are released with the next change of its code, or with code.stamp_settings = true, which makes a " +
			"change of settings one of the code."
	}
	diags.AddWarning("Settings Change for latest Only",
		fmt.Sprintf("Settings or dependencies of %s change, and its code does not. latest changes; %s. %s",
			prior.Name.ValueString(), strings.Join(served, "; "), advice))
}

// reaches says that a plan changes what a version copies and callers may notice.
func (m model) reaches(prior model) bool {
	m.settingsFacets.fill(prior.settingsFacets)
	m.instancesFacet.fill(prior.instancesFacet)
	if !tfconv.FullyKnown(m.DependencyVersionIDs) {
		m.dependenciesFacet = prior.dependenciesFacet
	}
	now, was := m.frozen(), prior.frozen()
	delete(now, "description")
	delete(was, "description")
	return m.encryptedFacet.differs(prior.encryptedFacet) || !reflect.DeepEqual(now, was)
}

// served says which aliases send calls to published versions, and to which.
func served(aliases []functiongraph.Alias) (words []string) {
	for _, a := range aliases {
		versions := append([]string{a.Version}, slices.Sorted(maps.Keys(a.AdditionalVersionWeights))...)
		versions = append(versions, slices.Sorted(maps.Keys(a.AdditionalVersionStrategy))...)
		versions = slices.DeleteFunc(versions, func(v string) bool { return v == "" || v == functiongraph.VersionLatest })
		switch len(versions) {
		case 0:
		case 1:
			words = append(words, fmt.Sprintf("alias %s serves %s, which keeps its settings", a.Name, versions[0]))
		default:
			words = append(words, fmt.Sprintf("alias %s serves %s, which keep their settings", a.Name,
				strings.Join(versions, " and ")))
		}
	}
	return words
}
