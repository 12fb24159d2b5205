// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The fast way of a validation that finds nothing (see fast.go). It calls the same validators with the same
// requests, and leaves out what cannot find anything: validators do not look at what is not configured. Whatever is not
// plainly right, or not known here, is the framework's to judge.

// ValidatesNothing says that validation has nothing to say about a configuration.
func ValidatesNothing(ctx context.Context, config tftypes.Value) (nothing bool) {
	defer slowly(&nothing)
	values := map[string]tftypes.Value{}
	if config.As(&values) != nil {
		return false
	}
	s := builtSchema()
	within := tfsdk.Config{Raw: config, Schema: s}
	for name := range s.Blocks {
		if !values[name].IsNull() {
			return false
		}
	}
	for name, attribute := range s.Attributes {
		if !faultless(ctx, attribute, path.Root(name), values[name], within) {
			return false
		}
	}
	var resp resource.ValidateConfigResponse
	(&Resource{}).ValidateConfig(ctx, resource.ValidateConfigRequest{Config: within}, &resp)
	return len(resp.Diagnostics) == 0
}

// faultless says that the framework would find nothing wrong with the value of an attribute.
func faultless(ctx context.Context, a schema.Attribute, at path.Path, raw tftypes.Value, within tfsdk.Config) bool {
	switch {
	case raw.IsNull():
		return !a.IsRequired()
	case !a.IsRequired() && !a.IsOptional(), a.IsWriteOnly(), a.GetDeprecationMessage() != "":
		return false
	}
	if nested, ok := a.(schema.SingleNestedAttribute); ok {
		return len(nested.Validators) == 0 && faultlessObject(ctx, nested, at, raw, within)
	}
	value, err := a.GetType().ValueFromTerraform(ctx, raw)
	return err == nil && satisfied(ctx, a, at, value, within)
}

func faultlessObject(
	ctx context.Context, a schema.SingleNestedAttribute, at path.Path, raw tftypes.Value, within tfsdk.Config,
) bool {
	values := map[string]tftypes.Value{}
	if !raw.IsKnown() || raw.As(&values) != nil {
		return false
	}
	for name, inner := range a.Attributes {
		if !faultless(ctx, inner, at.AtName(name), values[name], within) {
			return false
		}
	}
	return true
}

// satisfied runs the validators of an attribute.
func satisfied(ctx context.Context, a schema.Attribute, at path.Path, value attr.Value, within tfsdk.Config) bool {
	var diags diag.Diagnostics
	switch a := a.(type) {
	case schema.StringAttribute:
		v, ok := value.(types.String)
		for _, rule := range a.Validators {
			resp := validator.StringResponse{}
			rule.ValidateString(ctx, validator.StringRequest{
				Path: at, PathExpression: at.Expression(), Config: within, ConfigValue: v,
			}, &resp)
			diags.Append(resp.Diagnostics...)
		}
		return ok && len(diags) == 0
	case schema.Int64Attribute:
		v, ok := value.(types.Int64)
		for _, rule := range a.Validators {
			resp := validator.Int64Response{}
			rule.ValidateInt64(ctx, validator.Int64Request{
				Path: at, PathExpression: at.Expression(), Config: within, ConfigValue: v,
			}, &resp)
			diags.Append(resp.Diagnostics...)
		}
		return ok && len(diags) == 0
	case schema.MapAttribute:
		v, ok := value.(types.Map)
		for _, rule := range a.Validators {
			resp := validator.MapResponse{}
			rule.ValidateMap(ctx, validator.MapRequest{
				Path: at, PathExpression: at.Expression(), Config: within, ConfigValue: v,
			}, &resp)
			diags.Append(resp.Diagnostics...)
		}
		return ok && len(diags) == 0
	case schema.BoolAttribute:
		return len(a.Validators) == 0
	}
	return false // not frequent enough to be told here
}
