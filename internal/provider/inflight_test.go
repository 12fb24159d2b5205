// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/lifetime"
)

// TestInFlight: the lifetime hears of every operation that lasts: none begins after the end.
func TestInFlight(t *testing.T) {
	t.Parallel()
	life := lifetime.New(func() bool { return true })
	server, ok := NewServerWithin(life, "test").(fullServer)
	if !ok {
		t.Fatal("a part of the protocol is switched off")
	}
	life.Wait(nil)
	for name, operation := range map[string]func(ctx context.Context) error{
		"ReadResource": func(ctx context.Context) error {
			_, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{})
			return err
		},
		"PlanResourceChange": func(ctx context.Context) error {
			_, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{})
			return err
		},
		"ApplyResourceChange": func(ctx context.Context) error {
			_, err := server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{})
			return err
		},
		"ImportResourceState": func(ctx context.Context) error {
			_, err := server.ImportResourceState(ctx, &tfprotov6.ImportResourceStateRequest{})
			return err
		},
		"ReadDataSource": func(ctx context.Context) error {
			_, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{})
			return err
		},
		"OpenEphemeralResource": func(ctx context.Context) error {
			_, err := server.OpenEphemeralResource(ctx, &tfprotov6.OpenEphemeralResourceRequest{})
			return err
		},
		"InvokeAction": func(ctx context.Context) error {
			_, err := server.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{})
			return err
		},
		"CallFunction": func(ctx context.Context) error {
			_, err := server.CallFunction(ctx, &tfprotov6.CallFunctionRequest{})
			return err
		},
	} {
		if err := operation(t.Context()); err == nil || !strings.Contains(err.Error(), "CLI") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
