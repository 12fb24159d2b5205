// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// DataSource is fgs_function_triggers.
type DataSource struct{ base.DataSource }

// NewDataSource returns the data source; it works after Configure.
func NewDataSource() datasource.DataSource {
	return &DataSource{base.DataSource{Noun: base.Noun{Type: "function_triggers", Title: "Function Triggers"}}}
}

// listModel is the data source as Terraform knows it.
type listModel struct {
	FunctionURN types.String    `tfsdk:"function_urn"`
	Type        types.String    `tfsdk:"type"`
	Triggers    []listedTrigger `tfsdk:"triggers"`
}

// listedTrigger is one trigger in the list. Whatever an answer lacks is null.
type listedTrigger struct {
	ID              types.String `tfsdk:"id"`
	FunctionURN     types.String `tfsdk:"function_urn"`
	Type            types.String `tfsdk:"type"`
	TriggerID       types.String `tfsdk:"trigger_id"`
	Enabled         types.Bool   `tfsdk:"enabled"`
	Name            types.String `tfsdk:"name"`
	Data            types.String `tfsdk:"data"`
	CreatedTime     types.String `tfsdk:"created_time"`
	LastUpdatedTime types.String `tfsdk:"last_updated_time"`
}

// Schema describes the data source.
func (d *DataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The triggers of a function, a version or an alias, or of the whole project. That there are " +
			"none is not an error; a function that does not exist is.",
		Attributes: map[string]schema.Attribute{
			"function_urn": schema.StringAttribute{
				Optional: true, Validators: base.UnlessBlank(functionref.BoundURN{}),
				MarkdownDescription: "URN of the function, which means its latest code, or of a version or an alias. Without it: " +
					"all triggers of the project, of all versions and aliases.",
			},
			"type": schema.StringAttribute{
				Optional: true, MarkdownDescription: "Only triggers of this type, for example `TIMER`.",
				Validators: base.UnlessBlank(stringvalidator.RegexMatches(typeForm,
					"must consist of capital letters, digits and '_'")),
			},
			"triggers": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The triggers, by `id`: every one, whatever the service does not say about " +
					"it.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id":           text("What the import of a trigger takes."),
					"function_urn": text("URN of what is called, with the version or alias."),
					"type":         text("The service's word for the type."),
					"trigger_id":   text("The service's id."),
					"enabled": schema.BoolAttribute{
						Computed: true, MarkdownDescription: "Whether the trigger is on; null where the service does not say so.",
					},
					"name":              text("Its name, null for a type without one."),
					"data":              text("What the service calls `event_data`, as JSON, without members that hold secrets."),
					"created_time":      text("When it was made, as the service writes it; null where it does not say so."),
					"last_updated_time": text("When it was last changed, as the service writes it; null where it does not say so."),
				}},
			},
		},
	}
}

// Read lists the triggers.
func (d *DataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	op := d.Begin(&resp.Diagnostics)
	defer op.End(ctx)
	var data listModel
	op.Add(req.Config.Get(ctx, &data))
	ctx, done, ok := op.Within(ctx, nil)
	if !ok {
		return
	}
	defer done()
	rows, err := data.list(ctx, op.Client)
	switch {
	case functiongraph.IsNotFound(err):
		op.Diags.AddAttributeError(path.Root("function_urn"), "Function Not Found",
			diagnose.Detail("There is no "+data.FunctionURN.ValueString()+".", err))
		return
	case err != nil:
		op.FailWith("Listing the triggers failed.", err)
		return
	}
	data.fromAPI(rows)
	op.Add(resp.State.Set(ctx, &data))
}

// list makes the request. The list of a function may have those of its versions and aliases, and does not tell them
// apart (contract Q30): the project's rows do.
func (m listModel) list(ctx context.Context, client *functiongraph.Client) ([]functiongraph.Trigger, error) {
	if tfconv.Blank(m.FunctionURN) {
		return client.ProjectTriggers(ctx)
	}
	urn, err := functionref.ParseBound(m.FunctionURN.ValueString())
	if err != nil {
		return nil, err
	}
	rows, err := client.Triggers(ctx, urn)
	if err != nil {
		return nil, err
	}
	own, err := ownRows(ctx, client, urn, rows)
	for i := range own {
		own[i].FunctionURN = urn.String()
	}
	return own, err
}

func (m *listModel) fromAPI(rows []functiongraph.Trigger) {
	m.Triggers = []listedTrigger{}
	for _, row := range rows {
		if !tfconv.Blank(m.Type) && row.Type != m.Type.ValueString() {
			continue
		}
		m.Triggers = append(m.Triggers, listed(row))
	}
	slices.SortStableFunc(m.Triggers, func(a, b listedTrigger) int {
		return cmp.Compare(a.ID.ValueString(), b.ID.ValueString())
	})
}

func listed(row functiongraph.Trigger) listedTrigger {
	out := listedTrigger{
		FunctionURN: orNull(strings.TrimSuffix(row.FunctionURN, ":"+functiongraph.VersionLatest)), Type: orNull(row.Type),
		TriggerID:   orNull(row.ID),
		Name:        orNull(row.EventData.Text("name")),
		CreatedTime: orNull(row.CreatedTime), LastUpdatedTime: orNull(row.LastUpdated),
	}
	if row.FunctionURN != "" && row.Type != "" && row.ID != "" {
		out.ID = types.StringValue(out.FunctionURN.ValueString() + "/" + row.Type + "/" + row.ID)
	}
	if row.Status != "" {
		out.Enabled = types.BoolValue(row.Status == functiongraph.TriggerActive)
	}
	if data := row.EventData.WithoutSecrets(); data != nil {
		text, _ := json.Marshal(data) // it came as JSON
		out.Data = types.StringValue(string(text))
	}
	return out
}
