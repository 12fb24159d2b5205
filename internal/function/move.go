// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"io"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// typeOfOTC is the one old type with a schema of its own; the others are those of the huaweicloud provider, of the
// years from 2021 on.
const typeOfOTC = "opentelekomcloud_fgs_function_v2"

var oldTypes = base.OldTypes{
	"huaweicloud_fgs_function", "huaweicloud_fgs_function_v2", "sbercloud_fgs_function", "flexibleengine_fgs_function",
	"g42cloud_fgs_function", "hcs_fgs_function", typeOfOTC,
}

// MoveState takes over the state of a function of another provider. All that no answer tells comes along: the encrypted
// variables, which tags are managed, and what code was deployed. What an answer tells comes too, for a plan without a
// refresh; all that is known of the code that runs is left to the read.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeFunction)
}

func takeFunction(
	ctx context.Context, op *base.Operation, from string, old base.OldState, resp *resource.MoveStateResponse,
) {
	urn := base.ParseID(op, types.StringValue(old.Text("id")), functiongraph.ParseURN).Function() // it ends in :latest
	if op.Failed() {
		return
	}
	var m model
	m.placeFacet.fromAPI(urn)
	in := oldFunction(old)
	m.settingsFacets.fromAPI(&in, urn)
	m.instancesFacet.fromAPI(&in)
	if m.MaxInstanceNum.IsNull() {
		m.Enabled = types.BoolNull()
	}
	m.Type = tfconv.Text(&in.Type, types.StringNull())
	m.Tags = someTags(old.Map("tags"))
	m.TagsAll = m.Tags
	m.Timeouts = base.OldTimeouts(old, "create", "update", "delete")
	if variables := oldVariables(from, old); len(variables) > 0 {
		m.EncryptedUserData = tfconv.StringMap(variables)
		names := namesOf(variables)
		base.Remember(ctx, resp.TargetPrivate, keyReadBack, readBack{Encrypted: &names}, op.Diags)
	}
	base.Remember(ctx, resp.TargetPrivate, keyMoved, moved{Unread: true, Code: oldCode(old)}, op.Diags)
	op.Add(m.set(&resp.TargetState.Raw))
}

// moved is what is remembered of a state that was moved here. It lives in the private state.
type moved struct {
	// Unread says that no read has completed the state yet.
	Unread bool `json:"unread,omitempty"`
	// Code is the SHA-1 of the bytes that the other provider uploaded last, in hexadecimal digits, while Terraform has not
	// looked at code of this provider's configuration: it tells a change outside Terraform from a new release.
	Code string `json:"code,omitempty"`
}

func recallMoved(ctx context.Context, from base.PrivateState, diags *diag.Diagnostics) (m moved) {
	base.Recall(ctx, from, keyMoved, &m, diags)
	return m
}

var hexSHA1 = regexp.MustCompile(`^[0-9a-f]{40}$`)

// oldCode is the SHA-1 of what the other provider uploaded; "" where it does not say: after an import, and of code that
// lies elsewhere.
func oldCode(old base.OldState) string {
	if sum := old.Text("func_code"); hexSHA1.MatchString(sum) {
		return sum
	}
	return ""
}

// oldVariables are the encrypted variables, as they were configured. The provider of OpenTelekomCloud has them as the
// service answers, masked: such a state says nothing.
func oldVariables(from string, old base.OldState) map[string]string {
	text := old.Text("encrypted_user_data")
	if from == typeOfOTC || !json.Valid([]byte(text)) {
		return nil
	}
	return parseEnvironment(&text)
}

// completeMoved ends the first read of a state that was moved: the other provider has its default_tags among the tags.
func (m *model) completeMoved(
	ctx context.Context, private base.PrivateState, defaults map[string]string, diags *diag.Diagnostics,
) {
	note := recallMoved(ctx, private, diags)
	if !note.Unread {
		return
	}
	note.Unread = false
	base.Remember(ctx, private, keyMoved, note, diags)
	if tags := tfconv.Strings(m.TagsAll); len(tags) > 0 {
		m.adoptTags(tags, defaults)
	}
}

// leaveUnread leaves to the apply, which reads first, what a moved state does not say and no read has said yet.
func (m *model) leaveUnread() {
	open := func(v *types.Int64) {
		if v.IsNull() {
			*v = types.Int64Unknown()
		}
	}
	open(&m.MaxInstanceNum)
	open(&m.ConcurrencyNum)
	open(&m.EphemeralStorage)
	m.instancesFacet.planEnabled()
	if m.EnterpriseProjectID.IsNull() {
		m.EnterpriseProjectID = types.StringUnknown()
	}
	if m.Type.IsNull() {
		m.Type = types.StringUnknown()
	}
	m.CPU, m.LastModified = types.Int64Unknown(), types.StringUnknown()
}

// readMoved is what an apply starts from: the state, or the function itself, where the state was moved and never read.
func (r *Resource) readMoved(
	ctx context.Context, prior model, private base.PrivateState, diags *diag.Diagnostics,
) model {
	if !recallMoved(ctx, private, diags).Unread {
		return prior
	}
	found := r.refresh(ctx, prior, private)
	diags.Append(found.diags...)
	found.private.store(ctx, private, diags)
	if found.gone {
		diags.AddAttributeError(path.Root("urn"), "Function Not Found", prior.ID.ValueString()+" is gone: somebody deleted "+
			"it before its state was moved here. Nothing was changed. Plan again, without -refresh=false.")
	}
	return found.state
}

// hasSHA1 says that the bytes of the source have this SHA-1. Those that cannot be read have none.
func (s source) hasSHA1(sum string) bool {
	if s.scan == nil {
		return false
	}
	content, err := s.scan.Open()
	if err != nil {
		return false
	}
	defer content.Close()
	hash := sha1.New()
	_, err = io.Copy(hash, content)
	return err == nil && hex.EncodeToString(hash.Sum(nil)) == sum
}
