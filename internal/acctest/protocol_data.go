// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidateData checks a data source as `terraform validate` does, before the provider is configured.
func (p *Protocol) ValidateData(source string, config map[string]any) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateDataResourceConfig(p.t.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: source, Config: p.dynamic(p.dataSource(source), config),
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

// ReadData reads a data source. The provider has to be configured.
func (p *Protocol) ReadData(source string, config map[string]any) Diagnostics {
	p.t.Helper()
	_, diags := p.Data(source, config)
	return diags
}

// Data is ReadData with what was read: what is not null, as Go values (see Values).
func (p *Protocol) Data(source string, config map[string]any) (map[string]any, Diagnostics) {
	p.t.Helper()
	schema := p.dataSource(source)
	resp, err := p.server.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: source, Config: p.dynamic(schema, config),
	})
	p.check(err)
	out := diagnostics(resp.Diagnostics)
	if out.Failed() {
		return nil, out
	}
	state, err := resp.State.Unmarshal(schema.ValueType())
	p.check(err)
	return p.Values(Imported{state: state}), out
}

func (p *Protocol) dataSource(name string) *tfprotov6.Schema {
	p.t.Helper()
	schema, ok := p.schema.DataSourceSchemas[name]
	if !ok {
		p.t.Fatalf("no data source %s", name)
	}
	return schema
}

// Call calls a function of the provider with texts. The error's argument is counted from 0; it is nil for none.
func (p *Protocol) Call(function string, arguments ...string) (result tftypes.Value, failed *tfprotov6.FunctionError) {
	p.t.Helper()
	definition, ok := p.schema.Functions[function]
	if !ok {
		p.t.Fatalf("no function %s", function)
	}
	var packed []*tfprotov6.DynamicValue
	for _, argument := range arguments {
		value, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, argument))
		p.check(err)
		packed = append(packed, &value)
	}
	resp, err := p.server.CallFunction(p.t.Context(), &tfprotov6.CallFunctionRequest{Name: function, Arguments: packed})
	p.check(err)
	if resp.Error != nil {
		return tftypes.Value{}, resp.Error
	}
	result, err = resp.Result.Unmarshal(definition.Return.Type)
	p.check(err)
	return result, nil
}
