// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// DataSource is fgs_reserved_instances.
type DataSource struct{ functionref.DataSource }

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{functionref.About(base.Noun{Type: "reserved_instances", Title: "Reserved Instances"})}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	functionref.Model
	Reserved []rowModel `tfsdk:"reserved_instances"`
}

// rowModel is what one version or alias has.
type rowModel struct {
	ID            types.String `tfsdk:"id"`
	QualifierType types.String `tfsdk:"qualifier_type"`
	QualifierName types.String `tfsdk:"qualifier_name"`
	MinCount      types.Int64  `tfsdk:"min_count"`
	IdleMode      types.Bool   `tfsdk:"idle_mode"`
	Schedules     types.Map    `tfsdk:"schedules"`
	Utilization   types.Map    `tfsdk:"utilization"`
}

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := functionref.Attributes()
	attributes["reserved_instances"] = schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: "What each version and each alias has, by `id`. One that has none is not there.",
		NestedObject: schema.NestedAttributeObject{Attributes: rowAttributes()},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The instances of a function that are kept ready: those of its latest code, of its versions " +
			"and of its aliases. That there are none is not an error; a function that does not exist is.",
		Attributes: attributes,
	}
}

func rowAttributes() map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	number := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	of := func(description string, attributes map[string]schema.Attribute) schema.MapNestedAttribute {
		return schema.MapNestedAttribute{
			Computed: true, MarkdownDescription: description,
			NestedObject: schema.NestedAttributeObject{Attributes: attributes},
		}
	}
	return map[string]schema.Attribute{
		"id":             text("URN of the version or alias: what the import of `fgs_reserved_instances` takes."),
		"qualifier_type": text("`version` or `alias`."),
		"qualifier_name": text("Name of the version or alias; `latest` for the latest code."),
		"min_count":      number("How many are ready at all times."),
		"idle_mode": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "Whether those that nobody calls are put to sleep.",
		},
		"schedules": of("Other numbers at certain times, by name; null if there are none.", map[string]schema.Attribute{
			"cron": text("When the number becomes `count`, in UTC."), "count": number("How many are ready from then on."),
			"start_time": text("From when on it holds, in RFC 3339."), "end_time": text("Until when it holds."),
		}),
		"utilization": of("Other numbers with the load, by name; null if there are none.", map[string]schema.Attribute{
			"threshold": number("Above which percentage instances are added."),
			"min":       number("How many are ready at the least."),
			"type":      text("What is measured: `Concurrency`."),
		}),
	}
}

// Read lists the rows. A list without any may be that of a function that is not there (contract O27): it is asked for.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data listModel
	op.Add(req.Config.Get(ctx, &data))
	rows, function, ok := functionref.Listed(ctx, op, data.Model, "Listing the reserved instances", listOf)
	if !ok {
		return
	}
	data.fromAPI(rows, function, op.Diags)
	op.Add(resp.State.Set(ctx, &data))
}

func listOf(
	client *functiongraph.Client, ctx context.Context, urn functiongraph.URN,
) ([]functiongraph.ReservedInstance, error) {
	rows, err := client.ReservedInstances(ctx, urn)
	notFound := functiongraph.HasCode(err, functiongraph.CodeFunctionNotFound, functiongraph.CodeNotFound)
	if len(rows) == 0 && (err == nil || notFound) {
		_, err = client.Function(ctx, urn)
	}
	return rows, err
}

func (m *listModel) fromAPI(
	rows []functiongraph.ReservedInstance, function functiongraph.URN, diags *diag.Diagnostics,
) {
	m.Set(function)
	m.Reserved = []rowModel{}
	odd := 0
	for _, row := range rows {
		qualifier := row.Qualifier()
		if qualifier == "" {
			odd++
			continue
		}
		reservation, err := row.Reservation()
		if err != nil { // no reason to hide the others
			diags.AddAttributeWarning(path.Root("reserved_instances"), "Unreadable Reserved Instances",
				fmt.Sprintf("Those of %s are left out: %s.", row.QualifierName, err))
		}
		if reservation == nil {
			continue
		}
		m.Reserved = append(m.Reserved, rowOf(row, function.WithQualifier(qualifier), *reservation))
	}
	diagnose.OddRows(diags, "reserved instances", odd)
	slices.SortFunc(m.Reserved, func(a, b rowModel) int { return cmp.Compare(a.ID.ValueString(), b.ID.ValueString()) })
}

func rowOf(row functiongraph.ReservedInstance, urn functiongraph.URN, r functiongraph.Reservation) rowModel {
	var of model
	of.fromAPI(r, urn)
	all := map[string]utilizationModel{}
	for name, p := range r.Metric {
		all[name] = reported(p)
	}
	of.Utilization = mapOf(utilizationType, of.Utilization, all)
	return rowModel{
		of.ID, types.StringValue(row.QualifierType), types.StringValue(row.QualifierName), of.MinCount,
		of.IdleMode, of.Schedules, of.Utilization,
	}
}
