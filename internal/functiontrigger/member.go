// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// member is one attribute of an object, and the member of event_data that it becomes.
type member struct {
	name      string
	wire      []string // its way into event_data; none for what the kind itself writes, or nobody
	attribute schema.Attribute

	live     bool // an update can change it
	silent   bool // answers may lack it, or have another
	unsure   bool // they do have another: an import takes none
	ofSecret bool // a secret, or its version: never read
	needed   bool // of a secret: there has to be one, in one of two ways
	quiet    bool // a switch that is not sent while it is off: not every region knows it
	// How it stands on the wire, and in an answer; nil for as it is. same compares spellings.
	encode func(attr.Value) any
	decode func(raw json.RawMessage) (attr.Value, bool)
	same   func(a, b attr.Value) bool
	part   func(plan, imported values) bool // whether it is a part of what an import found
}

// write puts the value into data.
func (m member) write(v attr.Value, data map[string]any) {
	if len(m.wire) == 0 || v == nil || !tfconv.Known(v) {
		return
	}
	if flag, ok := v.(types.Bool); ok && m.quiet && !flag.ValueBool() {
		return
	}
	for _, name := range m.wire[:len(m.wire)-1] {
		inner, ok := data[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			data[name] = inner
		}
		data = inner
	}
	encode := m.encode
	if encode == nil {
		encode = plain
	}
	data[m.wire[len(m.wire)-1]] = encode(v)
}

// plain is a value as JSON has it.
func plain(v attr.Value) any {
	switch v := v.(type) {
	case types.String:
		return v.ValueString()
	case types.Int64:
		return v.ValueInt64()
	case types.Bool:
		return v.ValueBool()
	case types.Set:
		return append([]string{}, tfconv.Set(v)...)
	}
	return nil
}

// raw finds the member in an answer; nil if it is not there.
func (m member) raw(data functiongraph.EventData) json.RawMessage {
	if len(m.wire) == 0 {
		return nil
	}
	for _, name := range m.wire[:len(m.wire)-1] {
		var inner functiongraph.EventData
		if json.Unmarshal(data[name], &inner) != nil {
			return nil
		}
		data = inner
	}
	raw := data[m.wire[len(m.wire)-1]]
	if string(raw) == "null" {
		return nil
	}
	return raw
}

// reported is the value in an answer; false for none that has a sense.
func (m member) reported(data functiongraph.EventData) (attr.Value, bool) {
	raw := m.raw(data)
	if raw == nil {
		return nil, false
	}
	if m.decode != nil {
		return m.decode(raw)
	}
	return m.plainly(raw)
}

// plainly reads JSON as the type of the attribute. A number or a switch may be a text.
func (m member) plainly(raw json.RawMessage) (attr.Value, bool) {
	var text string
	isText := json.Unmarshal(raw, &text) == nil
	if !isText {
		text = string(raw)
	}
	switch m.attribute.GetType() {
	case types.StringType:
		return types.StringValue(text), isText
	case types.Int64Type:
		n, err := strconv.ParseInt(text, 10, 64)
		return types.Int64Value(n), err == nil
	case types.BoolType:
		flag, err := strconv.ParseBool(text)
		return types.BoolValue(flag), err == nil
	}
	var texts []string
	err := json.Unmarshal(raw, &texts)
	slices.Sort(texts)
	return tfconv.StringSet(texts), err == nil
}

// read is what a refresh makes of the value. What is not configured is not compared, secrets are never read, and a
// member that an answer lacks is taken for gone only where the service tells an optional one at all.
func (m member) read(data functiongraph.EventData, current attr.Value, all bool) attr.Value {
	null := m.null()
	switch {
	case m.ofSecret && !all, len(m.wire) == 0 && !all:
		return current
	case m.ofSecret, len(m.wire) == 0:
		return null
	case !all && current.IsNull():
		return current
	}
	got, ok := m.reported(data)
	switch {
	case all && (!ok || isEmpty(got) || m.unsure):
		return m.fallback()
	case all:
		return got
	case m.silent, !ok && (m.raw(data) != nil || !m.attribute.IsOptional() || m.attribute.IsComputed()):
		return current
	case !ok:
		return null
	case m.same != nil && m.same(got, current):
		return current
	}
	return got
}

func (m member) matches(v attr.Value, data functiongraph.EventData) bool {
	if m.ofSecret || m.silent || len(m.wire) == 0 || !tfconv.Known(v) {
		return true
	}
	got, ok := m.reported(data)
	if !ok { // what is off is not sent, and need not be answered
		flag, isFlag := v.(types.Bool)
		return m.quiet && isFlag && !flag.ValueBool()
	}
	return got.Equal(v) || m.same != nil && m.same(got, v)
}

// isEmpty says that a value means the same as none.
func isEmpty(v attr.Value) bool {
	text, isText := v.(types.String)
	return v.IsNull() || isText && text.ValueString() == ""
}

// null is the null of the attribute's type.
func (m member) null() attr.Value {
	switch m.attribute.GetType() {
	case types.StringType:
		return types.StringNull()
	case types.Int64Type:
		return types.Int64Null()
	case types.BoolType:
		return types.BoolNull()
	}
	if collection, ok := m.attribute.GetType().(attr.TypeWithElementType); ok {
		if _, isMap := m.attribute.(schema.MapAttribute); isMap {
			return types.MapNull(collection.ElementType())
		}
	}
	return types.SetNull(types.StringType)
}

// fallback is the attribute's default, null without one.
func (m member) fallback() attr.Value {
	if v := defaultOf(m.attribute); v != nil {
		return v
	}
	return m.null()
}

// textsIn are the texts that a value holds.
func textsIn(v attr.Value) (texts []string) {
	switch v := v.(type) {
	case types.String:
		return []string{v.ValueString()}
	case types.Map:
		for _, text := range tfconv.Strings(v) {
			texts = append(texts, text)
		}
	}
	return texts
}

// asAnswered is data in the form of an answer.
func asAnswered(data map[string]any) (out functiongraph.EventData, err error) {
	text, err := json.Marshal(data)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	return out, err
}
