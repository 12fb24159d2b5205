// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// instancesFacet holds how many instances may run. It has a call of its own (contract 3.8); PUT config never carries
// it, since a zero there would disable the function.
type instancesFacet struct {
	MaxInstanceNum types.Int64 `tfsdk:"max_instance_num"`
	Enabled        types.Bool  `tfsdk:"enabled"`
}

func instancesAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"max_instance_num": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: "How many instances may run at the same time: `1` to `1000`, `-1` for no limit, `0` disables " +
				"the function. For `type` `v1` only `-1` and `0`. Default: the service's (`400`). Removing the attribute keeps " +
				"the number that is set.",
			Validators: []validator.Int64{int64validator.Between(-1, 1000)},
		},
		"enabled": schema.BoolAttribute{
			Computed:            true,
			MarkdownDescription: "Whether the function can be invoked: `false` when `max_instance_num` is `0`.",
		},
	}
}

// fromAPI takes over the number. Where a read does not report it, what is known stays.
func (m *instancesFacet) fromAPI(in *functiongraph.Function) {
	switch {
	case in.StrategyConfig != nil && in.StrategyConfig.Concurrency != nil:
		m.MaxInstanceNum = types.Int64Value(*in.StrategyConfig.Concurrency)
	case m.MaxInstanceNum.IsUnknown():
		m.MaxInstanceNum = types.Int64Null()
	}
	m.Enabled = types.BoolValue(m.MaxInstanceNum.IsNull() || m.MaxInstanceNum.ValueInt64() != 0)
}

// plan derives enabled from the number. The number itself stays what it is when it is not configured.
func (m *instancesFacet) plan(config, prior instancesFacet, diags *diag.Diagnostics) {
	if config.MaxInstanceNum.IsNull() {
		m.MaxInstanceNum = prior.MaxInstanceNum
		if prior.MaxInstanceNum.Equal(types.Int64Value(0)) {
			diags.AddAttributeWarning(path.Root("max_instance_num"), "Function Stays Disabled",
				"max_instance_num is not configured and the function is disabled (0). Without the attribute the number is "+
					"kept: write max_instance_num = -1, or another number, to enable the function.")
		}
	}
	m.Enabled = prior.Enabled
	if !m.MaxInstanceNum.Equal(prior.MaxInstanceNum) {
		m.planEnabled()
	}
}

// planEnabled derives enabled from the number (contract 3.8).
func (m *instancesFacet) planEnabled() {
	m.Enabled = types.BoolUnknown()
	if tfconv.Known(m.MaxInstanceNum) {
		m.Enabled = types.BoolValue(m.MaxInstanceNum.ValueInt64() != 0)
	}
}

// sends says that a plan sets the number, or may.
func (m instancesFacet) sends(prior instancesFacet) bool {
	return m.MaxInstanceNum.IsUnknown() || m.differs(prior)
}

func (m *instancesFacet) fill(read instancesFacet) {
	m.MaxInstanceNum = tfconv.Filled(m.MaxInstanceNum, read.MaxInstanceNum)
	m.Enabled = tfconv.Filled(m.Enabled, read.Enabled)
}

// differs says that the number has to be set.
func (m instancesFacet) differs(current instancesFacet) bool {
	return tfconv.Known(m.MaxInstanceNum) && !m.MaxInstanceNum.Equal(current.MaxInstanceNum)
}

// apply sets the number.
func (m instancesFacet) apply(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN) error {
	return client.SetMaxInstances(ctx, urn, m.MaxInstanceNum.ValueInt64())
}
