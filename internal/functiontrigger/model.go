// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID          types.String `tfsdk:"id"`
	FunctionURN types.String `tfsdk:"function_urn"`
	Enabled     types.Bool   `tfsdk:"enabled"`

	// One of them; the kinds know their members.
	Timer     types.Object `tfsdk:"timer"`
	APIG      types.Object `tfsdk:"apig"`
	OBS       types.Object `tfsdk:"obs"`
	SMN       types.Object `tfsdk:"smn"`
	LTS       types.Object `tfsdk:"lts"`
	CTS       types.Object `tfsdk:"cts"`
	DIS       types.Object `tfsdk:"dis"`
	DDS       types.Object `tfsdk:"dds"`
	Kafka     types.Object `tfsdk:"kafka"`
	RabbitMQ  types.Object `tfsdk:"rabbitmq"`
	RocketMQ  types.Object `tfsdk:"rocketmq"`
	EventGrid types.Object `tfsdk:"eventgrid"`
	Other     types.Object `tfsdk:"other"`

	TriggerID       types.String   `tfsdk:"trigger_id"`
	Type            types.String   `tfsdk:"type"`
	InvokeURL       types.String   `tfsdk:"invoke_url"`
	APIID           types.String   `tfsdk:"api_id"`
	CreatedTime     types.String   `tfsdk:"created_time"`
	LastUpdatedTime types.String   `tfsdk:"last_updated_time"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

// objects are the places of the objects, in the order of kinds.
func (m *model) objects() []*types.Object {
	return []*types.Object{
		&m.Timer, &m.APIG, &m.OBS, &m.SMN, &m.LTS, &m.CTS, &m.DIS, &m.DDS, &m.Kafka, &m.RabbitMQ, &m.RocketMQ, &m.EventGrid,
		&m.Other,
	}
}

// chosen is the kind whose object is there, and what is in it; nil if none is, or it is not known yet.
func (m *model) chosen() (*kind, values) {
	for i, object := range m.objects() {
		if tfconv.Known(*object) {
			return kinds[i], object.Attributes()
		}
	}
	return nil, nil
}

// place is where the object of a kind is.
func (m *model) place(k *kind) *types.Object {
	for i := range kinds {
		if kinds[i] == k {
			return m.objects()[i]
		}
	}
	panic("the model has no " + k.name)
}

// status is what enabled means on the wire.
func (m *model) status() string {
	if m.Enabled.ValueBool() {
		return functiongraph.TriggerActive
	}
	return functiongraph.TriggerDisabled
}

// fromAPI takes over an answer: of the object, what is in it already; after an import, which has none, all that there
// is.
func (m *model) fromAPI(in *functiongraph.Trigger, at id) (diags diag.Diagnostics) {
	m.ID, m.TriggerID, m.Type = types.StringValue(at.String()), types.StringValue(at.name), types.StringValue(at.code)
	if !functionref.SameBinding(m.FunctionURN.ValueString(), at.urn.String()) {
		m.FunctionURN = types.StringValue(at.urn.String())
	}
	m.Enabled = types.BoolValue(in.Status == functiongraph.TriggerActive)
	m.InvokeURL, m.APIID = orNull(in.EventData.Text("invoke_url")), orNull(in.EventData.Text("api_id"))
	m.CreatedTime, m.LastUpdatedTime = orNull(in.CreatedTime), orNull(in.LastUpdated)
	k, current := m.chosen()
	imported := k == nil
	if imported {
		k = kindOf(at.code)
	}
	next := k.fromAPI(in.EventData, current, imported)
	if k == &otherKind {
		next["type"] = m.Type
	}
	object, d := k.object(next)
	diags.Append(d...)
	*m.place(k) = object
	return diags
}

func orNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}

// fill completes a plan: what it knew stays, what it left open comes from the read.
func (m *model) fill(read model) {
	m.ID = tfconv.Filled(m.ID, read.ID)
	m.TriggerID = tfconv.Filled(m.TriggerID, read.TriggerID)
	m.Type = tfconv.Filled(m.Type, read.Type)
	m.InvokeURL = tfconv.Filled(m.InvokeURL, read.InvokeURL)
	m.APIID = tfconv.Filled(m.APIID, read.APIID)
	m.CreatedTime = tfconv.Filled(m.CreatedTime, read.CreatedTime)
	m.LastUpdatedTime = tfconv.Filled(m.LastUpdatedTime, read.LastUpdatedTime)
}
