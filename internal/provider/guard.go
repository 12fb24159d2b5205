// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// NewServer returns the provider as a protocol server in which a panic becomes a diagnostic. Without the guard a
// panic in one operation ends the process, and with it every other operation in flight loses its answer.
func NewServer(ctx context.Context, version string, options ...Option) tfprotov6.ProviderServer {
	p := newProvider(version, options...)
	inner, ok := providerserver.NewProtocol6(p)().(fullServer)
	if !ok {
		panic("the framework's server lacks a part of the protocol") // seen by any test, at the start
	}
	if p.slow {
		return &guard{inner}
	}
	return &guard{&fast{inner, p}}
}

// fullServer is all that the framework's server implements; a wrapper that hides a part of it would switch it off.
type fullServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

// guard recovers in the operations that run code of this provider for one object. Create, Update and the like also
// recover themselves (base.Operation), which keeps what they had stored; this is the net below. It makes what they say
// presentable, too.
type guard struct{ fullServer }

func panicked(ctx context.Context, operation string, v any) []*tfprotov6.Diagnostic {
	tflog.Error(ctx, "panic in "+operation, map[string]any{"stack": string(debug.Stack())})
	return []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityError,
		Summary:  "Provider Panic",
		Detail: fmt.Sprintf("The provider failed in %s because of a defect (%T). Please report this with the provider's "+
			"log (TF_LOG_PROVIDER=ERROR).", operation, v),
	}}
}

func (g *guard) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest,
) (resp *tfprotov6.ConfigureProviderResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ConfigureProviderResponse{Diagnostics: panicked(ctx, "ConfigureProvider", v)}
		}
	}()
	if resp, err = g.fullServer.ConfigureProvider(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (resp *tfprotov6.ValidateResourceConfigResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ValidateResourceConfigResponse{Diagnostics: panicked(ctx, "ValidateResourceConfig", v)}
		}
	}()
	if resp, err = g.fullServer.ValidateResourceConfig(ctx, req); resp != nil {
		of := func(s *schemas) *tfprotov6.Schema { return s.ResourceSchemas[req.TypeName] }
		resp.Diagnostics = presentable(withPlaces(req.TypeName, g.withFractions(ctx, resp.Diagnostics, req.Config, of)))
	}
	return resp, err
}

func (g *guard) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (resp *tfprotov6.ReadResourceResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ReadResourceResponse{
				NewState: req.CurrentState, Private: req.Private, NewIdentity: req.CurrentIdentity,
				Diagnostics: panicked(ctx, "ReadResource", v),
			}
		}
	}()
	if resp, err = g.fullServer.ReadResource(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (resp *tfprotov6.PlanResourceChangeResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.PlanResourceChangeResponse{
				PlannedState: req.PriorState, PlannedPrivate: req.PriorPrivate, PlannedIdentity: req.PriorIdentity,
				Diagnostics: panicked(ctx, "PlanResourceChange", v),
			}
		}
	}()
	if resp, err = g.fullServer.PlanResourceChange(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (resp *tfprotov6.ApplyResourceChangeResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ApplyResourceChangeResponse{
				NewState: req.PriorState, Private: req.PlannedPrivate, NewIdentity: req.PlannedIdentity,
				Diagnostics: panicked(ctx, "ApplyResourceChange", v),
			}
		}
	}()
	if resp, err = g.fullServer.ApplyResourceChange(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (resp *tfprotov6.ImportResourceStateResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ImportResourceStateResponse{Diagnostics: panicked(ctx, "ImportResourceState", v)}
		}
	}()
	if resp, err = g.fullServer.ImportResourceState(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest,
) (resp *tfprotov6.MoveResourceStateResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.MoveResourceStateResponse{Diagnostics: panicked(ctx, "MoveResourceState", v)}
		}
	}()
	if resp, err = g.fullServer.MoveResourceState(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
) (resp *tfprotov6.ReadDataSourceResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ReadDataSourceResponse{Diagnostics: panicked(ctx, "ReadDataSource", v)}
		}
	}()
	if resp, err = g.fullServer.ReadDataSource(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest,
) (resp *tfprotov6.CallFunctionResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.CallFunctionResponse{Error: &tfprotov6.FunctionError{Text: panicked(ctx, "CallFunction",
				v)[0].Detail}}
		}
	}()
	if resp, err = g.fullServer.CallFunction(ctx, req); resp != nil && resp.Error != nil {
		resp.Error.Text = printable.Lines(resp.Error.Text, maxDetail)
	}
	return resp, err
}

func (g *guard) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest,
) (resp *tfprotov6.OpenEphemeralResourceResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.OpenEphemeralResourceResponse{Diagnostics: panicked(ctx, "OpenEphemeralResource", v)}
		}
	}()
	if resp, err = g.fullServer.OpenEphemeralResource(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest,
) (resp *tfprotov6.ValidateActionConfigResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.ValidateActionConfigResponse{Diagnostics: panicked(ctx, "ValidateActionConfig", v)}
		}
	}()
	if resp, err = g.fullServer.ValidateActionConfig(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

func (g *guard) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest,
) (resp *tfprotov6.PlanActionResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			resp = &tfprotov6.PlanActionResponse{Diagnostics: panicked(ctx, "PlanAction", v)}
		}
	}()
	if resp, err = g.fullServer.PlanAction(ctx, req); resp != nil {
		resp.Diagnostics = presentable(resp.Diagnostics)
	}
	return resp, err
}

// InvokeAction guards the beginning; what follows runs in a goroutine of the framework's, where the action recovers
// itself (base.Operation).
func (g *guard) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest,
) (resp *tfprotov6.InvokeActionServerStream, err error) {
	defer func() {
		if v := recover(); v != nil {
			end := tfprotov6.CompletedInvokeActionEventType{Diagnostics: panicked(ctx, "InvokeAction", v)}
			resp = &tfprotov6.InvokeActionServerStream{Events: func(push func(tfprotov6.InvokeActionEvent) bool) {
				push(tfprotov6.InvokeActionEvent{Type: end})
			}}
		}
	}()
	stream, err := g.fullServer.InvokeAction(ctx, req)
	if stream == nil {
		return stream, err
	}
	return &tfprotov6.InvokeActionServerStream{Events: func(push func(tfprotov6.InvokeActionEvent) bool) {
		stream.Events(func(event tfprotov6.InvokeActionEvent) bool {
			if end, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
				event.Type = tfprotov6.CompletedInvokeActionEventType{Diagnostics: presentable(end.Diagnostics)}
			}
			return push(event)
		})
	}}, err
}
