// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
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
	maxEnvironmentBytes   = 4096 // contract F16
)

func environmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"user_data": schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Environment variables: up to 20, together up to 4 KB as JSON. Removing the attribute, or " +
				"an entry, removes it from the function. Values are visible to everybody who may read the function.",
			Validators: []validator.Map{
				entriesAtMost{maxEnvironmentEntries}, mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)), environmentSize{},
			},
		},
		"user_data_kms_key_id": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Id of the KMS key with which the service encrypts the environment variables. Removing it leaves " +
				"that to the service.",
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

// environmentJSON writes the variables as the service wants them, keys in order. What is special in HTML only is not
// escaped: it would count six times against the limit.
func environmentJSON(variables map[string]string) string {
	var text strings.Builder
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	_ = to.Encode(variables) // a map of strings always has a JSON form
	return strings.TrimSuffix(text.String(), "\n")
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

// environmentSize bounds the JSON form of the variables.
type environmentSize struct{}

func (environmentSize) Description(context.Context) string {
	return fmt.Sprintf("must not have more than %d characters", maxEnvironmentBytes)
}
func (v environmentSize) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (environmentSize) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	if req.ConfigValue.IsNull() || !tfconv.FullyKnown(req.ConfigValue) {
		return
	}
	variables, characters := tfconv.Strings(req.ConfigValue), 0
	for key, value := range variables {
		characters += utf8.RuneCountInString(key) + utf8.RuneCountInString(value)
	}
	// What the service counts is open (contract Q57): characters of names and values, or bytes of the JSON text.
	switch n := len(environmentJSON(variables)); {
	case characters > maxEnvironmentBytes:
		resp.Diagnostics.AddAttributeError(req.Path, "Environment Too Large",
			fmt.Sprintf("The variables have %d characters; the service takes at most %d.", characters, maxEnvironmentBytes))
	case n > maxEnvironmentBytes:
		resp.Diagnostics.AddAttributeWarning(req.Path, "Large Environment",
			fmt.Sprintf("The variables are %d bytes as JSON. The service takes %d, and its documents do not agree on what it counts: "+
				"it may refuse them.", n, maxEnvironmentBytes))
	}
}
