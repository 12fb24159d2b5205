// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
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
	resp, err := p.server.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: source, Config: p.dynamic(p.dataSource(source), config),
	})
	p.check(err)
	return diagnostics(resp.Diagnostics)
}

func (p *Protocol) dataSource(name string) *tfprotov6.Schema {
	p.t.Helper()
	schema, ok := p.schema.DataSourceSchemas[name]
	if !ok {
		p.t.Fatalf("no data source %s", name)
	}
	return schema
}
