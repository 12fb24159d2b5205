// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The framework calls a fraction in the place of a whole number, or one of more than 64 bits, a defect of the provider,
// and shows how Go prints it.
// All numbers of this provider are whole, so that what it says is replaced where that is what it is about.

// frameworksDefect is in what the framework says of a value that it cannot convert.
const frameworksDefect = "Value Conversion Error"

// ValidateProviderConfig says what is wrong with the provider block.
func (g *guard) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest,
) (*tfprotov6.ValidateProviderConfigResponse, error) {
	resp, err := g.fullServer.ValidateProviderConfig(ctx, req)
	if resp != nil {
		resp.Diagnostics = presentable(g.withFractions(ctx, resp.Diagnostics, req.Config,
			func(s *schemas) *tfprotov6.Schema { return s.Provider }))
	}
	return resp, err
}

// ValidateDataResourceConfig says what is wrong with a data block.
func (g *guard) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest,
) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	resp, err := g.fullServer.ValidateDataResourceConfig(ctx, req)
	if resp != nil {
		of := func(s *schemas) *tfprotov6.Schema { return s.DataSourceSchemas[req.TypeName] }
		resp.Diagnostics = presentable(g.withFractions(ctx, resp.Diagnostics, req.Config, of))
	}
	return resp, err
}

type schemas = tfprotov6.GetProviderSchemaResponse

// withFractions replaces what the framework says of fractions in the configuration.
func (g *guard) withFractions(ctx context.Context, diags []*tfprotov6.Diagnostic, config *tfprotov6.DynamicValue,
	of func(*schemas) *tfprotov6.Schema,
) []*tfprotov6.Diagnostic {
	found, rest := []*tfprotov6.Diagnostic{}, []*tfprotov6.Diagnostic{}
	for _, d := range diags {
		if d.Summary != frameworksDefect && !strings.Contains(d.Detail, "big.Float") {
			rest = append(rest, d)
		}
	}
	if len(rest) == len(diags) {
		return diags
	}
	all, err := g.fullServer.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil || of(all) == nil {
		return diags
	}
	value, err := config.Unmarshal(of(all).ValueType())
	if err != nil {
		return diags
	}
	_ = tftypes.Walk(value, func(path *tftypes.AttributePath, v tftypes.Value) (bool, error) {
		var n big.Float
		if v.Type().Is(tftypes.Number) && v.IsKnown() && !v.IsNull() && v.As(&n) == nil {
			if _, accuracy := n.Int64(); accuracy != big.Exact {
				found = append(found, notWhole(path, &n))
			}
		}
		return true, nil
	})
	if len(found) == 0 {
		return diags
	}
	return append(rest, found...)
}

// notWhole says what is wrong with a number that is no whole one, or too large for any.
func notWhole(path *tftypes.AttributePath, n *big.Float) *tfprotov6.Diagnostic {
	steps := path.Steps()
	detail := fmt.Sprintf("%s must be a whole number, got %s.", pathText(steps), n.Text('g', 10))
	if n.IsInt() {
		return &tfprotov6.Diagnostic{
			Severity: tfprotov6.DiagnosticSeverityError, Summary: "Number Out of Range", Attribute: path,
			Detail: fmt.Sprintf("%s = %s is larger, or smaller, than any number that can be meant.", pathText(steps),
				n.Text('g', 10)),
		}
	}
	if steps[len(steps)-1] == tftypes.AttributeName("weight") {
		detail += " It is in percent: 10 is a tenth of the calls."
	}
	return &tfprotov6.Diagnostic{
		Severity: tfprotov6.DiagnosticSeverityError, Summary: "Not a Whole Number", Detail: detail, Attribute: path,
	}
}
