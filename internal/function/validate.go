// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/diagnose"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

const (
	runtimeImage = "Custom Image"
	handlerImage = "-"
)

// programs are the runtimes that start a program, which may have any name.
var programs = []string{"Custom", "http"}

// ValidateConfig checks what takes several attributes. It makes no request and opens no file.
func (r *Resource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	defer diagnose.Recover(ctx, "validating a function", &resp.Diagnostics)
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.validateCode(ctx, &resp.Diagnostics)
	config.validateRequired(ctx, &resp.Diagnostics)
	config.validateHandler(&resp.Diagnostics)
}

// validateRequired asks for what an export package would bring, unless there is or may be one.
func (m model) validateRequired(ctx context.Context, diags *diag.Diagnostics) {
	if m.Code.IsUnknown() {
		return
	}
	if code, ok := m.source(ctx, diags); ok && !code.PackageFile.IsNull() {
		return
	}
	for _, a := range []struct {
		name  string
		value attr.Value
	}{{"runtime", m.Runtime}, {"handler", m.Handler}, {"timeout", m.Timeout}, {"memory_size", m.MemorySize}} {
		if a.value.IsNull() {
			diags.AddAttributeError(path.Root(a.name), "Missing Required Argument",
				fmt.Sprintf("%s is required. Only a package_file as code brings its own.", a.name))
		}
	}
}

// validateHandler checks the form that the runtime asks for (contract F6).
func (m coreFacet) validateHandler(diags *diag.Diagnostics) {
	if !tfconv.Known(m.Handler) || !tfconv.Known(m.Runtime) {
		return
	}
	handler, runtime := m.Handler.ValueString(), m.Runtime.ValueString()
	switch {
	case handler == "", runtime == runtimeImage, !slices.Contains(runtimes, runtime):
		// Empty is refused elsewhere; what a runtime that is not known here asks for is not known either.
	case handler == handlerImage:
		badHandler(diags, handler, runtime, `"-" is for container images only`)
	case !slices.Contains(programs, runtime) && !strings.Contains(handler, "."):
		badHandler(diags, handler, runtime, "write file.function, for example index.handler")
	}
}

func badHandler(diags *diag.Diagnostics, handler, runtime, rule string) {
	diags.AddAttributeError(path.Root("handler"), "Invalid Handler",
		fmt.Sprintf("%q is no handler of runtime %s: %s.", handler, runtime, rule))
}
