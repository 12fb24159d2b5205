// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// capacityFacet is what an instance has besides memory and CPU, and how many requests it takes at a time.
type capacityFacet struct {
	GPU              types.Object `tfsdk:"gpu"` // gpuModel
	EphemeralStorage types.Int64  `tfsdk:"ephemeral_storage"`
	ConcurrencyNum   types.Int64  `tfsdk:"concurrency_num"`
}

type gpuModel struct {
	Type   types.String `tfsdk:"type"`
	Memory types.Int64  `tfsdk:"memory"`
}

// gpu is a GPU on the wire: two members, which come together.
type gpu struct {
	kind   string
	memory int64 // MB
}

const (
	gpuStep, maxGPU         = 1024, 16384 // contract F28
	defaultEphemeralStorage = 512         // contract 2.9
	largeEphemeralStorage   = 10240
	defaultConcurrencyNum   = 1
	maxConcurrencyNum       = 1000
)

func capacityAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"gpu": gpuAttribute(),
		"ephemeral_storage": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: fmt.Sprintf("Size of the temporary disk of an instance, `/tmp`, in MB: `%d` or `%d`. "+
				"Default: the service's (`%[1]d`). Removing the attribute keeps the size that is set.", defaultEphemeralStorage,
				largeEphemeralStorage),
			Validators: []validator.Int64{int64validator.OneOf(defaultEphemeralStorage, largeEphemeralStorage)},
		},
		"concurrency_num": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: fmt.Sprintf("How many requests one instance takes at the same time, `1` to `%d`; not for "+
				"`type` `v1`. The code must be able to. Default: the service's (`%d`). Removing the attribute keeps the number "+
				"that is set. How many instances there may be is `max_instance_num`.", maxConcurrencyNum, defaultConcurrencyNum),
			Validators: []validator.Int64{int64validator.Between(1, maxConcurrencyNum)},
		},
	}
}

func gpuAttribute() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "A GPU for each instance: for the runtimes `Custom` and `Custom Image`, in regions that have " +
			"it. Removing it removes it.",
		Attributes: map[string]schema.Attribute{
			"type": part("Model of the GPU, for example `nvidia-t4`."),
			"memory": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("Required. Memory of the GPU in MB: `%d` to `%d` in steps of %[1]d.", gpuStep,
					maxGPU),
				Validators: []validator.Int64{int64validator.Between(gpuStep, maxGPU), gpuSteps{}},
			},
		},
	}
}

var gpuType = gpuAttribute().GetType()

func (m capacityFacet) toAPI(prior capacityFacet, out *functiongraph.FunctionSettings) {
	if g := gpuToAPI(m.GPU); g != nil { // none: left out, which takes it away (contract 3.4)
		out.GPUType, out.GPUMemory = &g.kind, &g.memory
	}
	out.EphemeralStorage = unlessDefault(m.EphemeralStorage.ValueInt64(), prior.EphemeralStorage.ValueInt64(),
		defaultEphemeralStorage)
	// Only for 4.3 (omitted-strategy): always, as far as it is known, since what leaving it out means is open.
	// Without the number of instances, which stays as it is next to it (observed, contract 3.4); a zero there would
	// disable the function.
	if n := m.ConcurrencyNum.ValueInt64(); n != 0 {
		out.StrategyConfig = &functiongraph.StrategyConfig{ConcurrentNum: &n}
	}
}

// fromAPI takes over what is reported. Where a read does not report a number, what is known stays.
func (m *capacityFacet) fromAPI(in *functiongraph.Function) {
	m.GPU = shown(m.GPU, gpuToAPI, plainGPU(in.GPUType, in.GPUMemory), gpuFromAPI)
	if n := deref(in.EphemeralStorage); n != 0 {
		m.EphemeralStorage = types.Int64Value(n)
	}
	if in.StrategyConfig != nil && in.StrategyConfig.ConcurrentNum != nil {
		// contract 2.4: -1 and 0 are 1
		m.ConcurrencyNum = types.Int64Value(max(*in.StrategyConfig.ConcurrentNum, defaultConcurrencyNum))
	}
	m.EphemeralStorage = tfconv.Filled(m.EphemeralStorage, types.Int64Null())
	m.ConcurrencyNum = tfconv.Filled(m.ConcurrencyNum, types.Int64Null())
}

func (m *capacityFacet) fill(read capacityFacet) {
	m.EphemeralStorage = tfconv.Filled(m.EphemeralStorage, read.EphemeralStorage)
	m.ConcurrencyNum = tfconv.Filled(m.ConcurrencyNum, read.ConcurrencyNum)
}

// keep leaves what is not configured as it is.
func (m *capacityFacet) keep(config, prior capacityFacet) {
	m.EphemeralStorage = kept(m.EphemeralStorage, config.EphemeralStorage, prior.EphemeralStorage)
	m.ConcurrencyNum = kept(m.ConcurrencyNum, config.ConcurrencyNum, prior.ConcurrencyNum)
}

func gpuToAPI(o types.Object) *gpu {
	m, ok := tfconv.Object[gpuModel](o)
	if !ok || tfconv.Blank(o) {
		return nil
	}
	return &gpu{m.Type.ValueString(), m.Memory.ValueInt64()}
}

func plainGPU(kind *string, memory *int64) *gpu {
	if deref(kind) == "" && deref(memory) == 0 {
		return nil
	}
	return &gpu{deref(kind), deref(memory)}
}

func gpuFromAPI(g *gpu) types.Object {
	if g == nil {
		return tfconv.NullObject(gpuType)
	}
	return tfconv.ObjectOf(gpuType, gpuModel{types.StringValue(g.kind), types.Int64Value(g.memory)})
}

// gpuSteps asks for whole steps.
type gpuSteps struct{}

func (gpuSteps) Description(context.Context) string {
	return fmt.Sprintf("must be a multiple of %d", gpuStep)
}
func (v gpuSteps) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (gpuSteps) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	if n := req.ConfigValue.ValueInt64(); n >= gpuStep && n <= maxGPU && n%gpuStep != 0 { // others are refused elsewhere
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid GPU Memory",
			fmt.Sprintf("%d MB is no multiple of %d MB.", n, gpuStep))
	}
}
