// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionalias

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// lookWithin bounds what a plan spends on a warning: a service that does not answer must not hold it up.
const lookWithin = 10 * time.Second

// warnDeletion names the reserved instances of an alias, which go with it (contract D7): calls wait for new instances
// then, and no alias of that name gets them back. What cannot be read is said to be unread; it never fails a plan.
func (r *Resource) warnDeletion(ctx context.Context, state model, diags *diag.Diagnostics) {
	client := r.Connection.Ready()
	urn, err := aliasURN(state.ID.ValueString())
	if client == nil || err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	rows, err := r.Connection.Reserved(ctx, urn) // one list for all aliases of the project
	if err != nil {
		rows, err = client.ReservedInstances(ctx, urn)
	}
	const summary = "Deletion Takes Reserved Instances Along"
	text := fmt.Sprintf("Deleting the alias %s of the function %s deletes its ", urn.Alias(), urn.Name)
	switch {
	case functiongraph.IsNotFound(err), functiongraph.HasCode(err, functiongraph.CodeUnknownPath):
		return
	case err != nil:
		diags.AddWarning(summary, diagnose.Detail(text+"reserved instances, whoever asked for them. They could not be read.",
			err))
		return
	}
	for _, row := range rows {
		if !row.Names(urn) {
			continue
		}
		switch ready := row.String(); ready {
		case "": // what is left of a reservation
		case strconv.FormatInt(row.MinCount, 10):
			diags.AddWarning(summary, text+diagnose.Count(int(row.MinCount), "reserved instance")+", whoever asked for them.")
		default:
			diags.AddWarning(summary, text+"reserved instances ("+ready+"), whoever asked for them.")
		}
	}
}
