// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// ValidateConfig checks what takes several attributes. It makes no request and reads no file.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	op := r.Begin(base.Validating, &resp.Diagnostics)
	defer op.End(ctx)
	var config model
	op.Add(config.get(req.Config.Raw))
	if op.Failed() {
		return
	}
	diags := op.Diags
	config.validateCode(diags)
	config.validateStamp(diags)
	config.validateImage(diags)
	runtime := config.Runtime
	if config.isImage() && runtime.IsNull() {
		runtime = types.StringValue(runtimeImage)
	}
	if !config.mayBe(func(c codeModel) types.String { return c.PackageFile }) {
		required := config.coreFacet
		if !config.isImage() && config.mayBe(func(c codeModel) types.String { return c.Image }) { // and would imply both
			required.Handler = unlessGiven(required.Handler)
			runtime = unlessGiven(runtime)
		}
		required.validateRequired(runtime, config.isImage() || runtime.ValueString() == runtimeImage, diags)
	}
	config.validateParts(diags)
	config.validateAgency(diags)
	config.validateEncrypted(diags)
	config.validateMounts(diags)
	config.validateLog(diags)
	config.validateRuntime(runtime, diags)
	config.validateType(config.Type, diags)
}

// mayBe says that the code comes, or may turn out to come, from an attribute.
func (m codeFacet) mayBe(from func(codeModel) types.String) bool {
	if m.Code.IsUnknown() {
		return true
	}
	code, ok := m.codeObject()
	value := from(code)
	return ok && !value.IsNull() && (tfconv.Known(value) || !tfconv.Known(code.chosen().value))
}

func unlessGiven(value types.String) types.String {
	if value.IsNull() {
		return types.StringUnknown()
	}
	return value
}

// isImage says that the code is a container image, which implies runtime and handler.
func (m codeFacet) isImage() bool {
	code, ok := m.codeObject()
	return ok && code.chosen().attribute == "image"
}

// validatePlanned repeats the rules that hang on what a configuration may leave to a package or to the service.
func (m model) validatePlanned(config model, diags *diag.Diagnostics) {
	if config.Runtime.IsNull() {
		m.validateRuntime(m.Runtime, diags)
	}
	if config.Type.IsNull() {
		m.validateType(m.Type, diags)
	}
}
