// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// applyDependencies sends the list, unless an upload of code has carried it along: with the code where the very bytes
// that run are at hand, which is what the documents ask for; else without (contract 3.6).
func (u *update) applyDependencies(ctx context.Context, prior model, diags *diag.Diagnostics) error {
	if !u.plan.dependenciesFacet.differs(u.done.dependenciesFacet) {
		return nil
	}
	ids := u.plan.dependenciesFacet.toAPI(prior.dependenciesFacet)
	if u.same != nil && u.same.fits(u.client) {
		return u.sendAgain(ctx, *u.same, prior, ids, diags)
	}
	url, codeType := "", u.plan.CodeType.ValueString()
	if configured, ok := u.plan.codeObject(); ok {
		url = configured.OBSURL.ValueString()
	}
	if codeType == typeOBS && url == "" { // an update has to name the address again
		got, err := u.client.Function(ctx, u.urn)
		if err != nil {
			return err
		}
		url = got.CodeURL
	}
	result, err := u.client.UpdateCode(ctx, u.urn, withoutCode(codeType, u.plan.CodeFilename.ValueString(), url, ids))
	if err != nil {
		return err
	}
	u.called, u.done.dependenciesFacet = true, u.plan.dependenciesFacet
	switch codeType {
	case typeInline, typeZip, typeJar:
		return u.checkCodeStays(ctx, result)
	}
	// Naming the address again may deploy what lies there now: that is no drift.
	if last := lastUpload(ctx, u.out.private, codeFacet{}, diags); codeType == typeOBS && result.Digest != "" &&
		last != nil {
		last.Digest = result.Digest
		rememberUpload(ctx, u.out.private, *last, diags)
	}
	return nil
}

// sendAgain sends the dependencies with the code that is there already.
func (u *update) sendAgain(ctx context.Context, src source, prior model, ids []string, diags *diag.Diagnostics) error {
	was, _ := prior.codeObject()
	code := src.with(ids, u.urn.Name, u.plan.CodeFilename.ValueString(), was.KMSKeyID.ValueString())
	result, err := u.client.UpdateCode(ctx, u.urn, code)
	if err != nil {
		return err
	}
	u.called, u.done.dependenciesFacet = true, u.plan.dependenciesFacet
	if result.Digest != "" { // of inline code it may be that of an archive which the service makes of it (contract 2.7)
		rememberUpload(ctx, u.out.private, src.asUpload(result.Digest), diags)
	}
	return nil
}

// with is an update that sends the dependencies with the code that is there already, under its name and key.
func (s source) with(ids []string, function, present, key string) functiongraph.Code {
	code := s.toAPI(function, present, key)
	code.Filename, code.DependVersionIDs = cmp.Or(code.Filename, present), ids
	return code
}

// checkCodeStays ends an apply after which other code runs than before: the service may put a template of its own in
// the place of code that does not come along. What runs now goes into the state as a change outside Terraform, which
// the next plan repairs.
//
// Only for Q44 (code-omitted): what PUT code does without func_code.
func (u *update) checkCodeStays(ctx context.Context, result *functiongraph.UpdatedCode) error {
	before, now := u.done.Digest.ValueString(), result.Digest
	if now == "" {
		got, err := u.client.ReadBack(ctx, u.urn)
		if err != nil {
			return err
		}
		now, u.got = got.Digest, got
	}
	if now == before || now == "" {
		return nil
	}
	u.done.tookUpload(result)
	u.done.Digest, u.done.SourceHash = types.StringValue(now), types.StringNull()
	return fmt.Errorf("other code runs than before: %w", codeReplacedError{before, now})
}

// codeReplacedError is other code after a change of the dependencies alone.
type codeReplacedError struct{ before, now string }

func (e codeReplacedError) Error() string {
	return fmt.Sprintf("the dependencies were sent without the code, whose source is not at hand, and the digest was %s "+
		"and is %s now. Either the service has put a template of its own in the place of the code, or somebody has "+
		"deployed other code since the plan. Apply again with the source at hand: where code is configured, the next plan "+
		"shows and repairs it; else whatever deploys the code has to deploy it again", e.before, e.now)
}

// holdsWhatRuns says that the bytes at hand are those that run. Of an archive the digest says so; of inline code the
// service may report that of an archive which it makes of the text (contract 2.7), but the content hash counts each
// byte.
func (s situation) holdsWhatRuns() bool {
	if s.digest == "" || s.drifted() || s.kind != s.state.reportedAs {
		return false
	}
	return s.digest == s.state.digest || s.kind == typeInline && !s.marked && s.sameSource()
}

// fits says that an update can carry the code.
func (s source) fits(client *functiongraph.Client) bool {
	return s.scan != nil && s.scan.Size <= codepack.MaxArchiveSize &&
		(!client.Signs() || base64.StdEncoding.EncodedLen(int(s.scan.Size)) <= functiongraph.MaxSignedBody)
}
