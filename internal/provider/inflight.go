// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/lifetime"
)

// NewServerWithin returns the server of NewServer for a process that ends by itself: l is told of the operations that
// make requests or read files, and cancels them. When the CLI is gone no request begins.
func NewServerWithin(l *lifetime.Lifetime, version string) tfprotov6.ProviderServer {
	closed := WithClient(func(c *functiongraph.Config) { c.Closed = l.Gone })
	inner, ok := NewServer(context.Background(), version, closed).(fullServer)
	if !ok {
		panic("the guard lacks a part of the protocol") // seen by any test, at the start
	}
	return &inFlight{inner, l}
}

// inFlight tells a lifetime of the operations that last. The others only look at the schema or a configuration.
type inFlight struct {
	fullServer
	lifetime *lifetime.Lifetime
}

func counted[Req, Resp any](ctx context.Context, l *lifetime.Lifetime,
	operation func(context.Context, *Req) (*Resp, error), req *Req,
) (*Resp, error) {
	ctx, returned, err := l.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer returned()
	return operation(ctx, req)
}

func (f *inFlight) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.ReadResource, req)
}

func (f *inFlight) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.PlanResourceChange, req)
}

func (f *inFlight) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest,
) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.ApplyResourceChange, req)
}

func (f *inFlight) ImportResourceState(ctx context.Context, req *tfprotov6.ImportResourceStateRequest,
) (*tfprotov6.ImportResourceStateResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.ImportResourceState, req)
}

func (f *inFlight) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest,
) (*tfprotov6.ReadDataSourceResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.ReadDataSource, req)
}

func (f *inFlight) CallFunction(ctx context.Context, req *tfprotov6.CallFunctionRequest,
) (*tfprotov6.CallFunctionResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.CallFunction, req)
}

func (f *inFlight) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest,
) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return counted(ctx, f.lifetime, f.fullServer.OpenEphemeralResource, req)
}

// InvokeAction lasts until its last event.
func (f *inFlight) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest,
) (*tfprotov6.InvokeActionServerStream, error) {
	ctx, returned, err := f.lifetime.Begin(ctx)
	if err != nil {
		return nil, err
	}
	stream, err := f.fullServer.InvokeAction(ctx, req)
	if stream == nil {
		returned()
		return nil, err
	}
	return &tfprotov6.InvokeActionServerStream{Events: func(push func(tfprotov6.InvokeActionEvent) bool) {
		defer returned()
		stream.Events(push)
	}}, err
}
