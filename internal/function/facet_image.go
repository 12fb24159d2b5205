// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// imageFacet says how the container of an image function starts. On the wire the image itself, which is code to the
// user, is part of the same object.
type imageFacet struct {
	ImageConfig types.Object `tfsdk:"image_config"` // imageConfigModel

	image types.String // what the settings carry: code.image, or what runs where that is to stay
}

type imageConfigModel struct {
	Command    types.List   `tfsdk:"command"`
	Args       types.List   `tfsdk:"args"`
	WorkingDir types.String `tfsdk:"working_dir"`
	UserID     types.Int64  `tfsdk:"user_id"`
	GroupID    types.Int64  `tfsdk:"group_id"`
}

const (
	defaultWorkingDir = "/"
	unsetID           = "-1"
	maxUserID         = 65534
)

func imageAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{"image_config": imageConfigAttribute()}
}

func imageConfigAttribute() schema.SingleNestedAttribute {
	parts := func(description string) schema.ListAttribute {
		return schema.ListAttribute{
			Optional: true, ElementType: types.StringType, MarkdownDescription: description,
			Validators: []validator.List{
				listvalidator.NoNullValues(), listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1), noComma{}),
			},
		}
	}
	id := func(description string) schema.Int64Attribute {
		return schema.Int64Attribute{
			Optional: true, MarkdownDescription: description + " 1 to 65534. Default: the image's.",
			Validators: []validator.Int64{int64validator.Between(1, maxUserID)},
		}
	}
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "How the container of a function with `code.image` starts. A change does not replace the " +
			"function; removing the attribute, or one in it, leaves that to the image.",
		Attributes: map[string]schema.Attribute{
			"command": parts("Start command and its parts, for example `[\"/bin/sh\"]`, instead of the image's entry point. A " +
				"part cannot hold a comma: the service separates them by commas."),
			"args": parts("Arguments of the command, instead of the image's. A part cannot hold a comma."),
			"working_dir": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Working directory, an absolute path. Default: `/`, which may be the only one that the " +
					"service accepts.",
				Validators: []validator.String{stringvalidator.RegexMatches(rootedPath, "must begin with /")},
			},
			"user_id":  id("Id of the user that the command runs as."),
			"group_id": id("Id of the group that it runs as."),
		},
	}
}

var rootedPath = regexp.MustCompile(`^(/|$)`)

var imageConfigType = imageConfigAttribute().GetType()

// toAPI sends the whole object: one that is sent replaces the old one whole (contract 3.4). Without code in the
// configuration the image is the one that is there.
func (m imageFacet) toAPI(prior imageFacet, out *functiongraph.FunctionSettings) {
	present := out.CustomImage
	image, was := imageConfigToAPI(m.ImageConfig), imageConfigToAPI(prior.ImageConfig)
	name := m.image.ValueString()
	if name == "" && present != nil {
		name = present.Image
	}
	if out.CustomImage = nil; name == "" && image == nil {
		return
	}
	if image == nil {
		image = &functiongraph.CustomImage{}
	}
	if was == nil {
		was = &functiongraph.CustomImage{}
	}
	clearMember := func(member **string, was *string, empty string) {
		if *member == nil && was != nil {
			*member = &empty
		}
	}
	clearMember(&image.Command, was.Command, "")
	clearMember(&image.Args, was.Args, "")
	clearMember(&image.WorkingDir, was.WorkingDir, defaultWorkingDir)
	clearMember(&image.UserID, was.UserID, unsetID)
	clearMember(&image.GroupID, was.GroupID, unsetID)
	enabled := true
	image.Enabled, image.Image = &enabled, name
	out.CustomImage = image
}

func (m *imageFacet) fromAPI(in *functiongraph.Function) {
	m.image = types.StringValue(runningImage(in.CustomImage))
	m.ImageConfig = shown(m.ImageConfig, imageConfigToAPI, plainImageConfig(in.CustomImage), imageConfigFromAPI)
}

// runningImage is the address of the image; "" for none, also for one that is not enabled.
func runningImage(in *functiongraph.CustomImage) string {
	if in == nil || in.Enabled != nil && !*in.Enabled {
		return ""
	}
	return in.Image
}

func imageConfigToAPI(o types.Object) *functiongraph.CustomImage {
	m, ok := tfconv.Object[imageConfigModel](o)
	if !ok {
		return nil
	}
	joined := func(l types.List) *string {
		texts := make([]string, 0, len(l.Elements()))
		for _, element := range l.Elements() {
			if text, ok := element.(types.String); ok {
				texts = append(texts, text.ValueString())
			}
		}
		return other(pointerTo(strings.Join(texts, ",")), "")
	}
	number := func(n types.Int64) *string {
		if !tfconv.Known(n) {
			return nil
		}
		return pointerTo(strconv.FormatInt(n.ValueInt64(), 10))
	}
	return plainImageConfig(&functiongraph.CustomImage{
		Image: "-", Command: joined(m.Command), Args: joined(m.Args), WorkingDir: pointerTo(m.WorkingDir.ValueString()),
		UserID: number(m.UserID), GroupID: number(m.GroupID),
	})
}

