// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"reflect"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
			Validators: []validator.Map{mapvalidator.AlsoRequires(path.MatchRelative().AtParent().AtName("secrets_wo_version"))},
		}},
		{name: "secrets_wo_version", ofSecret: true, attribute: schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Any text that changes with `secrets_wo`: another one replaces the trigger.",
			Validators: []validator.String{
				stringvalidator.AlsoRequires(path.MatchRelative().AtParent().AtName("secrets_wo")),
			},
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
			data[name] = plain(value)
		}
	},
	read: readOther,
	match: func(v values, data functiongraph.EventData) bool {
		for name, value := range members(v.text("data")) {
			if !functiongraph.IsSecretMember(name) && !reflect.DeepEqual(value, parsed(data[name])) {
				return false
			}
		}
		return true
	},
	check: func(v values, fail fail) {
		if v.known("data") && members(v.text("data")) == nil {
			fail("data", "Invalid Data", "It is not an object in JSON.")
		}
		for name := range members(v.text("data")) {
			if functiongraph.IsSecretMember(name) {
				fail("data", "Secret in Clear",
					"The member "+name+" looks like a secret, which would be in the state: put it into secrets_wo.")
			}
		}
	},
	gap: func(values) string { return "Events between the deletion and the creation may be lost." },
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
		if now := parsed(data[name]); !reflect.DeepEqual(now, value) {
			written[name], changed = now, true
		}
	}
	if changed {
		text, _ := json.Marshal(written)
		into["data"] = types.StringValue(string(text))
	}
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
		if !reflect.DeepEqual(all[name], value) {
			return false
		}
	}
	return v.known("data")
}
