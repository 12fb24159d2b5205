// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionevent

import (
	"context"
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

var oldTypes = base.OldTypes{
	"huaweicloud_fgs_function_event", "sbercloud_fgs_function_event", "flexibleengine_fgs_function_event",
	"g42cloud_fgs_function_event", "hcs_fgs_function_event", "opentelekomcloud_fgs_event_v2",
}

// MoveState takes over the state of a test event of another provider.
func (r *Resource) MoveState(context.Context) []resource.StateMover {
	return r.Mover(oldTypes, takeEvent)
}

func takeEvent(_ context.Context, op *base.Operation, _ string, old base.OldState, resp *resource.MoveStateResponse) {
	at, err := parseID(strings.Join([]string{old.Text("function_urn"), old.Text("name")}, "/"))
	if err != nil {
		op.FailWith("The state gives no test event: function_urn and name have to be those of one.", err)
		return
	}
	m := model{
		ID: types.StringValue(at.String()), FunctionURN: types.StringValue(at.urn.String()),
		Name: types.StringValue(at.name), EventID: types.StringValue(old.Text("id")),
		Content:  types.StringValue(decoded(old.Text("content"))),
		Timeouts: base.OldTimeouts(old, "create", "update", "delete"),
	}
	op.Add(record().Set(&resp.TargetState.Raw, &m))
}

// decoded is the content as text: there it is written as it goes over the wire, in Base64 (contract 3.23).
func decoded(content string) string {
	if text, err := base64.StdEncoding.DecodeString(content); err == nil && utf8.Valid(text) {
		return string(text)
	}
	return content
}
