// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

const (
	maxName        = 96 // contract 3.22
	maxDescription = 512
	imageRuntime   = "Custom Image" // has no dependencies (contract 3.22)
)

var namePattern = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_.-]*[A-Za-z0-9])?$`) // contract 3.22

// Schema describes the resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A version of a dependency: libraries that are kept apart from the code and shared by " +
			"functions. Nothing of a version ever changes, so that other content, also another description, makes the next " +
			"version in its place.",
		Attributes: attributes(),
		Blocks:     base.Timeouts(ctx, "creating", "", "deleting"),
	}
}

func attributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Name of the dependency: 1 to 96 letters, digits, `_`, `.` and `-`, beginning with a letter " +
				"and ending with a letter or digit. Under a name that there is already, this is its next version. Another name " +
				"replaces it.",
			Validators: []validator.String{
				stringvalidator.LengthAtMost(maxName), // the pattern refuses an empty one
				stringvalidator.RegexMatches(namePattern,
					"must consist of letters, digits, '_', '.' and '-', begin with a letter and end with a letter or digit"),
			},
		},
		"runtime": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Runtime that it is made for, for example `Python3.9`; not `Custom Image`. Another one " +
				"replaces it, and needs another name where the service keeps one runtime for each name.",
			Validators: []validator.String{
				stringvalidator.LengthAtLeast(1), stringvalidator.NoneOf(imageRuntime), function.KnownRuntime(),
			},
		},
		"description": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Description, up to 512 characters. Another one makes a version anew, and so does removing " +
				"it; leaving it out and `\"\"` mean the same.",
			Validators: []validator.String{stringvalidator.UTF8LengthAtMost(maxDescription)},
		},
		"code": codeAttribute(),
		"source_hash": base.Computed("Hash of the content that was sent: of names, contents and executable bits of its " +
			"files, not of the archive's bytes, so that an archive built again from the same files is no change; of " +
			"`obs_url`, the address. Your own `source_hash` in `code` takes its place."),
		"retain_on_destroy": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Whether the version stays at the service when this resource is destroyed or replaced. " +
				"Default: `false`: it is deleted, which the service refuses while a function, or a published version of one, " +
				"uses it. With `true` functions go from the old version to the new one by one call. What counts is the value of " +
				"the last apply.",
		},
		"prune":         pruneAttribute(),
		"id":            base.Computed("Id of the version: what `dependency_version_ids` of a function takes."),
		"dependency_id": base.Computed("Id of the dependency, of which this is a version. Functions do not take it."),
		"version": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Number of the version. The first of a name is 1.",
		},
		"etag": base.Computed("What the service says of the bytes: their MD5, or a mark of its own that ends in " +
			"`-` and a number."),
		"size":          schema.Int64Attribute{Computed: true, MarkdownDescription: "Size of the archive in bytes."},
		"owner":         base.Computed("Account that it belongs to."),
		"last_modified": base.Computed("When it was made, as the service writes it."),
	}
}

func codeAttribute() schema.SingleNestedAttribute {
	of := function.ContentAttributes()
	describe := func(name, text string) {
		if attribute, ok := of[name].(schema.StringAttribute); ok {
			attribute.MarkdownDescription = text
			of[name] = attribute
		}
	}
	describe("zip_file", "Path of a zip archive, up to 40 MB (9 MB when requests are signed with an access key; larger "+
		"ones go through `obs_url`), with at most 30,000 files, of which no name ends in `~`. Relative to the working "+
		"directory of the CLI: write `\"${path.module}/...\"`. `~` is not expanded: use `pathexpand()`.")
	describe("obs_url", "Address of a zip archive in OBS, up to 300 MB: "+
		"`https://BUCKET.obs.REGION.myhuaweicloud.com/KEY`, in the region of the provider. The service copies it once. The "+
		"provider never reads the object: write `source_hash` to say that another one is there. One object cannot make two "+
		"dependencies.")
	describe("source_hash", "Your own marker for a change of the content, instead of the hash that the provider "+
		"computes. While it stays the same there is no new version, and the file need not exist. With `obs_url`, of which "+
		"the provider sees the address only, another one makes a version of what is there now.")
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Where the content comes from: exactly one of `zip_file`, `source_dir` and `obs_url`, which " +
			"mean what they mean for a function's code. Other content makes the next version; the same content elsewhere does " +
			"not. Content that no plan can know, since it is built in the same apply, is planned in place: if it is other, " +
			"the next version is made then, and the old one stays where it is still used. Only a version that was imported " +
			"goes without `code`: it stays as it is.",
		Attributes: of,
	}
}

func pruneAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "Deletes old versions of the dependency after a new one was made. Those that a function or a " +
			"published version of one uses stay, as the one that this version takes the place of does until the next time. " +
			"The plan names what would go. Versions that another configuration manages count like any other.",
		Attributes: map[string]schema.Attribute{
			"keep": schema.Int64Attribute{
				Required: true, MarkdownDescription: "How many of the newest versions stay, the new one included: from 1.",
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
		},
	}
}
