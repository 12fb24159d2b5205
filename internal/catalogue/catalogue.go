// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package catalogue holds the data sources about what a region and a project offer: fgs_runtimes, fgs_trigger_types and
// fgs_quotas, a file each. Each makes one call and has no arguments.
package catalogue

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// read makes the call of a data source, and sets what it made of the answer.
func read[Row, Model any](
	ctx context.Context, d *base.DataSource, resp *datasource.ReadResponse, what string,
	list func(*functiongraph.Client, context.Context) ([]Row, error), fromAPI func([]Row, *base.Operation) Model,
) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	rows, err := list(op.Client, ctx)
	if err != nil {
		op.FailWith("Listing the "+what+" failed.", err)
		return
	}
	data := fromAPI(rows, op)
	op.Add(resp.State.Set(ctx, &data))
}

func orNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
