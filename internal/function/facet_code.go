// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	SourceDir   types.String `tfsdk:"source_dir"`
	OBSURL      types.String `tfsdk:"obs_url"`
	Image       types.String `tfsdk:"image"`
	PackageFile types.String `tfsdk:"package_file"`
	Exclude     types.List   `tfsdk:"exclude"`
	Filename    types.String `tfsdk:"filename"`
	SourceHash  types.String `tfsdk:"source_hash"`
	KMSKeyID    types.String `tfsdk:"kms_key_id"`

	StampSettings types.Bool `tfsdk:"stamp_settings"`
}

// The values of code_type on the wire (contract 2.3).
const (
	typeInline = functiongraph.CodeTypeInline
	typeZip    = functiongraph.CodeTypeZip
	typeJar    = functiongraph.CodeTypeJar
	typeOBS    = functiongraph.CodeTypeOBS
	typeImage  = functiongraph.CodeTypeImage
)

// maxInline is the service's bound for inline code in bytes (contract 2.6).
const maxInline = 10 * 1024

// sourceAttribute is one of the attributes that code comes from.
type sourceAttribute struct {
	attribute string
	codeType  string // on the wire; "" for a package, which says so itself
	value     types.String
}

// sourceAttributes are all of them, in the order of the documentation.
func (c codeModel) sourceAttributes() []sourceAttribute {
	return []sourceAttribute{
		{"inline", typeInline, c.Inline}, {"zip_file", typeZip, c.ZipFile}, {"jar_file", typeJar, c.JarFile},
		{"source_dir", typeZip, c.SourceDir}, {"obs_url", typeOBS, c.OBSURL}, {"image", typeImage, c.Image},
		{"package_file", "", c.PackageFile},
	}
}

// address is that of code that lies elsewhere; "" for other code.
func (c codeModel) address() string {
	return c.OBSURL.ValueString() + c.Image.ValueString()
}

// chosen is the source that is configured; the zero value when there is none, which validation refuses. While it cannot
// be told which of several it is, its name is empty and its value unknown.
func (c codeModel) chosen() sourceAttribute {
	var open []sourceAttribute
	for _, s := range c.sourceAttributes() {
		switch {
		case tfconv.Known(s.value):
			return s
		case s.value.IsUnknown():
			open = append(open, s)
		}
	}
	switch len(open) {
	case 0:
		return sourceAttribute{}
	case 1:
		return open[0]
	}
	return sourceAttribute{value: types.StringUnknown()}
}

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
			MarkdownDescription: "Hash of the source that was applied: of what the function sees of an archive, not of its " +
				"bytes: names, contents, and whether others than the owner may read and execute the files. An archive built " +
				"again from the same files is no change. Of `obs_url` and " +
				"`image`, the address. Your own `source_hash` in `code` takes its place. With `stamp_settings`, a hash of the " +
				"settings stands behind it. Empty after the code was changed outside Terraform. Tie `source_hash` of an " +
				"`fgs_function_version` to it.",
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
		MarkdownDescription: "Where the code comes from: exactly one of `inline`, `zip_file`, `jar_file`, `source_dir`, " +
			"`obs_url`, `image` and `package_file`. Needed to create a function. Without it, the code of an existing " +
			"(imported) function is left alone. Another source is applied in place; only a change from or to `image` replaces " +
			"the function.",
		Attributes: map[string]schema.Attribute{
			"inline": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The code itself, up to 10 KB of text, sent byte for byte. It is stored in the state. " +
					"Usually `file(\"${path.module}/index.py\")`.",
				Validators: []validator.String{inlineSize{}},
			},
			"zip_file": filePath("Path of a zip archive with the code, up to 50 MB (9 MB when requests are signed with an " +
				"access key; larger code goes through `obs_url`)."),
			"jar_file": filePath("Path of a jar with the code, with the same limits as `zip_file`."),
			"source_dir": filePath("Path of a folder with the code. The provider makes the archive, the same for the same " +
				"files: names, contents and executable files count, times and order do not. Symbolic links are followed, empty " +
				"folders left out. A file is executable if it begins with `#!` or is an ELF program, or by its mode, which " +
				"Windows does not have; where all files are executable by their mode, as on drives of Windows under WSL, modes " +
				"say nothing. Version control, what belongs to Terraform (state, saved plans, `*.tfvars`, its folders and logs), " +
				"`__pycache__` and what a file `.fgsignore` in the folder or `exclude` names stay out. The limits are those of " +
				"`zip_file`, for the archive."),
			"obs_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Address of a zip archive in OBS, up to 300 MB: " +
					"`https://BUCKET.obs.REGION.myhuaweicloud.com/KEY`, in the function's region. `agency` must be allowed to read " +
					"it if the bucket is not your own. The provider never reads the object: write `source_hash` to say that another " +
					"one is there.",
				Validators: []validator.String{objectURL{}},
			},
			"image": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Address of a container image in SWR, for example " +
					"`swr.cn-north-4.myhuaweicloud.com/shop/orders:1.2`. `runtime` is `Custom Image` and `handler` is `-` then: " +
					"leave both out. Of a function that is called by HTTP `runtime` is `http`: write that. `agency` must be allowed " +
					"to read it. An image that moved under the same tag is not seen: use another tag, or write `source_hash`.",
				Validators: []validator.String{imageAddress{}},
			},
			"package_file": filePath("Path of a package that was exported from FunctionGraph: a zip with one YAML and one " +
				"code file. The function is created from it with the import call, and `runtime`, `handler`, `timeout` and " +
				"`memory_size` come from it unless they are configured. Everything else that the package sets is cleared " +
				"unless it is configured; the plan names it. A changed package is applied in place."),
			"exclude": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "For `source_dir`: patterns of files and folders that stay out of the archive, as in a " +
					"`.dockerignore`: relative to the folder, `*` within a name, `**` over folders, `!` takes back in; the last " +
					"that matches counts. For example `[\"tests\", \"**/*.md\"]`. The lines of a file `.fgsignore` in the folder " +
					"come before.",
				Validators: []validator.List{excludePatterns{}},
			},
			"filename": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Name of the code file at the service, for example `index.zip`. Default: the name of the " +
					"function, `.` and the kind of code. A name without a path. Another name uploads the code again. Not with " +
					"`image`.",
				Validators: []validator.String{
					stringvalidator.RegexMatches(plainName, "must be a name without a path: without / and \\"), // contract F39
				},
			},
			"source_hash": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Your own marker for a change of the source, instead of the hash that the provider " +
					"computes. While it stays the same nothing is uploaded and the file need not exist, so that a drift job " +
					"needs no build artefacts. The file may also be made in the same apply: then the marker must say what it is " +
					"made from. A marker that is added to a source that did not change is only recorded. With `obs_url` and " +
					"`image`, of which the provider sees the address only, another one deploys what is there now.",
			},
			"kms_key_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Id of the KMS key with which the service encrypts the code. Another one uploads the code " +
					"again; removing it leaves the encryption to the service. Not with `image`.",
			},
			"stamp_settings": stampAttribute(),
		},
	}
}

