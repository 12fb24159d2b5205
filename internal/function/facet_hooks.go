// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// hooksFacet holds the functions that the service calls in the life of an instance, apart from the handler.
type hooksFacet struct {
	Initializer      types.Object `tfsdk:"initializer"`  // hookModel
	PreStop          types.Object `tfsdk:"pre_stop"`     // hookModel
	RestoreHook      types.Object `tfsdk:"restore_hook"` // hookModel
	HeartbeatHandler types.String `tfsdk:"heartbeat_handler"`
}

type hookModel struct {
	Handler types.String `tfsdk:"handler"`
	Timeout types.Int64  `tfsdk:"timeout"`
}

// hook is a hook on the wire: two members, which come together (contract F24).
type hook struct {
	handler string
	timeout int64 // seconds
}

// The longest timeouts in seconds (contract 2.3).
const (
	maxInitializer = 300
	maxPreStop     = 90
	maxRestoreHook = 300
)

func hooksAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"initializer": hookAttribute(maxInitializer, "Code that runs once in each new instance, before its first "+
			"invocation, for example to open connections. Of a container image the handler is `-`. Removing it removes it."),
		"pre_stop": hookAttribute(maxPreStop, "Code that runs before an instance is stopped, for example to flush what it "+
			"holds. Removing it removes it."),
		"restore_hook": hookAttribute(maxRestoreHook, "Java only. Code that runs when an instance is restored from a "+
			"snapshot, for example to draw random numbers anew. Removing it removes it."),
		"heartbeat_handler": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Java only. What the service calls to see whether the function is well: in the same class as " +
				"`handler`, for example `com.shop.Main.heartbeat`. Removing it removes it.",
			Validators: []validator.String{stringvalidator.LengthAtMost(128)},
		},
	}
}

func hookAttribute(maxTimeout int64, description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional: true, MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"handler": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Required. What is called, written as `handler` of the function is: for example " +
					"`index.prepare`, up to 128 characters.",
				Validators: []validator.String{stringvalidator.LengthAtMost(128)},
			},
			"timeout": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: fmt.Sprintf("Required. Seconds that it may take, 1 to %d.", maxTimeout),
				Validators:          []validator.Int64{int64validator.Between(1, maxTimeout)},
			},
		},
	}
}

var hookType = hookAttribute(0, "").GetType()

func (m hooksFacet) toAPI(prior hooksFacet, out *functiongraph.FunctionSettings) {
	out.InitializerHandler, out.InitializerTimeout = hookPair(m.Initializer, prior.Initializer)
	out.PreStopHandler, out.PreStopTimeout = hookPair(m.PreStop, prior.PreStop)
	out.RestoreHookHandler, out.RestoreHookTimeout = hookPair(m.RestoreHook, prior.RestoreHook)
	out.HeartbeatHandler = tfconv.Clearable(m.HeartbeatHandler, prior.HeartbeatHandler)
}

// hookPair are the two members of a hook. One that was removed is cleared with "" and 0 (contract 3.4).
func hookPair(planned, prior types.Object) (handler *string, timeout *int64) {
	h := hookToAPI(planned)
	switch {
	case h != nil:
		return &h.handler, &h.timeout
	case hookToAPI(prior) != nil:
		return new(string), new(int64)
	}
	return nil, nil
}

func (m *hooksFacet) fromAPI(in *functiongraph.Function) {
	initializer := plainHook(in.InitializerHandler, in.InitializerTimeout)
	if alone := deref(in.InitializerTimeout); initializer == nil && alone > 0 && runningImage(in.CustomImage) != "" {
		initializer = &hook{handlerImage, alone} // of an image it may come alone (contract F24)
	}
	m.Initializer = shown(m.Initializer, hookToAPI, initializer, hookFromAPI)
	m.PreStop = shown(m.PreStop, hookToAPI, plainHook(in.PreStopHandler, in.PreStopTimeout), hookFromAPI)
	m.RestoreHook = shown(m.RestoreHook, hookToAPI, plainHook(in.RestoreHookHandler, in.RestoreHookTimeout), hookFromAPI)
	m.HeartbeatHandler = tfconv.Text(in.HeartbeatHandler, m.HeartbeatHandler)
}

func hookToAPI(o types.Object) *hook {
	m, ok := tfconv.Object[hookModel](o)
	if !ok || tfconv.Blank(o) {
		return nil
	}
	return &hook{m.Handler.ValueString(), m.Timeout.ValueInt64()}
}

// plainHook is nil without a handler: a timeout alone does nothing.
func plainHook(handler *string, timeout *int64) *hook {
	if deref(handler) == "" {
		return nil
	}
	return &hook{*handler, deref(timeout)}
}

func hookFromAPI(h *hook) types.Object {
	if h == nil {
		return tfconv.NullObject(hookType)
	}
	return tfconv.ObjectOf(hookType, hookModel{types.StringValue(h.handler), types.Int64Value(h.timeout)})
}

// validateHooks checks the forms that the runtime asks for.
func (m hooksFacet) validateHooks(runtime types.String, image bool, diags *diag.Diagnostics) {
	for name, o := range map[string]types.Object{
		"initializer": m.Initializer, "pre_stop": m.PreStop, "restore_hook": m.RestoreHook,
	} {
		if h, ok := tfconv.Object[hookModel](o); ok {
			validateHandler(path.Root(name).AtName("handler"), h.Handler, runtime, image, diags)
		}
	}
	validateHandler(path.Root("heartbeat_handler"), m.HeartbeatHandler, runtime, image, diags)
}
