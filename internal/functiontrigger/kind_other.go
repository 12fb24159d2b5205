// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

var typeForm = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

var otherKind = kind{
	name: "other",
	doc: "A type that has no attribute here: `APIC`, `DMS`, `GAUSSMONGO`, `OPENSOURCEKAFKA`, and those of tomorrow. The " +
		"service alone knows what is right.",
	codes: nil, // all others: see kindOf
	code:  func(v values) string { return v.text("type") },
	members: []member{
		{name: "type", attribute: schema.StringAttribute{
			Required: true, MarkdownDescription: "The service's word for the type, in capitals.",
			Validators: []validator.String{stringvalidator.RegexMatches(typeForm,
				"must consist of capital letters, digits and '_'")},
		}},
		{name: "data", attribute: schema.StringAttribute{
			Required: true,
			MarkdownDescription: "What the service calls `event_data`: an object, as JSON, best by `jsonencode`. Compared by " +
				"value, and only the members that are written.",
		}, same: sameJSON, part: isPart},
		{name: "secrets_wo", ofSecret: true, attribute: schema.MapAttribute{
			Optional: true, Sensitive: true, WriteOnly: true, ElementType: types.StringType,
			MarkdownDescription: "More members, with texts that are neither in a plan nor in the state. Terraform 1.11 or " +
				"later.",
		}},
		{name: "secrets_wo_version", ofSecret: true, attribute: schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Any text that changes with `secrets_wo`: another one replaces the trigger.",
		}},
	},
	write: func(from values, data map[string]any) {
		var written map[string]json.RawMessage
		_ = json.Unmarshal([]byte(from.text("data")), &written) // check has seen that it is an object
		for name, value := range written {
			data[name] = value
		}
		secrets, _ := from["secrets_wo"].(types.Map)
		for name, value := range secrets.Elements() {
			if !value.IsNull() {
				data[name] = plain(value)
			}
		}
	},
	read: readOther,
	match: func(v values, data functiongraph.EventData) bool {
		for name, value := range members(v.text("data")) {
			if !functiongraph.IsSecretMember(name) && !isWithin(value, parsed(data[name])) {
				return false
			}
		}
		return true
	},
	check: func(v values, fail fail) {
		if v.known("secrets_wo") && !v.given("secrets_wo_version") {
			fail("secrets_wo", "Invalid Attribute Combination", "secrets_wo needs secrets_wo_version: any text, another one of "+
				"which says that the secrets changed.")
		}
		if v.known("data") && members(v.text("data")) == nil {
			fail("data", "Invalid Data", "It is not an object in JSON.")
		}
		data := members(v.text("data"))
		for _, name := range slices.Sorted(maps.Keys(data)) {
			if functiongraph.IsSecretMember(name) {
				fail("data", "Secret in Clear",
					"The member "+name+" looks like a secret, which would be in the state: put it into secrets_wo.")
			}
		}
		secrets, _ := v["secrets_wo"].(types.Map)
		for name := range secrets.Elements() {
			if _, twice := data[name]; twice {
				fail("secrets_wo", "Member Given Twice", "The member "+name+" is in data, too: leave it out of one.")
			}
		}
	},
	advise: adviseOther,
	gap:    func(values) string { return "Events between the deletion and the creation may be lost." },
}

// readOther compares the members that are written, all while none is.
func readOther(data functiongraph.EventData, into values, all bool) {
	if all {
		text, _ := json.Marshal(data.WithoutSecrets()) // it came as JSON
		into["data"] = types.StringValue(encoded(string(text)))
		return
	}
	written, changed := members(into.text("data")), false
	for name, value := range written {
		if _, reported := data[name]; !reported || functiongraph.IsSecretMember(name) {
			continue
		}
		if now := asWritten(value, parsed(data[name])); !reflect.DeepEqual(now, value) {
			written[name], changed = now, true
		}
	}
	if changed {
		text, _ := json.Marshal(written)
		into["data"] = types.StringValue(string(text))
	}
}

