// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// codeFacet holds the source of the code as it is configured, and what the service says of the code that runs.
type codeFacet struct {
	Code            types.Object `tfsdk:"code"` // codeModel
	IgnoreCodeDrift types.Bool   `tfsdk:"ignore_code_drift"`
	SourceHash      types.String `tfsdk:"source_hash"`
	Digest          types.String `tfsdk:"digest"`
	CodeSize        types.Int64  `tfsdk:"code_size"`
	CodeFilename    types.String `tfsdk:"code_filename"`
	CodeType        types.String `tfsdk:"code_type"`
}

type codeModel struct {
	Inline      types.String `tfsdk:"inline"`
	ZipFile     types.String `tfsdk:"zip_file"`
	JarFile     types.String `tfsdk:"jar_file"`
	PackageFile types.String `tfsdk:"package_file"`
	Filename    types.String `tfsdk:"filename"`
	SourceHash  types.String `tfsdk:"source_hash"`
}

// The values of code_type on the wire (contract 2.3).
const (
	typeInline = "inline"
	typeZip    = "zip"
	typeJar    = "jar"
	typeOBS    = "obs" // of an imported function only
)

// maxInline is the service's bound for inline code in bytes (contract 2.6).
const maxInline = 10 * 1024

var codeSources = []string{"inline", "zip_file", "jar_file", "package_file"}

func codeAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"code": codeAttribute(),
		"ignore_code_drift": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether something else deploys code to this function on purpose. Then code that was changed " +
				"outside Terraform shows in `digest` but is not repaired; code is uploaded only when the source changes. " +
				"Default: `false`: a change outside Terraform shows in the plan and apply repairs it.",
		},
		"source_hash": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "Hash of the source that was applied: of names, contents and executable bits of the files in " +
				"an archive, not of its bytes, so that an archive built again from the same files is no change. Empty after " +
				"the code was changed outside Terraform. Tie `source_hash` of an `fgs_function_version` to it.",
		},
		"digest": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "SHA-512 of the code that runs, as the service reports it: 128 hexadecimal digits. Tie " +
				"`digest` of an `fgs_function_version` to it.",
		},
		"code_size": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Size of the code that runs, in bytes.",
		},
		"code_filename": schema.StringAttribute{
			Computed: true, MarkdownDescription: "Name of the code file, as the service reports it.",
		},
		"code_type": schema.StringAttribute{
			Computed: true, MarkdownDescription: "Kind of the code that runs: `inline`, `zip`, `jar`, `obs` or " +
				"`Custom-Image-Swr`.",
		},
	}
}

func codeAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Where the code comes from: exactly one of `inline`, `zip_file`, `jar_file` and `package_file`. " +
			"Needed to create a function. Without it, the code of an existing (imported) function is left alone.",
		Attributes: map[string]schema.Attribute{
			"inline": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The code itself, up to 10 KB of text, sent byte for byte. It is stored in the state. " +
					"Usually `file(\"${path.module}/index.py\")`.",
				Validators: []validator.String{inlineSize{}},
			},
			"zip_file": filePath("Path of a zip archive with the code, up to 50 MB (9 MB when requests are signed with an " +
				"access key)."),
			"jar_file": filePath("Path of a jar with the code, with the same limits as `zip_file`."),
			"package_file": filePath("Path of a package that was exported from FunctionGraph: a zip with one YAML and one " +
				"code file. The function is created from it with the import call, and `runtime`, `handler`, `timeout` and " +
				"`memory_size` come from it unless they are configured. Everything else that the package sets is cleared " +
				"unless it is configured; the plan names it. A changed package is applied in place."),
			"filename": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Name of the code file at the service, for example `index.zip`. Default: the name of the " +
					"function, `.` and the kind of code. Another name uploads the code again.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"source_hash": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Your own marker for a change of the source, instead of the hash that the provider " +
					"computes. While it stays the same nothing is uploaded and the file need not exist, so that a drift job " +
					"needs no build artefacts.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			},
		},
	}
}

