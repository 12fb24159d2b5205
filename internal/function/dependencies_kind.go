// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// A dependency has an id, and each version of it has one. Functions take those of versions; the service says of any
// other only that it is not there (contract DV5).

const whichID = "Functions take the id of a version: id, not dependency_id, of fgs_dependency_version, which as a " +
	"data source finds it by the name."

// checkKinds refuses, in a plan, what this run knows to be the id of a dependency.
func (m dependenciesFacet) checkKinds(c *connection.Connection, diags *diag.Diagnostics) {
	for _, id := range m.toAPI(dependenciesFacet{}) {
		if c.IsDependency(id) {
			diags.AddAttributeError(path.Root("dependency_version_ids"), "Not the Id of a Version",
				fmt.Sprintf("%q is the id of a dependency, not of a version of it. %s", id, whichID))
		}
	}
}

// failMissing explains a refusal for a dependency that is not there; false for any other failure.
func (m dependenciesFacet) failMissing(ctx context.Context, op *base.Operation, sentence string, err error) bool {
	ids := m.toAPI(dependenciesFacet{})
	if len(ids) == 0 || !functiongraph.HasCode(err, functiongraph.CodeDependencyNotFound) {
		return false
	}
	op.Diags.AddAttributeError(path.Root("dependency_version_ids"), op.Summary(),
		diagnose.Detail(sentence+" "+whatIsMissing(ctx, op.Client, ids)+" "+whichID, err))
	return true
}

// whatIsMissing says which of the ids are those of dependencies. That it cannot be found out is no error of its own.
func whatIsMissing(ctx context.Context, client *functiongraph.Client, ids []string) string {
	dependencies, _ := client.Dependencies(ctx, functiongraph.DependencyFilter{})
	var wrong []string
	for _, d := range dependencies {
		if slices.Contains(ids, d.ID) {
			wrong = append(wrong, fmt.Sprintf("%q is the id of the dependency %s, not of a version of it.", d.ID, d.Name))
		}
	}
	if len(wrong) > 0 {
		return strings.Join(wrong, " ")
	}
	quoted := make([]string, 0, len(ids))
	for _, id := range ids {
		quoted = append(quoted, strconv.Quote(id))
	}
	return "One of these is not the id of a version of a dependency: " + strings.Join(quoted, ", ") + "."
}
