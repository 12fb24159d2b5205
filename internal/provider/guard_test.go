// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// defective is a server with a defect in the move of a state.
type defective struct{ fullServer }

func (defective) MoveResourceState(context.Context, *tfprotov6.MoveResourceStateRequest,
) (*tfprotov6.MoveResourceStateResponse, error) {
	panic("a defect with a s3cret argument")
}

func TestGuard_move(t *testing.T) {
	t.Parallel()
	resp, err := (&guard{defective{}}).MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{})
	if err != nil || len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Summary != "Provider Panic" ||
		!strings.Contains(resp.Diagnostics[0].Detail, "MoveResourceState") ||
		strings.Contains(resp.Diagnostics[0].Detail, "s3cret") {
		t.Errorf("%v, %v", resp, err)
	}
}
