// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"bytes"
	"context"
	"slices"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// wanted is a trigger that is to be made.
type wanted struct {
	urn    functiongraph.URN
	code   string
	status string
	kind   *kind
	values values // also those that are write-only
}

func (w wanted) request() functiongraph.CreateTriggerRequest {
	return functiongraph.CreateTriggerRequest{
		Type: w.code, Status: w.status, EventData: w.kind.data(w.values), Secrets: w.secrets(),
	}
}

// secrets are those whose names do not say so.
func (w wanted) secrets() (texts []string) {
	for _, m := range w.kind.members {
		if m.ofSecret && w.values.known(m.name) && m.attribute.IsSensitive() {
			texts = append(texts, textsIn(w.values[m.name])...)
		}
	}
	return texts
}

// before are the triggers that are as wanted before it is made. A function that this run has made needs no list: all
// that it can have is what this run has tried to make.
func (w wanted) before(ctx context.Context, client *functiongraph.Client, run *connection.Connection) ([]id, error) {
	tried, all := run.Attempts(w.urn)
	if all && !slices.ContainsFunc(tried, w.isAs) {
		return nil, nil
	}
	return w.equals(ctx, client)
}

// isAs says that a trigger is as wanted, as far as answers tell.
func (w wanted) isAs(row functiongraph.Trigger) bool {
	return row.Type == w.code && w.kind.matches(w.values, row.EventData, anyMember)
}

// equals are the triggers of what the URN names that are as wanted, as far as answers tell.
func (w wanted) equals(ctx context.Context, client *functiongraph.Client) ([]id, error) {
	rows, err := client.Triggers(ctx, w.urn)
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(row functiongraph.Trigger) bool { return !w.isAs(row) })
	if own, err := ownRows(ctx, client, w.urn, rows); err == nil { // else better one too many than two of them
		rows = own
	}
	var found []id
	for _, row := range rows {
		found = append(found, id{w.urn, row.Type, row.ID})
	}
	return found, nil
}

// ownRows are those of a function's list that are its own: it may have those of its versions and aliases, and does not
// say whose they are (contract Q30). The project's list does, where the region has it. What that does not name stays.
func ownRows(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, rows []functiongraph.Trigger,
) ([]functiongraph.Trigger, error) {
	if len(rows) == 0 || urn.Qualifier != "" {
		return rows, nil
	}
	all, err := client.ProjectTriggers(ctx)
	if functiongraph.HasCode(err, functiongraph.CodeUnknownPath) {
		return rows, nil
	}
	if err != nil {
		return nil, err
	}
	owners := map[string][]string{}
	for _, row := range all {
		owners[row.Type+"/"+row.ID] = append(owners[row.Type+"/"+row.ID], row.FunctionURN)
	}
	return slices.DeleteFunc(rows, func(row functiongraph.Trigger) bool {
		of := owners[row.Type+"/"+row.ID]
		return len(of) > 0 && !slices.ContainsFunc(of, func(owner string) bool {
			return functionref.SameBinding(owner, urn.String())
		})
	}), nil
}

// inTheWay is a trigger that has what no two can have alike; false if none is found.
func (w wanted) inTheWay(ctx context.Context, client *functiongraph.Client) (id, bool) {
	rows, err := client.ProjectTriggers(ctx)
	if err != nil {
		rows, _ = client.Triggers(ctx, w.urn) // without it there is nothing to look at
	}
	ours, err := asAnswered(w.kind.data(w.values))
	if err != nil {
		return id{}, false
	}
	for _, near := range []bool{true, false} { // one of the same version or alias is more likely
		for _, row := range rows {
			urn := w.urn
			if row.FunctionURN != "" {
				urn, err = functionref.ParseBound(row.FunctionURN)
			}
			if err == nil && row.Type == w.code && (urn == w.urn) == near && w.clashes(ours, row.EventData) {
				return id{urn, row.Type, row.ID}, true
			}
		}
	}
	return id{}, false
}

func (w wanted) clashes(ours, theirs functiongraph.EventData) bool {
	return slices.ContainsFunc(w.kind.unique, func(names []string) bool {
		return !slices.ContainsFunc(names, func(name string) bool {
			return len(ours[name]) == 0 || !bytes.Equal(ours[name], theirs[name])
		})
	})
}
