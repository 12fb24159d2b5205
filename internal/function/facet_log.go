// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// logFacet says where the function's logs go.
type logFacet struct {
	Log types.Object `tfsdk:"log"` // logModel
}

type logModel struct {
	GroupID    types.String `tfsdk:"group_id"`
	GroupName  types.String `tfsdk:"group_name"`
	StreamID   types.String `tfsdk:"stream_id"`
	StreamName types.String `tfsdk:"stream_name"`
	CustomTags types.Map    `tfsdk:"custom_tags"`
}

const maxLogTags = 10 // contract 2.3

func logAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{"log": logAttribute()}
}

func logAttribute() schema.SingleNestedAttribute {
	part := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: description}
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Writes what the function logs to Log Tank Service (LTS), into the group and stream that are " +
			"given. For a new function they may be left out (`log = {}`): then the service makes a group and a stream. " +
			"Removing it turns logging off. Without it, logging that a region turns on by itself for a new function stays as " +
			"it is.",
		Attributes: map[string]schema.Attribute{
			"group_id":  part("Id of the log group. Given together with `stream_id`."),
			"stream_id": part("Id of the log stream in the group."),
			"group_name": part("Name of the log group. Give it when you know it: some regions ask for it when logging of an " +
				"existing function changes. Default: as the service says."),
			"stream_name": part("Name of the log stream, as `group_name`."),
			"custom_tags": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: fmt.Sprintf("Tags that are put on each log entry, up to %d; not for `type` `v1`. Removing "+
					"them removes them.", maxLogTags),
				Validators: []validator.Map{
					entriesAtMost{maxLogTags},
					mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)),
				},
			},
		},
	}
}

var logType = logAttribute().GetType()

// logPlace is where logs go, and the tags on them, on the wire.
type logPlace struct {
	functiongraph.LogConfig
	tags map[string]string // nil for none
}

// toAPI turns logging on, with group and stream as far as they are known, or off. What is neither configured nor was
// stays as it is in out: it may be carried along.
func (m logFacet) toAPI(prior logFacet, out *functiongraph.FunctionSettings) {
	want, was := logToAPI(m.Log), logToAPI(prior.Log)
	on := want != nil
	if !on && was == nil {
		return
	}
	out.EnableLTSLog, out.LogConfig, out.LTSCustomTag = &on, nil, nil
	if !on { // which also clears place and tags; sent along they would be refused (contract 3.4)
		return
	}
	if want.GroupID == "" && was != nil { // not given, as an empty text
		want.LogConfig = was.LogConfig
	}
	if want.GroupID != "" {
		out.LogConfig = &want.LogConfig
	}
	out.LTSCustomTag = want.tags
	if want.tags == nil && was != nil && was.tags != nil {
		out.LTSCustomTag = map[string]string{}
	}
}

// fromAPI takes over where logs go. The names are in an answer of their own: see readLog.
func (m *logFacet) fromAPI(in *functiongraph.Function) {
	m.Log = shown(m.Log, logToAPI, plainLog(in), m.fromPlace)
}

func logToAPI(o types.Object) *logPlace {
	m, ok := tfconv.Object[logModel](o)
	if !ok {
		return nil
	}
	out := logPlace{LogConfig: functiongraph.LogConfig{
		GroupID: m.GroupID.ValueString(), GroupName: m.GroupName.ValueString(),
		StreamID: m.StreamID.ValueString(), StreamName: m.StreamName.ValueString(),
	}}
	if tags := tfconv.Strings(m.CustomTags); len(tags) > 0 {
		out.tags = tags
	}
	return &out
}

// plainLog is nil while logging is off. A region that does not report the switch reports a group.
func plainLog(in *functiongraph.Function) *logPlace {
	if !logging(in) {
		return nil
	}
	out := logPlace{LogConfig: functiongraph.LogConfig{GroupID: in.LogGroupID, StreamID: in.LogStreamID}}
	if in.LogConfig != nil {
		out.LogConfig = *in.LogConfig
	}
	if len(in.LTSCustomTag) > 0 {
		out.tags = maps.Clone(in.LTSCustomTag)
	}
	return &out
}

func logging(in *functiongraph.Function) bool {
	if in.EnableLTSLog != nil {
		return *in.EnableLTSLog
	}
	return in.LogGroupID != ""
}