var plainName = regexp.MustCompile(`^[^/\\]*$`)

func filePath(what string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true,
		MarkdownDescription: what + " Relative to the working directory of the CLI: write `\"${path.module}/...\"`. `~` is " +
			"not expanded: use `pathexpand()`.",
	}
}

var codeObjectType = codeAttribute().GetType()

// codeObject unpacks the code attribute; ok is false when there is none or when the whole object is unknown.
func (m codeFacet) codeObject() (c codeModel, ok bool) {
	c, ok = tfconv.Object[codeModel](m.Code)
	if ok {
		c.dropEmpty()
	}
	return c, ok
}

// dropEmpty makes null of empty texts, which mean the same. Empty code in its place alone is refused (inlineSize).
func (c *codeModel) dropEmpty() {
	for _, text := range []*types.String{
		&c.ZipFile, &c.JarFile, &c.SourceDir, &c.OBSURL, &c.Image, &c.PackageFile, &c.Filename, &c.SourceHash, &c.KMSKeyID,
	} {
		if tfconv.Blank(*text) {
			*text = types.StringNull()
		}
	}
	if !tfconv.Known(c.Inline) || c.Inline.ValueString() != "" {
		return
	}
	for _, s := range c.sourceAttributes() {
		if s.attribute != "inline" && !s.value.IsNull() {
			c.Inline = types.StringNull()
		}
	}
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
func (m codeFacet) validateCode(diags *diag.Diagnostics) {
	c, ok := m.codeObject()
	if !ok {
		return
	}
	var given, names []string
	unknown := false
	for _, s := range c.sourceAttributes() {
		names = append(names, s.attribute)
		unknown = unknown || s.value.IsUnknown()
		if tfconv.Known(s.value) {
			given = append(given, s.attribute)
		}
	}
	switch all := strings.Join(names, ", "); {
	case len(given) > 1:
		diags.AddAttributeError(path.Root("code"), "Conflicting Code Sources",
			strings.Join(given, " and ")+" are set together. Code comes from exactly one of "+all+".")
	case slices.Equal(given, []string{"inline"}) && c.Inline.ValueString() == "" && !unknown:
		diags.AddAttributeError(path.Root("code").AtName("inline"), "Empty Code",
			"inline is empty: the service would store a template of its own. Write some code.")
	case len(given) == 0 && !unknown:
		diags.AddAttributeError(path.Root("code"), "Missing Code Source", "Code comes from exactly one of "+all+".")
	case len(given) == 1 && given[0] != "source_dir" && tfconv.Known(c.Exclude) && !tfconv.Blank(c.Exclude):
		diags.AddAttributeError(path.Root("code").AtName("exclude"), "Not for This Code",
			"exclude is for source_dir. The code is "+given[0]+".")
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
	case n > maxInline:
		resp.Diagnostics.AddAttributeError(req.Path, "Inline Code Too Large",
			fmt.Sprintf("inline has %d bytes; the service takes at most %d. Put the code into a zip archive and use "+
				"zip_file.", n, maxInline))
	}
}
