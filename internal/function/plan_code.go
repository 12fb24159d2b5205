// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

// summaryDrift is constant, so that the CLI folds the warnings of many functions.
const summaryDrift = "Code Changed Outside Terraform"

// planCode plans the code of an existing function and says what apply will do about it.
func (r *Resource) planCode(ctx context.Context, config model, plan, prior *model, private base.PrivateState,
	diags *diag.Diagnostics,
) codeAction {
	plan.codeFacet.keepReported(prior.codeFacet)
	if config.Code.IsNull() { // no longer managed, or never was
		if plan.SourceHash = types.StringNull(); recallMoved(ctx, private, diags).Unread {
			plan.codeFacet.leaveOpen(plan.SourceHash)
		}
		return keepCode
	}
	config.validateStamp(diags)
	code, known := config.codeObject()
	if !known || diags.HasError() {
		plan.codeFacet.leaveOpen(types.StringUnknown())
		return deferCode
	}
	src := code.inspectOnce(ctx, config.stampWithin(ctx, private, *prior, diags))
	s := situationOf(ctx, src, plan.codeFacet, *prior, private, diags)
	d := s.decide()
	plan.settleImage(prior, s, d)
	if src.err != nil && !src.missing() && d.action != keepCode {
		src.fail(diags)
	}
	if src.codeType == typeImage {
		plan.coreFacet.fromImage()
	}
	if src.pkg != nil {
		plan.coreFacet.fromPackage(config.coreFacet, src.pkg)
		if d.action != keepCode {
			src.warnBeyond(config, diags)
		}
	}
	plan.codeFacet.promise(s, d)
	if d.action == uploadCode || d.action == deferCode && src.known() {
		src.warnUpload(r.Connection.Ready(), prior.Region.ValueString(), false, diags)
	}
	if d.action == keepCode && code.differsInPathOnly(prior.codeFacet) {
		plan.Code = prior.Code // an absolute path of another machine must not be a change
	}
	if src.missing() && d.action == deferCode {
		_, detail := src.explain()
		diags.AddAttributeWarning(src.at(), summaryMissing, detail+" The code has to be uploaded, since its source_hash or "+
			"the way it is given changed, or somebody changed the code outside Terraform: apply needs the file.")
	}
	if src.missing() && d.action == keepCode && src.hash() == "" {
		_, detail := src.explain()
		diags.AddAttributeWarning(src.at(), summaryMissing,
			detail+" The code was not compared and stays as it is. "+adviceMissing)
	}
	switch overwrites := d.action == uploadCode || d.action == deferCode; {
	case d.drifted && overwrites && s.lastUpload == nil:
		warnMovedDrift(src, *prior, diags)
	case d.drifted && overwrites:
		warnDrift(src, s, *prior, diags)
	}
	return d.action
}

// keepReported starts from what is there.
func (m *codeFacet) keepReported(prior codeFacet) {
	m.SourceHash, m.Digest, m.CodeSize = prior.SourceHash, prior.Digest, prior.CodeSize
	m.CodeFilename, m.CodeType = prior.CodeFilename, prior.CodeType
}

// leaveOpen leaves everything that an upload may change to the apply; the hash may be known all the same.
func (m *codeFacet) leaveOpen(hash types.String) {
	m.SourceHash = hash
	m.Digest, m.CodeSize = types.StringUnknown(), types.Int64Unknown()
	m.CodeFilename, m.CodeType = types.StringUnknown(), types.StringUnknown()
}

