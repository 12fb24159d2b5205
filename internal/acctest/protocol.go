// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"math/big"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Unknown stands in a configuration for a value that Terraform does not know yet.
var Unknown = unknown{}

type unknown struct{}

// Protocol speaks to the provider as a CLI does, without one: a check takes milliseconds and sees each diagnostic as
// it is, not wrapped for a screen. Like a CLI before 1.12 it knows no identities. Configurations are Go maps; what they
// leave out is null.
type Protocol struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	schema *tfprotov6.GetProviderSchemaResponse

	Between func() // what happens between plan and apply; nil for nothing

	configured bool
	block      map[string]any // the provider's, once it is configured
}

// Protocol starts a provider with the environment of e. It is not configured yet.
func (e *Env) Protocol(t testing.TB) *Protocol {
	t.Helper()
	server, err := e.Factories["fgs"]()
	if err != nil {
		t.Fatal(err)
	}
	p := &Protocol{t: t, server: server}
	p.schema, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	p.check(err)
	return p
}

// ValidateProvider checks a provider block as `terraform validate` does.
func (p *Protocol) ValidateProvider(block map[string]any) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateProviderConfig(p.t.Context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: p.dynamic(p.schema.Provider, block),
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

// Configure configures the provider.
func (p *Protocol) Configure(block map[string]any) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ConfigureProvider(p.t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: p.dynamic(p.schema.Provider, block),
	})
	p.check(err)
	p.configured, p.block = true, block
	return diagnostics(resp.Diagnostics)
}

// Validate checks a resource as `terraform validate` does, before the provider is configured.
func (p *Protocol) Validate(resource string, config map[string]any) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: resource, Config: p.dynamic(p.resource(resource), config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

// PlanCreate plans a resource that is not there yet, in a run of its own: two of one name would meet in one. The
// provider has to be configured.
func (p *Protocol) PlanCreate(resource string, config map[string]any) Diagnostics {
	p.t.Helper()
	if p.configured {
		p.Configure(p.block)
	}
	return p.PlanBeside(resource, config)
}

// PlanBeside is PlanCreate in the run of what was planned before.
func (p *Protocol) PlanBeside(resource string, config map[string]any) Diagnostics {
	p.t.Helper()
	null := tftypes.NewValue(p.resource(resource).ValueType(), nil)
	return p.plan(resource, Imported{state: null}, config)
}

// PlanUpdate plans a change of a resource that was imported or refreshed. Of one that was not, it is what an apply asks
// again before it changes it.
func (p *Protocol) PlanUpdate(resource string, prior Imported, config map[string]any) Diagnostics {
	p.t.Helper()
	return p.plan(resource, prior, config)
}

// Replaced plans a change as PlanUpdate does, and gives the attributes that replace the resource.
func (p *Protocol) Replaced(resource string, prior Imported, config map[string]any) (paths []string, _ Diagnostics) {
	p.t.Helper()
	resp := p.change(resource, prior, config)
	for _, at := range resp.RequiresReplace {
		paths = append(paths, pathText(at))
	}
	return paths, diagnostics(resp.Diagnostics)
}

// PlanDestroy plans the deletion of a resource that was imported.
func (p *Protocol) PlanDestroy(resource string, prior Imported) Diagnostics {
	p.t.Helper()
	schema := p.resource(resource)
	none := p.pack(schema, tftypes.NewValue(schema.ValueType(), nil))
	resp, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: resource, PriorState: p.pack(schema, prior.state), PriorPrivate: prior.private,
		ProposedNewState: none, Config: none,
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

func (p *Protocol) plan(resource string, prior Imported, config map[string]any) Diagnostics {
	p.t.Helper()
	return diagnostics(p.change(resource, prior, config).Diagnostics)
}

func (p *Protocol) change(
	resource string, prior Imported, config map[string]any,
) *tfprotov6.PlanResourceChangeResponse {
	p.t.Helper()
	schema := p.resource(resource)
	configured := p.value(schema.ValueType(), config)
	resp, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName:         resource,
		PriorState:       p.pack(schema, prior.state),
		PriorPrivate:     prior.private,
		ProposedNewState: p.pack(schema, p.proposed(schema, configured, prior.state)),
		Config:           p.pack(schema, configured),
	})
	p.check(err)
	return resp
}

