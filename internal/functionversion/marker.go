// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// remarked says that another source_hash is to be recorded of a version that holds exactly this code already.
func (m model) remarked(prior model) bool {
	return tfconv.Known(m.SourceHash) && tfconv.Known(prior.SourceHash) && !m.SourceHash.Equal(prior.SourceHash)
}

// checkSettings refuses a source_hash that changed for something else than the code: a marker with the settings in it,
// by which they are meant to be released. Recorded without a word, the old settings would serve for ever. It takes two
// reads; where both are the same, the marker has only another spelling.
func (r *Resource) checkSettings(ctx context.Context, prior model, timeout time.Duration, diags *diag.Diagnostics) {
	client := r.Connection.Ready()
	urn, err := versionURN(prior.ID.ValueString())
	if client == nil || err != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	function, err := client.Function(ctx, urn.Function(), functiongraph.NeedSettings)
	var published *functiongraph.Function
	if err == nil {
		published, err = client.Function(ctx, urn, functiongraph.NeedSettings)
	}
	const summary = "Unable to Publish Function Version"
	if err != nil {
		diags.AddAttributeError(path.Root("source_hash"), summary, diagnose.Detail(fmt.Sprintf(
			"source_hash changed, and the code did not. Whether %s has the settings of the function could not be found out.",
			urn), err))
		return
	}
	if differ := differences(function, published); len(differ) > 0 {
		diags.AddAttributeError(path.Root("source_hash"), summary, fmt.Sprintf(
			"source_hash changed, and the code did not: %s holds exactly this code with other settings: %s. %s Nothing was "+
				"published.",
			urn, strings.Join(differ, ", "), releaseSettings))
	}
}