// otherTypes are those that the documents name and that have no attribute (contract 3.21.2).
var otherTypes = []string{"APIC", "DMS", "GAUSSMONGO", "IOTDA", "OPENSOURCEKAFKA"}

// requestMembers are those of the request around the data, with what stands for them.
var requestMembers = map[string]string{
	"trigger_type_code": "type", "trigger_status": "enabled, outside other", "event_data": "data itself",
	"event_type_code": "",
}

// adviseOther says what may be meant otherwise. The service alone knows what is right, so that none of it is an error.
func adviseOther(v values, warn fail) {
	if code := v.text("type"); code != "" && !slices.Contains(otherTypes, code) {
		warn("type", "Unknown Trigger Type", "This provider knows no type "+code+"; beside those that have an attribute of "+
			"their own it knows "+strings.Join(otherTypes, ", ")+". Whether there is one, the service decides in the apply.")
	}
	data := members(v.text("data"))
	for _, name := range slices.Sorted(maps.Keys(data)) {
		if instead, known := requestMembers[name]; known {
			detail := "The member " + name + " is none of the data, but of the request around it."
			if instead != "" {
				detail += " Here it is " + instead + "."
			}
			warn("data", "Member of Another Place", detail)
		}
	}
	for _, name := range secretsIn("", data) {
		if strings.Contains(name, ".") { // else it is an error
			warn("data", "Secret in Clear", "The member "+name+" looks like a secret, and will be in the plan and in the "+
				"state: secrets_wo has no place for what is within another member.")
		}
	}
}

// secretsIn are the members, at any depth, that look like secrets, with the names of what they are within.
func secretsIn(within string, v any) (names []string) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if functiongraph.IsSecretMember(name) {
				names = append(names, within+name)
			} else {
				names = append(names, secretsIn(within+name+".", v[name])...)
			}
		}
	case []any:
		for _, inner := range v {
			names = append(names, secretsIn(within, inner)...)
		}
	}
	return names
}

// members are those of an object in JSON; nil if it is none.
func members(text string) map[string]any {
	object, _ := parsed([]byte(text)).(map[string]any)
	return object
}

func parsed(text []byte) (v any) {
	if json.Unmarshal(text, &v) != nil {
		return nil
	}
	return v
}

// isWithin says that a value in JSON has all that is written, at any depth: the service adds members to inner objects,
// too (contract 3.21.4: func_info of the gateways).
func isWithin(written, reported any) bool {
	object, ok := written.(map[string]any)
	all, isObject := reported.(map[string]any)
	if !ok || !isObject {
		return reflect.DeepEqual(written, reported)
	}
	for name, value := range object {
		if functiongraph.IsSecretMember(name) {
			continue
		}
		if now, there := all[name]; !there || !isWithin(value, now) {
			return false
		}
	}
	return true
}

// asWritten is a reported value without what nobody has written. What is not reported is no difference.
func asWritten(written, reported any) any {
	object, ok := written.(map[string]any)
	all, isObject := reported.(map[string]any)
	if !ok || !isObject {
		return reported
	}
	out := map[string]any{}
	for name, value := range object {
		out[name] = value
		if now, there := all[name]; there && !functiongraph.IsSecretMember(name) {
			out[name] = asWritten(value, now)
		}
	}
	return out
}

func sameJSON(a, b attr.Value) bool {
	x, _ := a.(types.String)
	y, _ := b.(types.String)
	return !x.IsUnknown() && !y.IsUnknown() &&
		reflect.DeepEqual(parsed([]byte(x.ValueString())), parsed([]byte(y.ValueString())))
}

// isPart says that the data which is written is a part of what an import found, which is all that the service has.
func isPart(v, imported values) bool {
	all := members(imported.text("data"))
	for name, value := range members(v.text("data")) {
		if !isWithin(value, all[name]) {
			return false
		}
	}
	return v.known("data")
}