// proposed is what a CLI proposes: the configuration without what is write-only, and the prior values of computed
// attributes without one.
func (p *Protocol) proposed(schema *tfprotov6.Schema, config, prior tftypes.Value) tftypes.Value {
	p.t.Helper()
	proposed := p.members(config)
	for _, attribute := range schema.Block.Attributes {
		if attribute.WriteOnly {
			proposed[attribute.Name] = tftypes.NewValue(attribute.Type, nil)
		}
		if !prior.IsNull() && attribute.Computed && proposed[attribute.Name].IsNull() {
			proposed[attribute.Name] = p.members(prior)[attribute.Name]
		}
	}
	return tftypes.NewValue(schema.ValueType(), proposed)
}

func (p *Protocol) members(object tftypes.Value) map[string]tftypes.Value {
	p.t.Helper()
	members := map[string]tftypes.Value{}
	p.check(object.As(&members))
	return maps.Clone(members) // As gives away the value's own map
}

// Imported is a resource in the state.
type Imported struct {
	state   tftypes.Value
	private []byte
}

// Text is the value of an attribute that is a text, a number or a switch; "" for null.
func (p *Protocol) Text(of Imported, attribute string) string {
	p.t.Helper()
	value := p.members(of.state)[attribute]
	if value.IsNull() {
		return ""
	}
	if value.Type().Is(tftypes.Number) {
		var number big.Float
		p.check(value.As(&number))
		return number.Text('f', -1)
	}
	if value.Type().Is(tftypes.Bool) {
		var on bool
		p.check(value.As(&on))
		return strconv.FormatBool(on)
	}
	var text string
	p.check(value.As(&text))
	return text
}

// Import imports a resource by its id and reads it, as `terraform import` does.
func (p *Protocol) Import(resource, id string) (Imported, Diagnostics) {
	p.t.Helper()
	resp, err := p.server.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: resource, ID: id,
	})
	p.check(err)
	if len(resp.ImportedResources) == 0 {
		return Imported{}, diagnostics(resp.Diagnostics)
	}
	imported := resp.ImportedResources[0]
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: resource, CurrentState: imported.State, Private: imported.Private,
	})
	p.check(err)
	state, err := read.NewState.Unmarshal(p.resource(resource).ValueType())
	p.check(err)
	out := append(diagnostics(resp.Diagnostics), diagnostics(read.Diagnostics)...)
	if state.IsNull() { // the CLI's own words
		out = append(out, Diagnostic{Severity: "ERROR", Summary: "Cannot import non-existent remote object"})
	}
	return Imported{state, read.Private}, out
}

func (p *Protocol) check(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *Protocol) resource(name string) *tfprotov6.Schema {
	p.t.Helper()
	schema, ok := p.schema.ResourceSchemas[name]
	if !ok {
		p.t.Fatalf("no resource %s", name)
	}
	return schema
}

func (p *Protocol) dynamic(schema *tfprotov6.Schema, config map[string]any) *tfprotov6.DynamicValue {
	p.t.Helper()
	return p.pack(schema, p.value(schema.ValueType(), config))
}

func (p *Protocol) pack(schema *tfprotov6.Schema, value tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	packed, err := tfprotov6.NewDynamicValue(schema.ValueType(), value)
	p.check(err)
	return &packed
}

// value gives a Go value the type that the schema asks for.
func (p *Protocol) value(as tftypes.Type, v any) tftypes.Value {
	p.t.Helper()
	if v == nil {
		return tftypes.NewValue(as, nil)
	}
	if v == Unknown {
		return tftypes.NewValue(as, tftypes.UnknownValue)
	}
	if list, isList := v.([]any); isList {
		return p.elements(as, list)
	}
	members, isMap := v.(map[string]any)
	if !isMap {
		return tftypes.NewValue(as, v)
	}
	values := map[string]tftypes.Value{}
	switch as := as.(type) {
	case tftypes.Object:
		for name := range members {
			if _, ok := as.AttributeTypes[name]; !ok {
				p.t.Fatalf("no attribute %s", name)
			}
		}
		for name, attribute := range as.AttributeTypes {
			values[name] = p.value(attribute, members[name])
		}
	case tftypes.Map:
		for key, element := range members {
			values[key] = p.value(as.ElementType, element)
		}
	}
	return tftypes.NewValue(as, values)
}

// elements makes a list or a set.
func (p *Protocol) elements(as tftypes.Type, list []any) tftypes.Value {
	p.t.Helper()
	var of tftypes.Type
	switch as := as.(type) {
	case tftypes.Set:
		of = as.ElementType
	case tftypes.List:
		of = as.ElementType
	}
	values := []tftypes.Value{}
	for _, element := range list {
		values = append(values, p.value(of, element))
	}
	return tftypes.NewValue(as, values)
}
