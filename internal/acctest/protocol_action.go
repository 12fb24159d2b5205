// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ValidateAction checks an action as `terraform validate` does, before the provider is configured.
func (p *Protocol) ValidateAction(action string, config map[string]any) Diagnostics {
	p.t.Helper()
	resp, err := p.actions().ValidateActionConfig(p.t.Context(), &tfprotov6.ValidateActionConfigRequest{
		ActionType: action, Config: p.dynamic(p.action(action), config),
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

// PlanAction plans an action. The provider has to be configured.
func (p *Protocol) PlanAction(action string, config map[string]any) Diagnostics {
	p.t.Helper()
	resp, err := p.actions().PlanAction(p.t.Context(), &tfprotov6.PlanActionRequest{
		ActionType: action, Config: p.dynamic(p.action(action), config),
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

// InvokeAction invokes an action, and returns what it tells meanwhile. The provider has to be configured.
func (p *Protocol) InvokeAction(action string, config map[string]any) (progress []string, out Diagnostics) {
	p.t.Helper()
	stream, err := p.actions().InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{
		ActionType: action, Config: p.dynamic(p.action(action), config),
	})
	p.check(err)
	ended := 0
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			ended++
			out = diagnostics(event.Diagnostics)
		}
	}
	if ended != 1 {
		p.t.Errorf("the action ended %d times", ended)
	}
	return progress, out
}

func (p *Protocol) actions() tfprotov6.ActionServer {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ActionServer)
	if !ok {
		p.t.Fatal("the provider serves no actions")
	}
	return server
}

func (p *Protocol) action(name string) *tfprotov6.Schema {
	p.t.Helper()
	action, ok := p.schema.ActionSchemas[name]
	if !ok {
		p.t.Fatalf("no action %s", name)
	}
	return action.Schema
}

// Open opens an ephemeral resource. The provider has to be configured. Texts are what is in the result that is a text.
func (p *Protocol) Open(name string, config map[string]any) (texts map[string]string, out Diagnostics) {
	p.t.Helper()
	schema, ok := p.schema.EphemeralResourceSchemas[name]
	if !ok {
		p.t.Fatalf("no ephemeral resource %s", name)
	}
	resp, err := p.server.OpenEphemeralResource(p.t.Context(), &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: name, Config: p.dynamic(schema, config),
	})
	p.check(err)
	if out = diagnostics(resp.Diagnostics); out.Failed() {
		return nil, out
	}
	result, err := resp.Result.Unmarshal(schema.ValueType())
	p.check(err)
	texts = map[string]string{}
	for attribute := range p.members(result) {
		texts[attribute] = p.Text(Imported{state: result}, attribute)
	}
	return texts, out
}
