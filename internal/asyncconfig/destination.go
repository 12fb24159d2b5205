// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// The service's words for destinations (contract 3.19).
const (
	toOBS      = "OBS"
	toSMN      = "SMN"
	toDIS      = "DIS"
	toFunction = "FunctionGraph"
)

// attributeOf is the attribute that each of them has.
var attributeOf = map[string]string{toOBS: "obs", toSMN: "smn", toDIS: "dis", toFunction: "function"}

// destinationModel has one object that is not null.
type destinationModel struct {
	OBS      types.Object `tfsdk:"obs"`      // obsModel
	SMN      types.Object `tfsdk:"smn"`      // smnModel
	DIS      types.Object `tfsdk:"dis"`      // disModel
	Function types.Object `tfsdk:"function"` // functionModel
	Other    types.Object `tfsdk:"other"`    // otherModel
}

type obsModel struct {
	Bucket  types.String `tfsdk:"bucket"`
	Prefix  types.String `tfsdk:"prefix"`
	Expires types.Int64  `tfsdk:"expires"`
}

type smnModel struct {
	TopicURN types.String `tfsdk:"topic_urn"`
}

type disModel struct {
	StreamName types.String `tfsdk:"stream_name"`
}

type functionModel struct {
	URN types.String `tfsdk:"urn"`
}

type otherModel struct {
	Destination types.String `tfsdk:"destination"`
	Param       types.String `tfsdk:"param"`
}

var (
	destinationType = destinationAttribute("").GetType()
	obsType         = destinationAttribute("").Attributes["obs"].GetType()
	smnType         = destinationAttribute("").Attributes["smn"].GetType()
	disType         = destinationAttribute("").Attributes["dis"].GetType()
	functionType    = destinationAttribute("").Attributes["function"].GetType()
	otherType       = destinationAttribute("").Attributes["other"].GetType()
)

// destination is an attribute on the wire; nil for none.
func destination(of types.Object) *functiongraph.AsyncDestination {
	m, ok := tfconv.Object[destinationModel](of)
	if !ok {
		return nil
	}
	if obs, ok := tfconv.Object[obsModel](m.OBS); ok {
		return wire(toOBS, struct {
			Bucket  string `json:"bucket"`
			Prefix  string `json:"prefix"`
			Expires int64  `json:"expires"`
		}{obs.Bucket.ValueString(), obs.Prefix.ValueString(), obs.Expires.ValueInt64()})
	}
	if smn, ok := tfconv.Object[smnModel](m.SMN); ok {
		return wire(toSMN, map[string]string{"topic_urn": smn.TopicURN.ValueString()})
	}
	if dis, ok := tfconv.Object[disModel](m.DIS); ok {
		return wire(toDIS, map[string]string{"stream_name": dis.StreamName.ValueString()})
	}
	if function, ok := tfconv.Object[functionModel](m.Function); ok {
		return wire(toFunction, map[string]string{"func_urn": functionref.ID(function.URN).ValueString()})
	}
	if other, ok := tfconv.Object[otherModel](m.Other); ok {
		return &functiongraph.AsyncDestination{
			Destination: other.Destination.ValueString(), Param: other.Param.ValueString(),
		}
	}
	return nil
}

func wire(to string, param any) *functiongraph.AsyncDestination {
	text, _ := json.Marshal(param) // texts and numbers always have a JSON form
	return &functiongraph.AsyncDestination{Destination: to, Param: string(text)}
}

// members are those of an object in JSON; nil if it is none.
func members(text string) (out map[string]any) {
	if json.Unmarshal([]byte(text), &out) != nil {
		return nil
	}
	return out
}

// means says that an attribute and what is reported are the same destination. Members that no attribute has, and those
// that other does not write, do not count.
func means(of types.Object, reported *functiongraph.AsyncDestination) bool {
	m, _ := tfconv.Object[destinationModel](of)
	other, ok := tfconv.Object[otherModel](m.Other)
	if !ok {
		return destination(of).Equal(destination(shownAs(reported)))
	}
	if reported == nil || reported.Destination != other.Destination.ValueString() {
		return false
	}
	is := members(reported.Param)
	for name, value := range members(other.Param.ValueString()) {
		if !reflect.DeepEqual(is[name], value) {
			return false
		}
	}
	return true
}

// shown is the value to show for a destination that the service reports: what is there already, if it means the same.
func shown(current types.Object, reported *functiongraph.AsyncDestination) types.Object {
	if !current.IsUnknown() && means(current, reported) {
		return current
	}
	return shownAs(reported)
}

// shownAs is the attribute for what is reported. What has not the form of its destination is shown as other.
func shownAs(reported *functiongraph.AsyncDestination) types.Object {
	if reported == nil || reported.Destination == "" {
		return tfconv.NullObject(destinationType)
	}
	m := destinationModel{
		tfconv.NullObject(obsType), tfconv.NullObject(smnType), tfconv.NullObject(disType),
		tfconv.NullObject(functionType), tfconv.NullObject(otherType),
	}
	param := members(reported.Param)
	text := func(name string) types.String {
		s, _ := param[name].(string)
		return tfconv.Text(&s, types.StringNull())
	}
	bucket, topic, stream, urn := text("bucket"), text("topic_urn"), text("stream_name"), text("func_urn")
	switch to := reported.Destination; {
	case to == toOBS && !bucket.IsNull():
		m.OBS = tfconv.ObjectOf(obsType, obsModel{bucket, text("prefix"), days(param["expires"])})
	case to == toSMN && !topic.IsNull():
		m.SMN = tfconv.ObjectOf(smnType, smnModel{topic})
	case to == toDIS && !stream.IsNull():
		m.DIS = tfconv.ObjectOf(disType, disModel{stream})
	case to == toFunction && !urn.IsNull():
		m.Function = tfconv.ObjectOf(functionType, functionModel{urn})
	default:
		m.Other = tfconv.ObjectOf(otherType, otherModel{
			types.StringValue(reported.Destination), types.StringValue(reported.Param),
		})
	}
	return tfconv.ObjectOf(destinationType, m)
}

// days reads a number, also where it is written as a text; 0 is null.
func days(v any) types.Int64 {
	n, _ := v.(float64)
	if text, ok := v.(string); ok {
		n, _ = strconv.ParseFloat(text, 64)
	}
	if int64(n) == 0 {
		return types.Int64Null()
	}
	return types.Int64Value(int64(n))
}

// describe says what is reported, for a message.
func describe(reported *functiongraph.AsyncDestination) string {
	if reported == nil || reported.Destination == "" {
		return "none"
	}
	return reported.Destination + " " + reported.Param
}
