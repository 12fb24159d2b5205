// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// fast answers what Terraform asks of every function, past the framework, where nothing is to be said but the answer;
// internal/function decides that, and says in fast.go why the answer is the framework's. It also hands the CLI a stored
// state in the form of the protocol, which the CLI asks for before each of them.
type fast struct {
	fullServer
	provider *fgsProvider
}

const fastType = "fgs_function"

func (f *fast) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest,
) (*tfprotov6.ValidateResourceConfigResponse, error) {
	if req.TypeName == fastType {
		if config, ok := decode(req.Config); ok && function.ValidatesNothing(ctx, config) {
			return &tfprotov6.ValidateResourceConfigResponse{}, nil
		}
	}
	return f.fullServer.ValidateResourceConfig(ctx, req)
}

// UpgradeResourceState does what the framework does with a state of the present version: JSON becomes MessagePack, and
// what is no attribute (any more) is left out. The framework reports what cannot be read.
func (f *fast) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest,
) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if req.TypeName == fastType && req.Version == function.SchemaVersion && req.RawState != nil {
		lenient := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
		state, err := req.RawState.UnmarshalWithOpts(function.Type(), lenient)
		if err == nil {
			if value, err := tfprotov6.NewDynamicValue(function.Type(), state); err == nil {
				return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &value}, nil
			}
		}
	}
	return f.fullServer.UpgradeResourceState(ctx, req)
}

func (f *fast) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest,
) (*tfprotov6.ReadResourceResponse, error) {
	if req.TypeName != fastType {
		return f.fullServer.ReadResource(ctx, req)
	}
	ctx = function.Finding(ctx)
	state, known := decode(req.CurrentState)
	private, ours := ownPrivate(req.Private)
	if known && ours {
		identity, nothing := function.ReadsNothing(ctx, f.connection(), state, private)
		if now, ok := identified(req.CurrentIdentity, identity); nothing && ok {
			return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: now}, nil
		}
	}
	return f.fullServer.ReadResource(ctx, req)
}

func (f *fast) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest,
) (*tfprotov6.PlanResourceChangeResponse, error) {
	if req.TypeName != fastType {
		return f.fullServer.PlanResourceChange(ctx, req)
	}
	ctx = function.Finding(ctx)
	if identity, ok := plannedIdentity(req.PriorIdentity); ok {
		if planned := f.plan(ctx, req); planned != nil {
			return &tfprotov6.PlanResourceChangeResponse{
				PlannedState: planned, PlannedPrivate: req.PriorPrivate, PlannedIdentity: identity,
			}, nil
		}
	}
	return f.fullServer.PlanResourceChange(ctx, req)
}

// plan is nil where the framework has to plan.
func (f *fast) plan(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.DynamicValue {
	p := function.Proposal{Same: same(req.PriorState, req.ProposedNewState)}
	var written, known, proposed, ours bool
	p.Config, written = decode(req.Config)
	p.Prior, known = decode(req.PriorState)
	p.Private, ours = ownPrivate(req.PriorPrivate)
	if p.Proposed, proposed = p.Prior, true; !p.Same {
		p.Proposed, proposed = decode(req.ProposedNewState)
	}
	if !written || !known || !proposed || !ours {
		return nil
	}
	planned, ok := function.Plan(ctx, f.connection(), p)
	switch {
	case !ok:
		return nil
	case planned == nil:
		return req.PriorState
	}
	value, err := tfprotov6.NewDynamicValue(function.Type(), *planned)
	if err != nil {
		return nil
	}
	return &value
}

func (f *fast) connection() *connection.Connection { return f.provider.configured.Load() }

// same says that two values are the same bytes: the CLI encodes both.
func same(a, b *tfprotov6.DynamicValue) bool {
	return a != nil && b != nil && len(a.MsgPack) > 0 && bytes.Equal(a.MsgPack, b.MsgPack)
}

// decode is false for no value and for what the framework shall find fault with.
func decode(value *tfprotov6.DynamicValue) (tftypes.Value, bool) {
	if value == nil {
		return tftypes.Value{}, false
	}
	v, err := value.Unmarshal(function.Type())
	return v, err == nil
}

// ownPrivate takes private state apart as the framework does. It is false where the framework has a note of its own in
// it, of an import, which it will want to remove.
func ownPrivate(data []byte) (map[string][]byte, bool) {
	keys := map[string][]byte{}
	if len(data) > 0 && json.Unmarshal(data, &keys) != nil {
		return nil, false
	}
	for key := range keys {
		if strings.HasPrefix(key, ".") {
			return nil, false
		}
	}
	return keys, true
}
