// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// switchesFacet holds the settings that are on or off; all are off by default, and false means the same as null.
type switchesFacet struct {
	EnableDynamicMemory  types.Bool `tfsdk:"enable_dynamic_memory"`
	IsStatefulFunction   types.Bool `tfsdk:"is_stateful_function"`
	EnableAuthInHeader   types.Bool `tfsdk:"enable_auth_in_header"`
	EnableClassIsolation types.Bool `tfsdk:"enable_class_isolation"`
}

func switchesAttributes() map[string]schema.Attribute {
	option := func(description string) schema.BoolAttribute {
		return schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: description + " Default: `false`; removing the attribute turns it off.",
		}
	}
	return map[string]schema.Attribute{
		"enable_dynamic_memory": option("Whether an invocation may ask for another amount of memory than `memory_size`."),
		"is_stateful_function": option("Whether requests of one session go to the same instance, which keeps its state " +
			"between them. Not for `type` `v1`."),
		"enable_auth_in_header": option("Whether the service puts authentication data into the headers of the requests " +
			"that it sends to your program. For the runtimes `Custom Image` and `http` only."),
		"enable_class_isolation": option("Java only. Whether the classes of your code are loaded apart from those of the " +
			"service. Code that relies on classes of the service does not run with it."),
	}
}

func (m switchesFacet) toAPI(prior switchesFacet, out *functiongraph.FunctionSettings) {
	out.EnableDynamicMemory = tfconv.Switch(m.EnableDynamicMemory, prior.EnableDynamicMemory)
	out.IsStatefulFunction = tfconv.Switch(m.IsStatefulFunction, prior.IsStatefulFunction)
	out.EnableAuthInHeader = tfconv.Switch(m.EnableAuthInHeader, prior.EnableAuthInHeader)
	out.EnableClassIsolation = tfconv.Switch(m.EnableClassIsolation, prior.EnableClassIsolation)
}

func (m *switchesFacet) fromAPI(in *functiongraph.Function) {
	m.EnableDynamicMemory = tfconv.Bool(in.EnableDynamicMemory, m.EnableDynamicMemory)
	m.IsStatefulFunction = tfconv.Bool(in.IsStatefulFunction, m.IsStatefulFunction)
	m.EnableAuthInHeader = tfconv.Bool(in.EnableAuthInHeader, m.EnableAuthInHeader)
	m.EnableClassIsolation = tfconv.Bool(in.EnableClassIsolation, m.EnableClassIsolation)
}
