// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// coreFacet is what every function has: its name and how it runs.
type coreFacet struct {
	Name        types.String `tfsdk:"name"`
	Package     types.String `tfsdk:"package"`
	Type        types.String `tfsdk:"type"`
	Runtime     types.String `tfsdk:"runtime"`
	Handler     types.String `tfsdk:"handler"`
	Timeout     types.Int64  `tfsdk:"timeout"`
	MemorySize  types.Int64  `tfsdk:"memory_size"`
	Description types.String `tfsdk:"description"`
}

const (
	defaultPackage = "default"
	typeV1         = "v1"
	typeV2         = "v2"
	minTimeout     = 3
	maxTimeout     = 259200
	maxDescription = 512
)

var (
	namePattern    = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]*[A-Za-z0-9])?$`) // contract F1
	packagePattern = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)                       // contract F2
	packageOrNone  = regexp.MustCompile(`^[A-Za-z0-9_-]*$`)
)

func coreAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of the function: 1 to 60 letters, digits, `_` and `-`, beginning with a letter and " +
				"ending with a letter or digit. Another name replaces the function.",
			PlanModifiers: []planmodifier.String{replaceIfOther{}},
			Validators: []validator.String{
				stringvalidator.LengthAtMost(60), // the pattern refuses an empty one
				stringvalidator.RegexMatches(namePattern,
					"must consist of letters, digits, '_' and '-', begin with a letter and end with a letter or digit"),
			},
		},
		"package": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Package (application) that the function belongs to: up to 60 letters, digits, `_` and `-`. " +
				"It is a part of the function's URN, and is made when it does not exist. Default: `default`. Another package " +
				"replaces the function; removing the attribute keeps the package until the function is replaced.",
			PlanModifiers: []planmodifier.String{replaceIfOther{}},
			Validators: []validator.String{
				stringvalidator.LengthAtMost(60),
				stringvalidator.RegexMatches(packageOrNone, "must consist of letters, digits, '_' and '-'"),
			},
		},
		"type": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Generation of the function: `v2`, or the deprecated `v1`. Default: the service's, `v2` " +
				"where the region has it. Another type replaces the function; removing the attribute keeps the type until the " +
				"function is replaced.",
			PlanModifiers: []planmodifier.String{replaceIfOther{}},
			Validators:    []validator.String{stringvalidator.OneOf("", typeV1, typeV2)},
		},
		"runtime": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Runtime, for example `Python3.9`, `Node.js18.15`, `Java11`, `Go1.x`, `PHP8.3`, `Custom` or " +
				"`http`. Regions offer different runtimes: an unknown one is a warning only. Required, unless the code is a " +
				"`package_file`, which brings its own, or an `image`: then it is `Custom Image`, or `http` if you say so. " +
				"Another runtime replaces the function.",
			PlanModifiers: []planmodifier.String{replaceIfOther{}},
			Validators:    []validator.String{notBlank{"the code brings its own"}, knownRuntime{}},
		},
		"handler": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "What the service calls, up to 128 characters: `file.function`, for example `index.handler`; " +
				"of Java `package.Class.method`, of C# `Assembly::Namespace.Class::Method`, of Go, `Custom` and `http` the name " +
				"of the program. Required, unless the code is a `package_file` or an `image`.",
			Validators: []validator.String{notBlank{"the code implies it"}, stringvalidator.LengthAtMost(128)},
		},
		"timeout": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Seconds that one invocation may take, 3 to 259200. Required, unless the code is a " +
				"`package_file`.",
			Validators: []validator.Int64{int64validator.Between(minTimeout, maxTimeout)},
		},
		"memory_size": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Memory of an instance in MB: `128`, `256`, `512`, then steps of 256 up to `2048`, then " +
				"`2560`, `3072`, `3584` and `4096`; some regions offer `8192` and `10240`. Other sizes are a warning only, since " +
				"the list grows. CPU follows memory. Required, unless the code is a `package_file`.",
			Validators: []validator.Int64{int64validator.AtLeast(1), knownMemorySize{}},
		},
		"description": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Description, up to 512 characters. Removing it clears it; leaving it out and `\"\"` mean " +
				"the same.",
			Validators: []validator.String{stringvalidator.UTF8LengthAtMost(maxDescription)},
		},
	}
}

func (m coreFacet) toAPI(prior coreFacet, out *functiongraph.FunctionSettings) {
	out.Runtime = m.Runtime.ValueString()
	out.Handler = m.Handler.ValueString()
	out.Timeout = m.Timeout.ValueInt64()
	out.MemorySize = m.MemorySize.ValueInt64()
	out.Description = tfconv.Clearable(m.Description, prior.Description)
}

// fromAPI takes name and package from the URN, which every answer has.
func (m *coreFacet) fromAPI(in *functiongraph.Function, urn functiongraph.URN) {
	m.Name = types.StringValue(urn.Name)
	m.Package = types.StringValue(urn.Package)
	if in.Type != "" || !tfconv.Known(m.Type) { // not every region reports it
		m.Type = types.StringValue(in.Type)
	}
	m.Runtime = types.StringValue(in.Runtime)
	m.Handler = types.StringValue(in.Handler)
	if in.Handler == "" && runningImage(in.CustomImage) != "" { // it may be left out for images (contract 3.1)
		m.Handler = types.StringValue(handlerImage)
	}
	m.Timeout = types.Int64Value(in.Timeout)
	m.MemorySize = types.Int64Value(in.MemorySize)
	m.Description = tfconv.Text(in.Description, m.Description)
}

func (m *coreFacet) fill(read coreFacet) {
	m.Package = tfconv.Filled(m.Package, read.Package)
	m.Type = tfconv.Filled(m.Type, read.Type)
	m.Runtime = tfconv.Filled(m.Runtime, read.Runtime)
	m.Handler = tfconv.Filled(m.Handler, read.Handler)
	m.Timeout = tfconv.Filled(m.Timeout, read.Timeout)
	m.MemorySize = tfconv.Filled(m.MemorySize, read.MemorySize)
}

// keep leaves what is not configured as it is.
func (m *coreFacet) keep(config, prior coreFacet) {
	m.Package = keptText(m.Package, config.Package, prior.Package)
	m.Type = keptText(m.Type, config.Type, prior.Type)
	m.Runtime = kept(m.Runtime, config.Runtime, prior.Runtime)
	m.Handler = kept(m.Handler, config.Handler, prior.Handler)
	m.Timeout = kept(m.Timeout, config.Timeout, prior.Timeout)
	m.MemorySize = kept(m.MemorySize, config.MemorySize, prior.MemorySize)
}
