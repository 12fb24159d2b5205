// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// tagsFacet holds the tags. The managed keys are those of tags_all in the state; others on the function belong to
// somebody else and are never read, shown or touched.
type tagsFacet struct {
	Tags    types.Map `tfsdk:"tags"`
	TagsAll types.Map `tfsdk:"tags_all"`
}

const maxTags = 20 // contract 2.6

func tagsAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"tags": schema.MapAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Tags of the function, up to 20 with those of the provider's `default_tags`; a tag here wins " +
				"over a default one of the same key. Keys have 1 to 128 characters, and do not begin with `_sys_`; values have " +
				"up to 255. An element that is null is left out. Tags that others put on " +
				"the function stay untouched.",
			Validators: TagRules(),
		},
		"tags_all": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "`tags` together with the provider's `default_tags`: the tags that Terraform manages.",
		},
	}
}

// TagRules are what tags have to be, those of a function as those of the provider.
func TagRules() []validator.Map {
	return []validator.Map{
		entriesAtMost{maxTags},
		mapvalidator.KeysAre(stringvalidator.UTF8LengthBetween(1, 128), ownTag{}),
		mapvalidator.ValueStringsAre(stringvalidator.UTF8LengthAtMost(255)),
	}
}

// systemTag begins the keys of tags that the service itself sets (contract 3.17).
const systemTag = "_sys_"

// ownTag refuses the key of a tag of the service. The call that writes it comes after the creation, which would be
// tainted.
type ownTag struct{}

func (ownTag) Description(context.Context) string             { return "must not begin with " + systemTag }
func (v ownTag) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (ownTag) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if key := req.ConfigValue.ValueString(); strings.HasPrefix(strings.ToLower(key), systemTag) {
		resp.Diagnostics.AddAttributeError(req.Path, "Tag of the Service",
			fmt.Sprintf("%q begins with %s: such tags are the service's own, and cannot be written.", key, systemTag))
	}
}

// plan sets tags_all to the defaults with the tags over them; unknown if either is.
func (m *tagsFacet) plan(c *connection.Connection, diags *diag.Diagnostics) {
	if c != nil && c.DefaultTagsUnknown || !tfconv.FullyKnown(m.Tags) {
		m.TagsAll = types.MapUnknown(types.StringType)
		return
	}
	all := map[string]string{}
	if c != nil {
		maps.Copy(all, c.DefaultTags)
	}
	maps.Copy(all, tfconv.Strings(m.Tags))
	if len(all) > maxTags {
		diags.AddAttributeError(path.Root("tags"), "Too Many Tags",
			fmt.Sprintf("A function has at most %d tags; these are %d, together with the provider's default_tags.", maxTags,
				len(all)))
	}
	m.TagsAll = someTags(all)
}

// someTags is null rather than an empty map: most functions have no tags, and nothing should be shown of them.
func someTags(tags map[string]string) types.Map {
	if len(tags) == 0 {
		return types.MapNull(types.StringType)
	}
	return tfconv.StringMap(tags)
}

// managesTags says that there is a key to read or to write.
func (m tagsFacet) managesTags() bool {
	return len(m.TagsAll.Elements()) > 0
}

// fromAPI takes over the present values of the managed keys.
func (m *tagsFacet) fromAPI(reported map[string]string) {
	m.Tags = present(m.Tags, reported)
	m.TagsAll = present(m.TagsAll, reported)
}

func present(managed types.Map, reported map[string]string) types.Map {
	if !tfconv.Known(managed) {
		return types.MapNull(types.StringType)
	}
	found, all := map[string]string{}, tfconv.Strings(managed)
	for key := range all {
		if value, ok := reported[key]; ok {
			found[key] = value
		}
	}
	if maps.Equal(found, all) { // also with elements that are null
		return managed
	}
	return tfconv.StringMap(found)
}

// adoptTags takes over all reported tags, for an import: tags are those that are not already default tags.
func (m *tagsFacet) adoptTags(reported, defaults map[string]string) {
	own := map[string]string{}
	for key, value := range reported {
		if d, ok := defaults[key]; !ok || d != value {
			own[key] = value
		}
	}
	m.TagsAll, m.Tags = someTags(reported), someTags(own)
}

// differs says that a tag has to be written or removed.
func (m tagsFacet) differs(current tagsFacet) bool {
	return !maps.Equal(tfconv.Strings(m.TagsAll), tfconv.Strings(current.TagsAll))
}

// apply writes the difference to what the state knows, and nothing else: keys that are in neither stay.
func (m tagsFacet) apply(
	ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, current tagsFacet,
) error {
	want, have := tfconv.Strings(m.TagsAll), tfconv.Strings(current.TagsAll)
	set, gone := map[string]string{}, map[string]string{}
	for key, value := range want {
		if old, ok := have[key]; !ok || old != value {
			set[key] = value
		}
	}
	for key, value := range have {
		if _, ok := want[key]; !ok {
			gone[key] = value
		}
	}
	if len(gone) > 0 {
		if err := client.DeleteTags(ctx, urn, gone); err != nil {
			return err
		}
	}
	if len(set) > 0 {
		return client.CreateTags(ctx, urn, set)
	}
	return nil
}