// promise writes the decision into the plan.
func (m *codeFacet) promise(s situation, d codeDecision) {
	switch d.action {
	case keepCode:
	case recordCode, acceptCode, renameCode:
		m.SourceHash = types.StringValue(s.hash)
	case deferCode:
		m.leaveOpen(textOrUnknown(s.hash))
	case uploadCode:
		// Type and name stay what they are if the same kind of source goes up under the same name.
		reportedAs, namedAs, digest, size := m.CodeType, m.CodeFilename, m.Digest, m.CodeSize
		m.leaveOpen(types.StringValue(s.hash))
		if s.kind == s.state.reportedAs {
			m.CodeType = reportedAs
		}
		if s.kind == s.state.kind && s.filename == s.state.filename && s.address == s.state.address && !d.drifted {
			m.CodeFilename = namedAs
		}
		if s.kind == typeImage && s.state.kind == typeImage && digest.ValueString() == "" { // images have none here
			m.Digest, m.CodeSize, m.CodeFilename = digest, size, namedAs
		}
		// that name it has then (contract 2.8)
		if s.filename != "" || s.sendsAs != "" && s.kind != typeInline && s.kind != typeOBS {
			m.CodeFilename = types.StringValue(s.sendsAs)
		}
		if d.repair {
			m.Digest, m.CodeSize = types.StringValue(s.digest), types.Int64Value(s.size)
		}
	}
}

// differsInPathOnly says that the same attribute names another path, and nothing else changed.
func (c codeModel) differsInPathOnly(prior codeFacet) bool {
	old, ok := prior.codeObject()
	if !ok {
		return false
	}
	return c.chosen().attribute == old.chosen().attribute && c.Inline.Equal(old.Inline) &&
		c.Filename.Equal(old.Filename) &&
		c.SourceHash.Equal(old.SourceHash) && c.KMSKeyID.Equal(old.KMSKeyID) &&
		c.StampSettings.Equal(old.StampSettings)
}

// warnMovedDrift is warnDrift for code that another provider deployed.
func warnMovedDrift(src source, prior model, diags *diag.Diagnostics) {
	doubt := ""
	if src.codeType == typeInline { // contract 2.7: either
		doubt = " Of inline code some regions take the digest over an archive that they make of it; there this says " +
			"nothing, and one upload settles it."
	}
	diags.AddAttributeWarning(path.Root("code"), summaryDrift, fmt.Sprintf(
		"The provider that %s was moved from last deployed %s as it is now, and something else runs: the code was changed "+
			"outside Terraform since (last modified %s).%s\n\nDigest:  %s\nExpected: %s\n\nApply uploads it. To accept such "+
			"changes, set ignore_code_drift.",
		prior.Name.ValueString(), src.name(), prior.LastModified.ValueString(), doubt, prior.Digest.ValueString(),
		src.scan.Digest))
}

// warnDrift says why code goes up although nobody changed the configuration: no one reads that in a digest.
func warnDrift(src source, s situation, prior model, diags *diag.Diagnostics) {
	accept := " To accept such changes, set ignore_code_drift."
	if s.ignoreDrift {
		accept = " The source changed, and ignore_code_drift does not keep it from being deployed."
	}
	what, is, expected := "Digest:  ", s.state.digest, s.lastUpload.Digest
	switch {
	case s.lastUpload.Type == typeImage:
		what, is, expected = "Image:   ", s.state.running.Image, s.lastUpload.Reference
	case is == expected:
		what, is, expected = "Address: ", s.state.running.URL, s.lastUpload.Reference
	}
	verb := "uploads"
	if s.refers {
		verb = "deploys"
	}
	diags.AddAttributeWarning(path.Root("code"), summaryDrift,
		fmt.Sprintf("The code of %s was changed outside Terraform (last modified %s).\n\n%s %s\nExpected: %s\n\nApply %s "+
			"%s.%s",
			prior.Name.ValueString(), prior.LastModified.ValueString(), what, orNone(is), orNone(expected), verb, src.name(),
			accept))
}

func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}

// settleImage says which image the settings carry: the configured one only if it is to be deployed, else the one that
// runs. A change of other settings must not undo a drift that is ignored.
func (m *model) settleImage(prior *model, s situation, d codeDecision) {
	if s.kind != typeImage {
		return
	}
	prior.image = types.StringValue(s.state.running.Image)
	if d.action != uploadCode && d.action != deferCode {
		m.image = prior.image
	}
}