func filePath(what string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true,
		MarkdownDescription: what + " Relative to the working directory of the CLI: write `\"${path.module}/...\"`. `~` is " +
			"not expanded: use `pathexpand()`.",
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
}

// source unpacks the code attribute; ok is false when there is none or when the whole object is unknown.
func (m codeFacet) source(ctx context.Context, diags *diag.Diagnostics) (c codeModel, ok bool) {
	if !tfconv.Known(m.Code) {
		return codeModel{}, false
	}
	diags.Append(m.Code.As(ctx, &c, basetypes.ObjectAsOptions{})...)
	return c, !diags.HasError()
}

// path is the configured path and the attribute's name; empty for inline code.
func (c codeModel) path() (attribute string, value types.String) {
	for name, v := range map[string]types.String{"zip_file": c.ZipFile, "jar_file": c.JarFile, "package_file": c.PackageFile} {
		if !v.IsNull() {
			return name, v
		}
	}
	return "inline", types.StringNull()
}

// kind is the code type that the source has on the wire; "" for a package, which says so itself.
func (c codeModel) kind() string {
	switch {
	case !c.Inline.IsNull():
		return typeInline
	case !c.ZipFile.IsNull():
		return typeZip
	case !c.JarFile.IsNull():
		return typeJar
	}
	return ""
}

func (m *codeFacet) fromAPI(in *functiongraph.Function) {
	m.Digest = types.StringValue(in.Digest)
	m.CodeSize = types.Int64Value(in.CodeSize)
	m.CodeFilename = types.StringValue(in.CodeFilename)
	m.CodeType = types.StringValue(in.CodeType)
}

func (m *codeFacet) fill(read codeFacet) {
	m.SourceHash = tfconv.Filled(m.SourceHash, read.SourceHash)
	m.Digest = tfconv.Filled(m.Digest, read.Digest)
	m.CodeSize = tfconv.Filled(m.CodeSize, read.CodeSize)
	m.CodeFilename = tfconv.Filled(m.CodeFilename, read.CodeFilename)
	m.CodeType = tfconv.Filled(m.CodeType, read.CodeType)
}

// validateCode asks for exactly one source. Unknown values may turn out to be null, so they are given the benefit.
func (m codeFacet) validateCode(ctx context.Context, diags *diag.Diagnostics) {
	c, ok := m.source(ctx, diags)
	if !ok {
		return
	}
	var given []string
	unknown := false
	for i, v := range []types.String{c.Inline, c.ZipFile, c.JarFile, c.PackageFile} {
		unknown = unknown || v.IsUnknown()
		if tfconv.Known(v) {
			given = append(given, codeSources[i])
		}
	}
	switch all := strings.Join(codeSources, ", "); {
	case len(given) > 1:
		diags.AddAttributeError(path.Root("code"), "Conflicting Code Sources",
			strings.Join(given, " and ")+" are set together. Code comes from exactly one of "+all+".")
	case len(given) == 0 && !unknown:
		diags.AddAttributeError(path.Root("code"), "Missing Code Source", "Code comes from exactly one of "+all+".")
	}
}

// inlineSize bounds inline code, which must not be empty either: the service would store its own template instead.
type inlineSize struct{}

func (inlineSize) Description(context.Context) string             { return "must have 1 to 10240 bytes" }
func (v inlineSize) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (inlineSize) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !tfconv.Known(req.ConfigValue) {
		return
	}
	switch n := len(req.ConfigValue.ValueString()); {
	case n == 0:
		resp.Diagnostics.AddAttributeError(req.Path, "Empty Code",
			"inline is empty: the service would store a template of its own. Write some code.")
	case n > maxInline:
		resp.Diagnostics.AddAttributeError(req.Path, "Inline Code Too Large",
			fmt.Sprintf("inline has %d bytes; the service takes at most %d. Put the code into a zip archive and use "+
				"zip_file.", n, maxInline))
	}
}
