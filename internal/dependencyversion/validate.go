// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"fmt"
	"path"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	tfpath "github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// The bounds of an upload (contract 2.6).
const (
	maxFiles   = 30_000
	maxSize    = 40 << 20
	largeSize  = 10 << 20 // what the console and one of the documents take
	mb         = 1 << 20
	badContent = "Invalid Code File" // as a function's code says it
)

// ValidateConfig asks for exactly one source. Unknown values may turn out to be null, so they are given the benefit.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	op := r.Begin(base.Validating, &resp.Diagnostics)
	defer op.End(ctx)
	config := record().From(req.Config.Raw, op.Diags)
	if content, ok := config.content(); ok && !op.Failed() {
		validateSource(content, op.Diags)
	}
}

func validateSource(c function.ContentModel, diags *diag.Diagnostics) {
	const all = "zip_file, source_dir, obs_url"
	var given []string
	unknown := false
	for _, source := range []struct {
		name  string
		value types.String
	}{{"zip_file", c.ZipFile}, {"source_dir", c.SourceDir}, {"obs_url", c.OBSURL}} {
		unknown = unknown || source.value.IsUnknown()
		if tfconv.Known(source.value) {
			given = append(given, source.name)
		}
	}
	at := tfpath.Root("code")
	switch {
	case len(given) > 1:
		diags.AddAttributeError(at, "Conflicting Code Sources",
			strings.Join(given, " and ")+" are set together. The content comes from exactly one of "+all+".")
	case len(given) == 0 && !unknown:
		diags.AddAttributeError(at, "Missing Code Source", "The content comes from exactly one of "+all+".")
	case len(given) == 1 && given[0] != "source_dir" && tfconv.Known(c.Exclude) && !tfconv.Blank(c.Exclude):
		diags.AddAttributeError(at.AtName("exclude"), "Not for This Code",
			"exclude is for source_dir. The content is "+given[0]+".")
	}
}

// checkContent applies what the service demands of an archive (contract 2.6).
func checkContent(m function.ContentModel, c function.Content, client *functiongraph.Client, diags *diag.Diagnostics) {
	if client != nil {
		c.WarnRegion(client.Region(), diags)
	}
	scan := c.Scan()
	if scan == nil {
		return
	}
	names, err := m.Names()
	switch {
	case err != nil: // the file changed since it was looked at
		diags.AddAttributeError(c.At(), badContent, c.Name()+": "+err.Error()+".")
	case scan.Size > maxSize:
		diags.AddAttributeError(c.At(), badContent, fmt.Sprintf("%s makes an archive of %d bytes. A dependency takes at "+
			"most %d (40 MB). A larger one, up to 300 MB, goes through OBS: obs_url.", c.Name(), scan.Size, maxSize))
	case len(names) > maxFiles:
		diags.AddAttributeError(c.At(), badContent,
			fmt.Sprintf("%s has %d files. A dependency has at most %d.", c.Name(), len(names), maxFiles))
	default:
		checkNames(names, c, diags)
		warnSize(scan.Size, c, client, diags)
	}
}

func checkNames(names []string, c function.Content, diags *diag.Diagnostics) {
	for _, name := range names {
		if strings.HasSuffix(path.Base(name), "~") {
			diags.AddAttributeError(c.At(), badContent, fmt.Sprintf("%s has the file %q. The service takes no file whose name "+
				"ends in \"~\": remove it; exclude keeps it out of source_dir.", c.Name(), name))
			return
		}
	}
}

// warnSize says what the gateway or the service may refuse: in Base64, content grows by a third.
func warnSize(size int64, c function.Content, client *functiongraph.Client, diags *diag.Diagnostics) {
	body := (size + 2) / 3 * 4
	switch {
	case client != nil && client.Signs() && body > functiongraph.MaxSignedBody:
		diags.AddAttributeWarning(c.At(), "Code Too Large for a Signed Request", fmt.Sprintf(
			"%s has %d MB, which makes a request of %d MB. The gateway takes %d MB of a request that is signed with an access "+
				"key: about 9 MB of content. Put it into OBS and use obs_url, or configure the provider with a token "+
				"(HW_AUTH_TOKEN).",
			c.Name(), size/mb, body/mb, functiongraph.MaxSignedBody/mb))
	case size > largeSize:
		diags.AddAttributeWarning(c.At(), "Large Dependency", fmt.Sprintf(
			"%s has %d MB. The documents of the service differ: by some a dependency in a request has at most 40 MB, by "+
				"others 10. If the region refuses it, put it into OBS and use obs_url.", c.Name(), size/mb))
	}
}
