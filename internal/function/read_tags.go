// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// refreshTags takes over the present values of the managed tags; of an import, all tags.
//
// A refresh of many functions reads one list in the place of a request for each. Nobody documents how fresh that list
// is, so it is only believed where it says what the state says: then nothing is to be done, whoever is right. Whatever
// else it says, the function itself is asked.
func (r *Resource) refreshTags(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN, state *model,
	imported bool, diags *diag.Diagnostics,
) error {
	if !imported {
		listed, err := r.Connection.ListedTags(ctx, urn, false)
		if err == nil && state.tagsAsReported(listed) {
			return nil
		}
	}
	tags, err := client.Tags(ctx, urn)
	if functiongraph.HasCode(err, functiongraph.CodeUnknownPath) { // not in every region (contract O29)
		var unlisted error
		if tags, unlisted = r.Connection.ListedTags(ctx, urn, true); unlisted != nil {
			r.warnUnreadTags(diags)
			return nil //nolint:nilerr // what the region does not have is no failure
		}
		err = nil
	}
	switch {
	case functiongraph.IsNotFound(err): // the function was there a moment ago: not a reason to forget it
		return fmt.Errorf("the function was read, but its tags were not found: %s", err) //nolint:errorlint // see above
	case err != nil:
		return err
	case imported:
		state.adoptTags(tags, r.Connection.DefaultTags)
	default:
		state.tagsFacet.fromAPI(tags)
	}
	return nil
}

// tagsAsReported says that the reported tags have the managed ones, with the values of the state.
func (m tagsFacet) tagsAsReported(reported map[string]string) bool {
	now := m
	now.fromAPI(reported)
	return maps.Equal(tfconv.Strings(now.TagsAll), tfconv.Strings(m.TagsAll)) &&
		maps.Equal(tfconv.Strings(now.Tags), tfconv.Strings(m.Tags))
}

// warnUnreadTags says once in a run what is true of the whole region. The state keeps what was written last.
func (r *Resource) warnUnreadTags(diags *diag.Diagnostics) {
	if r.Connection.First("tags cannot be read") {
		diags.AddWarning("Tags Cannot Be Read",
			"The region offers no call that reads the tags of a function, and its list of all functions with their tags could "+
				"not be used. The state keeps the tags that Terraform wrote last, and an import takes none over: a change that "+
				"somebody else made to a tag does not show.")
	}
}