// plainImageConfig is what an image's object has in common with the attribute, without what means nothing; nil for
// none.
func plainImageConfig(in *functiongraph.CustomImage) *functiongraph.CustomImage {
	if runningImage(in) == "" {
		return nil
	}
	out := functiongraph.CustomImage{
		Command: other(in.Command, ""), Args: other(in.Args, ""), WorkingDir: other(in.WorkingDir, defaultWorkingDir),
		UserID: other(in.UserID, unsetID), GroupID: other(in.GroupID, unsetID),
	}
	if out == (functiongraph.CustomImage{}) {
		return nil
	}
	return &out
}

func imageConfigFromAPI(in *functiongraph.CustomImage) types.Object {
	if in == nil {
		return tfconv.NullObject(imageConfigType)
	}
	parts := func(text *string) types.List {
		if text == nil {
			return types.ListNull(types.StringType)
		}
		var elements []attr.Value
		for _, part := range strings.Split(*text, ",") {
			elements = append(elements, types.StringValue(strings.TrimSpace(part)))
		}
		return types.ListValueMust(types.StringType, elements)
	}
	number := func(text *string) types.Int64 {
		n, err := strconv.ParseInt(deref(text), 10, 64)
		if err != nil {
			return types.Int64Null()
		}
		return types.Int64Value(n)
	}
	return tfconv.ObjectOf(imageConfigType, imageConfigModel{
		Command: parts(in.Command), Args: parts(in.Args), WorkingDir: types.StringPointerValue(in.WorkingDir),
		UserID: number(in.UserID), GroupID: number(in.GroupID),
	})
}

func pointerTo[T any](v T) *T { return &v }

// validateImage: the settings of a container belong to an image, and what an image implies cannot be otherwise.
func (m model) validateImage(diags *diag.Diagnostics) {
	code, ok := m.codeObject()
	if !ok {
		return
	}
	attribute := code.chosen().attribute
	image := attribute == "image"
	if tfconv.Known(m.ImageConfig) && !tfconv.Blank(m.ImageConfig) && !image && attribute != "" &&
		tfconv.Known(code.chosen().value) {
		diags.AddAttributeError(path.Root("image_config"), "Not for This Code",
			"image_config is for container images: for functions with image in code. This one has "+attribute+".")
	}
	if !image {
		if attribute != "" && tfconv.Known(code.chosen().value) && m.Runtime.ValueString() == runtimeImage {
			diags.AddAttributeError(path.Root("code"), "Missing Image",
				"The runtime "+runtimeImage+" runs a container image: code needs image, and has "+attribute+".")
		}
		return
	}
	m.validateImplied(diags)
	for name, value := range map[string]types.String{"filename": code.Filename, "kms_key_id": code.KMSKeyID} {
		if tfconv.Known(value) {
			diags.AddAttributeError(path.Root("code").AtName(name), "Not for This Code",
				name+" is not possible with image: a container image has no code file.")
		}
	}
}

// validateImplied: what an image says of runtime and handler, the configuration cannot say otherwise.
func (m coreFacet) validateImplied(diags *diag.Diagnostics) {
	for _, implied := range []struct {
		attribute string
		given     types.String
		possible  []string
	}{{"runtime", m.Runtime, imageRuntimes}, {"handler", m.Handler, []string{handlerImage}}} {
		if given := implied.given.ValueString(); tfconv.Known(implied.given) && !slices.Contains(implied.possible, given) {
			diags.AddAttributeError(path.Root(implied.attribute), "Conflicting Attributes",
				fmt.Sprintf("%q is not possible with code.image: the %s of a container image is %q. Leave it out%s.",
					given, implied.attribute, implied.possible[0], orWrite(implied.possible[1:])))
		}
	}
}

func orWrite(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return fmt.Sprintf(", or write %q", values[0])
}

// fromImage takes over what a container image implies; the runtime may be another one that images can have.
func (m *coreFacet) fromImage() {
	if m.Handler = types.StringValue(handlerImage); !slices.Contains(imageRuntimes, m.Runtime.ValueString()) {
		m.Runtime = types.StringValue(runtimeImage)
	}
}

// noComma refuses a comma, by which the service separates the parts.
type noComma struct{}

func (noComma) Description(context.Context) string             { return "must not hold a comma" }
func (v noComma) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (noComma) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if strings.Contains(req.ConfigValue.ValueString(), ",") {
		resp.Diagnostics.AddAttributeError(req.Path, "Comma in a Command",
			strconv.Quote(req.ConfigValue.ValueString())+" holds a comma, by which the service separates the parts: it would "+
				"become several. Write the parts as elements of the list, or put the command into a script of the image.")
	}
}