// fromPlace keeps the form of no tags: null or empty.
func (m *logFacet) fromPlace(place *logPlace) types.Object {
	if place == nil {
		return tfconv.NullObject(logType)
	}
	present, _ := tfconv.Object[logModel](m.Log)
	text := func(s string) types.String { return tfconv.Text(&s, types.StringNull()) }
	out := logModel{
		GroupID: text(place.GroupID), GroupName: text(place.GroupName),
		StreamID: text(place.StreamID), StreamName: text(place.StreamName), CustomTags: types.MapNull(types.StringType),
	}
	switch {
	case place.tags != nil:
		out.CustomTags = tfconv.StringMap(place.tags)
	case tfconv.Known(present.CustomTags):
		out.CustomTags = tfconv.StringMap(nil)
	}
	return tfconv.ObjectOf(logType, out)
}

// fill completes group and stream as far as the plan left them open.
func (m *logFacet) fill(read logFacet) {
	want, ok := tfconv.Object[logModel](m.Log)
	if !ok {
		m.Log = tfconv.Filled(m.Log, read.Log)
		return
	}
	got, _ := tfconv.Object[logModel](read.Log) // nulls if logging was turned off in between
	want.GroupID, want.GroupName = tfconv.Filled(want.GroupID, got.GroupID), tfconv.Filled(want.GroupName, got.GroupName)
	want.StreamID, want.StreamName = tfconv.Filled(want.StreamID, got.StreamID),
		tfconv.Filled(want.StreamName, got.StreamName)
	m.Log = tfconv.ObjectOf(logType, want)
}

// plan keeps what is not configured of group and stream: the ids as they are, the names as long as the ids are.
func (m *logFacet) plan(config, prior logFacet, diags *diag.Diagnostics) {
	want, ok := tfconv.Object[logModel](m.Log)
	configured, known := tfconv.Object[logModel](config.Log)
	if !ok || !known {
		return
	}
	had, has := tfconv.Object[logModel](prior.Log)
	if !has {
		if tfconv.Blank(configured.GroupID) {
			needPlace(diags)
		}
		return
	}
	want.GroupID = keptText(want.GroupID, configured.GroupID, had.GroupID)
	want.StreamID = keptText(want.StreamID, configured.StreamID, had.StreamID)
	if want.GroupID.Equal(had.GroupID) && want.StreamID.Equal(had.StreamID) {
		want.GroupName = keptText(want.GroupName, configured.GroupName, had.GroupName)
		want.StreamName = keptText(want.StreamName, configured.StreamName, had.StreamName)
	} else {
		want.GroupName = kept(want.GroupName, configured.GroupName, types.StringUnknown())
		want.StreamName = kept(want.StreamName, configured.StreamName, types.StringUnknown())
	}
	m.Log = tfconv.ObjectOf(logType, want)
}

// needPlace: only the call that creates makes group and stream (contract 3.4).
func needPlace(diags *diag.Diagnostics) {
	diags.AddAttributeError(path.Root("log").AtName("group_id"), "Missing Log Group",
		"The service makes a log group and stream of its own only while it creates a function from code. Here, give "+
			"group_id and stream_id, with group_name and stream_name.")
}

// validateLog asks for group and stream together.
func (m logFacet) validateLog(diags *diag.Diagnostics) {
	log, ok := tfconv.Object[logModel](m.Log)
	if !ok {
		return
	}
	at := path.Root("log")
	given := func(text types.String) bool { return tfconv.Known(text) && !tfconv.Blank(text) }
	missing := func(name, with string) {
		diags.AddAttributeError(at.AtName(name), "Missing Log Group or Stream",
			fmt.Sprintf("%s is given without %s. A group and a stream are named by their ids, given together.", with, name))
	}
	switch {
	case tfconv.Blank(log.GroupID) && given(log.StreamID):
		missing("group_id", "stream_id")
	case tfconv.Blank(log.StreamID) && given(log.GroupID):
		missing("stream_id", "group_id")
	case tfconv.Blank(log.GroupID) && given(log.GroupName):
		missing("group_id", "group_name")
	case tfconv.Blank(log.StreamID) && given(log.StreamName):
		missing("stream_id", "stream_name")
	}
}
