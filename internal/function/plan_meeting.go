// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// fullName is package and name; "" where one of them is not known yet.
func (m coreFacet) fullName() string {
	if !tfconv.Known(m.Name) || m.Package.IsUnknown() {
		return ""
	}
	return m.packageName() + "/" + m.Name.ValueString()
}

// meetCreation finds that another resource of this plan is to create the same function, which would make a success of
// one and an error of the other; or to delete it, since its address became another one.
func (r *Resource) meetCreation(ctx context.Context, plan model, diags *diag.Diagnostics) {
	name := plan.fullName()
	if name == "" || r.Connection == nil || diags.HasError() { // what failed creates nothing
		return
	}
	meet(findsWithin(ctx).meetOnce(func() connection.Meeting { return r.Connection.PlanCreation(name) }), name, diags)
}

// meetDeletion finds that another resource of this plan is to create the function that this one is to delete.
func (r *Resource) meetDeletion(prior model, diags *diag.Diagnostics) {
	meet(r.Connection.PlanDeletion(prior.fullName()), prior.fullName(), diags)
}

// meetReplacement finds the same of a function that is replaced by one of another name.
func (r *Resource) meetReplacement(plan, prior model, diags *diag.Diagnostics) {
	if name := plan.fullName(); name != "" && name != prior.fullName() {
		meeting, which := r.Connection.PlanReplacement(prior.fullName(), name)
		meet(meeting, which, diags)
	}
}

func meet(meeting connection.Meeting, name string, diags *diag.Diagnostics) {
	switch meeting {
	case connection.Alone:
	case connection.Twice:
		diags.Append(errTwice(name))
	case connection.Anew:
		warnAnew(name, diags)
	}
}

// errTwice offers no import: two resources of one function would undo each other's work with every apply.
func errTwice(name string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("name"), "Two Functions of One Name", fmt.Sprintf(
		"Two resources of this configuration are to create the function %s. Give one of them another name, or another "+
			"package; where they come from for_each or count, name has to be made of each.key or count.index.", name))
}

// warnAnew tells of what no diff shows: a function that goes at one address and comes at another is lost in between.
func warnAnew(name string, diags *diag.Diagnostics) {
	diags.AddWarning("Function Deleted and Created Anew", fmt.Sprintf(
		"This plan deletes the function %s at one address of the configuration, and creates it at another one. Its "+
			"versions, aliases and triggers go with it. Which of the two comes first cannot be said: where it is the creation, "+
			"this apply ends with Function Already Exists, and the next one creates it.\n\nIf only its address changed (the "+
			"name of the resource, a key of for_each, an index of count, a module), keep it by a moved block with both "+
			"addresses, and the same for all that belongs to it.", name))
}
