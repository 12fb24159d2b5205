// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestListed: a row is shown whatever it lacks, and what it lacks is null.
func TestListed(t *testing.T) {
	t.Parallel()
	const urn = "urn:fss:r:p:function:default:orders"
	m := listModel{}
	m.fromAPI([]functiongraph.Trigger{
		{ID: "t-1", Type: "SMN"}, {ID: "t-2", Type: "TIMER", FunctionURN: urn + ":latest", Status: "DISABLED"}, {},
	})
	if len(m.Triggers) != 3 {
		t.Fatalf("%d rows, want 3", len(m.Triggers))
	}
	bare := listedTrigger{Type: types.StringValue("SMN"), TriggerID: types.StringValue("t-1")}
	if m.Triggers[0] != bare {
		t.Errorf("without an owner: %+v", m.Triggers[0])
	}
	if none := (listedTrigger{}); m.Triggers[1] != none {
		t.Errorf("of nothing: %+v", m.Triggers[1])
	}
	timer := listedTrigger{
		ID: types.StringValue(urn + "/TIMER/t-2"), FunctionURN: types.StringValue(urn), Type: types.StringValue("TIMER"),
		TriggerID: types.StringValue("t-2"), Enabled: types.BoolValue(false),
	}
	if m.Triggers[2] != timer {
		t.Errorf("%+v", m.Triggers[2])
	}
}
