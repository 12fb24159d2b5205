// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// environmentFacet holds the environment variables.
type environmentFacet struct {
	UserData         types.Map    `tfsdk:"user_data"`
	UserDataKMSKeyID types.String `tfsdk:"user_data_kms_key_id"`
}

const (
	maxEnvironmentEntries = 20   // contract F15
	maxEnvironment        = 4096 // contract F16: bytes of the JSON text, or characters of names and values (Q57)
)

func environmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"user_data": schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Environment variables: up to 20, together up to 4 KB. Removing the attribute, or " +
				"an entry, removes it from the function. Values are visible to everybody who may read the function.",
			Validators: []validator.Map{
				entriesAtMost{maxEnvironmentEntries}, mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)), environmentSize{},
			},
		},
		"user_data_kms_key_id": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Id of the KMS key with which the service encrypts the environment variables. Removing it " +
				"leaves that to the service.",
		},
	}
}

func (m environmentFacet) toAPI(prior environmentFacet, out *functiongraph.FunctionSettings) {
	text := ""
	if variables := tfconv.Strings(m.UserData); len(variables) > 0 {
		text = environmentJSON(variables)
	}
	if text != "" || len(prior.UserData.Elements()) > 0 {
		out.UserData = &text // "" clears (contract 4.3)
	}
	out.UserDataKMSKeyID = tfconv.Clearable(m.UserDataKMSKeyID, prior.UserDataKMSKeyID)
}

func (m *environmentFacet) fromAPI(in *functiongraph.Function) {
	m.UserDataKMSKeyID = tfconv.Text(in.UserDataKMSKeyID, m.UserDataKMSKeyID)
	variables := parseEnvironment(in.UserData)
	switch {
	case tfconv.Known(m.UserData) && maps.Equal(tfconv.Strings(m.UserData), variables): // also with elements that are null
	case len(variables) > 0:
		m.UserData = tfconv.StringMap(variables)
	default:
		m.UserData = types.MapNull(types.StringType)
	}
}

// environmentJSON writes the variables as the service wants them, keys in order. The text is what counts for their
// size: nothing is written as an escape that need not be, as encoding/json does (contract 2.3).
func environmentJSON(variables map[string]string) string {
	var b strings.Builder
	for i, name := range slices.Sorted(maps.Keys(variables)) {
		b.WriteByte("{,"[min(i, 1)])
		quote(&b, name)
		b.WriteByte(':')
		quote(&b, variables[name])
	}
	if b.Len() == 0 {
		return "{}"
	}
	return b.String() + "}"
}

// quote writes a JSON string.
func quote(b *strings.Builder, text string) {
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ':
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// parseEnvironment reads the JSON text. Values that are no strings, which only another client can have written, are
// shown as their JSON; a text that is no object at all appears as one variable, so that the difference is seen.
func parseEnvironment(text *string) map[string]string {
	if text == nil || *text == "" {
		return nil
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal([]byte(*text), &raw); err != nil {
		return map[string]string{"(unreadable)": *text}
	}
	variables := make(map[string]string, len(raw))
	for key, value := range raw {
		var s string
		if err := json.Unmarshal(value, &s); err != nil {
			s = string(value)
		}
		variables[key] = s
	}
	return variables
}

// environmentSize bounds the variables. What counts is open: an error is what every reading refuses, and what one of
// them may refuse warns (contract Q57).
type environmentSize struct{}

func (environmentSize) Description(context.Context) string {
	return fmt.Sprintf("must not be longer than %d characters together", maxEnvironment)
}
func (v environmentSize) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (environmentSize) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || !tfconv.FullyKnown(req.ConfigValue) {
		return
	}
	variables, characters := tfconv.Strings(req.ConfigValue), 0
	for name, value := range variables {
		characters += utf8.RuneCountInString(name) + utf8.RuneCountInString(value)
	}
	switch n := len(environmentJSON(variables)); {
	case characters > maxEnvironment:
		resp.Diagnostics.AddAttributeError(req.Path, "Environment Too Large",
			fmt.Sprintf("Names and values have %d characters together; the service takes at most %d.", characters,
				maxEnvironment))
	case n > maxEnvironment:
		resp.Diagnostics.AddAttributeWarning(req.Path, "Environment May Be Too Large",
			fmt.Sprintf("The variables are %d bytes as JSON. The service takes %d; whether it counts these bytes, or the "+
				"characters of names and values (%d), its documents leave open.", n, maxEnvironment, characters))
	}
}
