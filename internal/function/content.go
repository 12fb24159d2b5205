// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// ContentModel is the attribute code of another resource that is made of an archive. Its attributes have the names,
// the rules and the hashes of a function's code.
type ContentModel struct {
	ZipFile    types.String `tfsdk:"zip_file"`
	SourceDir  types.String `tfsdk:"source_dir"`
	OBSURL     types.String `tfsdk:"obs_url"`
	Exclude    types.List   `tfsdk:"exclude"`
	SourceHash types.String `tfsdk:"source_hash"`
}

// ContentAttributes are the attributes of ContentModel.
func ContentAttributes() map[string]schema.Attribute {
	all, out := codeAttribute().Attributes, map[string]schema.Attribute{}
	for _, name := range []string{"zip_file", "source_dir", "obs_url", "exclude", "source_hash"} {
		out[name] = all[name]
	}
	return out
}

// KnownRuntime warns about a runtime that is not in the list of contract 2.5.
func KnownRuntime() validator.String { return knownRuntime{} }

func (m ContentModel) code() codeModel {
	return codeModel{
		ZipFile: m.ZipFile, SourceDir: m.SourceDir, OBSURL: m.OBSURL, Exclude: m.Exclude, SourceHash: m.SourceHash,
	}
}

// WithoutEmpty is the same with null in the place of empty texts, as a function's code takes them.
func (m ContentModel) WithoutEmpty() ContentModel {
	c := m.code()
	c.dropEmpty()
	return ContentModel{c.ZipFile, c.SourceDir, c.OBSURL, c.Exclude, c.SourceHash}
}

// Attribute is the one that the content comes from; "" if there is none.
func (m ContentModel) Attribute() string { return m.code().chosen().attribute }

// Names are the files of the archive or the folder, as they are in the archive; nil for an object in OBS, and while
// they are not known.
func (m ContentModel) Names() ([]string, error) {
	patterns, known := m.code().patterns()
	switch chosen := m.code().chosen(); {
	case chosen.value.IsUnknown() || !known:
	case chosen.attribute == "zip_file":
		return codepack.ArchiveNames(chosen.value.ValueString())
	case chosen.attribute == "source_dir":
		return codepack.FolderNames(chosen.value.ValueString(), patterns)
	}
	return nil, nil
}

// Inspect reads the content, as it is done for a function's code. It never fails: see Content.Failed.
func (m ContentModel) Inspect() Content { return Content{m.code().inspect(stamp{})} }

// Content is a ContentModel after a look at it.
type Content struct{ source source }

// Hash is H of internal/architecture.md; "" while it cannot be known.
func (c Content) Hash() string { return c.source.hash() }

// Scan is what is known of the bytes; nil if they are not at hand.
func (c Content) Scan() *codepack.Scan { return c.source.scan }

// Blob is what is sent; nil for an object in OBS.
func (c Content) Blob() *functiongraph.Blob {
	if c.source.scan == nil {
		return nil
	}
	return c.source.blob(*c.source.scan)
}

// URL is the address of an object in OBS; "" for other content.
func (c Content) URL() string { return c.source.reference }

// At is the path of the attribute that the content stands in.
func (c Content) At() path.Path { return c.source.at() }

// Name is how messages call the content.
func (c Content) Name() string { return c.source.name() }

// Failed says that the bytes are not at hand though their place is known; Missing, that there is no such file.
func (c Content) Failed() bool { return c.source.err != nil }

// Missing says that there is no such file or folder.
func (c Content) Missing() bool { return c.source.missing() }

// Fail says what is wrong with the content, as an error.
func (c Content) Fail(diags *diag.Diagnostics) { c.source.fail(diags) }

// Explain is what Fail says.
func (c Content) Explain() (summary, detail string) { return c.source.explain() }

// Confirm lets nothing through that was not planned: the content must be the one whose hash the plan has.
func (c Content) Confirm(planned types.String, diags *diag.Diagnostics) bool {
	return c.source.confirm(codeFacet{SourceHash: planned}, diags)
}

// WarnRegion says that the bucket is in another region than the one that the service is in.
func (c Content) WarnRegion(region string, diags *diag.Diagnostics) {
	if c.source.reference != "" {
		warnRegion(c.source.reference, region, diags)
	}
}
