// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// rude answers every operation with a message that a terminal would act on, and that has no end.
type rude struct{ fullServer }

var rudeText = "\x1b[2J\u202egone\r" + strings.Repeat("long ", 10_000)

func rudeDiagnostics() []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{Summary: rudeText + "\n", Detail: "first\n\tsecond" + rudeText}}
}

func (rude) ConfigureProvider(
	context.Context, *tfprotov6.ConfigureProviderRequest,
) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) ValidateResourceConfig(
	context.Context, *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) ReadResource(context.Context, *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) PlanResourceChange(
	context.Context, *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return &tfprotov6.PlanResourceChangeResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) ApplyResourceChange(
	context.Context, *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return &tfprotov6.ApplyResourceChangeResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) ImportResourceState(
	context.Context, *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return &tfprotov6.ImportResourceStateResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) ReadDataSource(
	context.Context, *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return &tfprotov6.ReadDataSourceResponse{Diagnostics: rudeDiagnostics()}, nil
}

func (rude) CallFunction(context.Context, *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return &tfprotov6.CallFunctionResponse{Error: &tfprotov6.FunctionError{Text: rudeText}}, nil
}

// TestGuard_speech: whatever an operation says is fit for a terminal, with its own line breaks.
func TestGuard_speech(t *testing.T) {
	t.Parallel()
	g, ctx := &guard{rude{}}, t.Context()
	configured, _ := g.ConfigureProvider(ctx, nil)
	validated, _ := g.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{})
	read, _ := g.ReadResource(ctx, nil)
	planned, _ := g.PlanResourceChange(ctx, nil)
	applied, _ := g.ApplyResourceChange(ctx, nil)
	imported, _ := g.ImportResourceState(ctx, nil)
	looked, _ := g.ReadDataSource(ctx, nil)
	called, _ := g.CallFunction(ctx, nil)
	for operation, diags := range map[string][]*tfprotov6.Diagnostic{
		"configure": configured.Diagnostics, "validate": validated.Diagnostics, "read": read.Diagnostics,
		"plan": planned.Diagnostics, "apply": applied.Diagnostics, "import": imported.Diagnostics, "data": looked.Diagnostics,
		"function": {{Summary: "x", Detail: "first\n\tsecond" + called.Error.Text}},
	} {
		said := diags[0].Summary + diags[0].Detail
		if strings.ContainsAny(said, "\x1b\u202e\r") || strings.Contains(diags[0].Summary, "\n") ||
			len(said) > maxSummary+maxDetail+100 {
			t.Errorf("%s: %d bytes: %.100q", operation, len(said), said)
		}
		if !strings.HasPrefix(diags[0].Detail, "first\n\tsecond") {
			t.Errorf("%s: %.100q", operation, diags[0].Detail)
		}
	}
}
