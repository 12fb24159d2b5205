// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/defaults"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

// need is a text that has to be there, and is not empty.
func need(name, wire, doc string, validators ...validator.String) member {
	validators = append(validators, stringvalidator.LengthAtLeast(1))
	return member{name: name, wire: []string{wire}, attribute: schema.StringAttribute{
		Required: true, MarkdownDescription: doc, Validators: validators,
	}}
}

// text is one that may be there. An empty one is none.
func text(name, wire, doc string, validators ...validator.String) member {
	return member{name: name, wire: []string{wire}, attribute: schema.StringAttribute{
		Optional: true, MarkdownDescription: doc, Validators: base.UnlessBlank(validators...),
	}}
}

// textOr is one with a default, which an empty one stands for, too.
func textOr(name, wire, otherwise, doc string, validators ...validator.String) member {
	return member{name: name, wire: []string{wire}, attribute: schema.StringAttribute{
		Optional: true, Computed: true, Default: stringdefault.StaticString(otherwise),
		MarkdownDescription: doc + " Default: `" + otherwise + "`.", Validators: base.UnlessBlank(validators...),
	}}
}

// number is one that has to be there, within bounds.
func number(name, wire, doc string, least, most int64) member {
	return member{name: name, wire: []string{wire}, attribute: schema.Int64Attribute{
		Required: true, MarkdownDescription: doc, Validators: []validator.Int64{int64validator.Between(least, most)},
	}}
}

// anyNumber is one that may be there.
func anyNumber(name, wire, doc string, least, most int64) member {
	return member{name: name, wire: []string{wire}, attribute: schema.Int64Attribute{
		Optional: true, MarkdownDescription: doc, Validators: []validator.Int64{int64validator.Between(least, most)},
	}}
}

// batch is batch_size, up to most.
func batch(most int64, doc string) member { return number("batch_size", "batch_size", doc, 1, most) }

// flag is off by default, and then not sent.
func flag(name, wire, doc string) member {
	return member{name: name, wire: []string{wire}, quiet: true, attribute: schema.BoolAttribute{
		Optional: true, Computed: true, Default: booldefault.StaticBool(false),
		MarkdownDescription: doc + " Default: `false`.",
	}}
}

// some is a set of texts that has to be there.
func some(name, wire, doc string, validators ...validator.String) member {
	validators = append(validators, stringvalidator.LengthAtLeast(1))
	return member{name: name, wire: []string{wire}, attribute: schema.SetAttribute{
		Required: true, ElementType: types.StringType, MarkdownDescription: doc,
		Validators: []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.NoNullValues(),
			setvalidator.ValueStringsAre(validators...)},
	}}
}

// silent is a member that answers may lack, or have another of.
func (m member) silently() member {
	m.silent = true
	return m
}

// password are the two ways to give a secret: see checkPassword.
func password(wire, what string) []member {
	return []member{
		{name: "password", wire: []string{wire}, ofSecret: true, attribute: schema.StringAttribute{
			Optional: true, Sensitive: true,
			MarkdownDescription: what + ", for a CLI without write-only attributes: **it is in the state**. Never read back. " +
				"Another one replaces the trigger.",
		}},
		{name: "password_wo", wire: []string{wire}, ofSecret: true, attribute: schema.StringAttribute{
			Optional: true, Sensitive: true, WriteOnly: true,
			MarkdownDescription: what + ", which is neither in a plan nor in the state. Terraform 1.11 or later. It may be " +
				"null while the trigger does not have to be made, as where a plan only looks for changes.",
		}},
		{name: "password_wo_version", ofSecret: true, attribute: schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Any text that changes with `password_wo`, which Terraform cannot compare: another one " +
				"replaces the trigger.",
		}},
	}
}

// defaultOf is the default of an attribute, nil for none.
func defaultOf(a schema.Attribute) attr.Value {
	ctx := context.Background()
	switch a := a.(type) {
	case schema.StringAttribute:
		if a.Default != nil {
			var resp defaults.StringResponse
			a.Default.DefaultString(ctx, defaults.StringRequest{}, &resp)
			return resp.PlanValue
		}
	case schema.BoolAttribute:
		if a.Default != nil {
			var resp defaults.BoolResponse
			a.Default.DefaultBool(ctx, defaults.BoolRequest{}, &resp)
			return resp.PlanValue
		}
	case schema.Int64Attribute:
		if a.Default != nil {
			var resp defaults.Int64Response
			a.Default.DefaultInt64(ctx, defaults.Int64Request{}, &resp)
			return resp.PlanValue
		}
	}
	return nil
}

// numberOr is one with a default.
func numberOr(name string, wire []string, otherwise int64, doc string, least, most int64) member {
	return member{name: name, wire: wire, attribute: schema.Int64Attribute{
		Optional: true, Computed: true, Default: int64default.StaticInt64(otherwise), MarkdownDescription: doc,
		Validators: []validator.Int64{int64validator.Between(least, most)},
	}}
}
