// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// Rules that take several attributes. What is not known yet breaks none of them.

const (
	runtimeCustom = "Custom"
	runtimeHTTP   = "http"
	runtimeImage  = "Custom Image"
	handlerImage  = "-"
)

// imageRuntimes are those that a container image can have (contract 2.5).
var imageRuntimes = []string{runtimeImage, runtimeHTTP}

// validateAgency: the service enters a VPC with the rights of an agency (contract F23).
func (m settingsFacets) validateAgency(diags *diag.Diagnostics) {
	if !tfconv.Known(m.VPC) || tfconv.Blank(m.VPC) || m.Agency.IsUnknown() || m.Agency.ValueString() != "" {
		return
	}
	diags.AddAttributeError(path.Root("vpc"), "Missing Agency",
		"vpc needs agency: the name of an IAM agency that lets FunctionGraph work with VPC, for example one with the policy "+
			"\"VPC Administrator\".")
}

// validateRuntime checks what only some runtimes have. What a runtime that is not known here has is not known either.
func (m model) validateRuntime(runtime types.String, diags *diag.Diagnostics) {
	name := runtime.ValueString()
	image := m.mayBeImage(runtime)
	validateHandler(path.Root("handler"), m.Handler, runtime, image, diags)
	m.validateHooks(runtime, image, diags)
	if !tfconv.Known(runtime) || !slices.Contains(runtimes, name) {
		return
	}
	only := func(attribute, of string, allowed bool, set bool) {
		if set && !allowed {
			diags.AddAttributeError(path.Root(attribute), "Not for This Runtime",
				fmt.Sprintf("%s is for %s only; the runtime is %s.", attribute, of, name))
		}
	}
	java := strings.HasPrefix(name, "Java")
	only("restore_hook", "Java", java, hookToAPI(m.RestoreHook) != nil)
	only("heartbeat_handler", "Java", java, m.HeartbeatHandler.ValueString() != "")
	only("enable_class_isolation", "Java", java, m.EnableClassIsolation.ValueBool())
	only("enable_auth_in_header", "the runtimes "+runtimeImage+" and "+runtimeHTTP, slices.Contains(imageRuntimes, name),
		m.EnableAuthInHeader.ValueBool()) // contract F41
	only("gpu", "the runtimes "+runtimeCustom+" and "+runtimeImage, name == runtimeCustom ||
		name == runtimeImage, gpuToAPI(m.GPU) != nil)
}

// validateType checks what functions of the old generation do not have (contract 2.3, F29).
func (m model) validateType(generation types.String, diags *diag.Diagnostics) {
	if generation.ValueString() != typeV1 {
		return
	}
	not := func(at path.Path, set bool, detail string) {
		if set {
			diags.AddAttributeError(at, "Not for This Type", fmt.Sprintf("The function is of type %s. %s", typeV1, detail))
		}
	}
	const v2 = "This needs type v2."
	not(path.Root("concurrency_num"), m.ConcurrencyNum.ValueInt64() > defaultConcurrencyNum, v2)
	not(path.Root("is_stateful_function"), m.IsStatefulFunction.ValueBool(), v2)
	not(path.Root("max_instance_num"), m.MaxInstanceNum.ValueInt64() > 0,
		"Only -1 (no limit) and 0 (disabled) are possible.")
	if log, ok := tfconv.Object[logModel](m.Log); ok {
		not(path.Root("log").AtName("custom_tags"), len(log.CustomTags.Elements()) > 0, v2)
	}
}

// mayBeImage says that the code of a function of this runtime is a container image, or may turn out to be one.
func (m codeFacet) mayBeImage(runtime types.String) bool {
	switch code, known := m.codeObject(); {
	case runtime.ValueString() == runtimeImage:
		return true
	case !known:
		return runtime.ValueString() == runtimeHTTP
	default:
		return !code.Image.IsNull()
	}
}

// validateHandler checks the form that the runtime asks for (contract F6). Empty is refused elsewhere, or means none.
// Of C# and Cangjie the form is an assumption: they only warn.
func validateHandler(at path.Path, handler, runtime types.String, image bool, diags *diag.Diagnostics) {
	const rule = "write file.function, for example index.handler"
	name, text := runtime.ValueString(), handler.ValueString()
	known := tfconv.Known(runtime) && slices.Contains(runtimes, name)
	of := func(languages ...string) bool {
		return slices.ContainsFunc(languages, func(l string) bool { return strings.HasPrefix(name, l) })
	}
	switch {
	case text != strings.TrimSpace(text):
		badHandler(at, text, runtime, "it begins or ends with a blank", diags)
	case !known || text == "" || image:
	case text == handlerImage:
		badHandler(at, text, runtime, `"-" is for container images only`, diags)
	case strings.Contains(text, "."), of("Java") && strings.Contains(text, "::"):
	case of("Node.js", "Python", "PHP", "Java"):
		badHandler(at, text, runtime, rule, diags)
	case of("C#"):
		diags.AddAttributeWarning(at, "Unusual Handler", fmt.Sprintf("%q has no dot. A handler of runtime %s is written as "+
			"Assembly::Namespace.Class::Method; the service decides.", text, name))
	case of("Cangjie"):
		diags.AddAttributeWarning(at, "Unusual Handler", fmt.Sprintf("%q has no dot. Handlers of most runtimes are written "+
			"as file.function; which form %s asks for is not documented. The service decides.", text, name))
	}
}

func badHandler(at path.Path, handler string, runtime types.String, rule string, diags *diag.Diagnostics) {
	diags.AddAttributeError(at, "Invalid Handler",
		fmt.Sprintf("%q is no handler of runtime %s: %s.", handler, runtime.ValueString(), rule))
}

// validateRequired asks for what an export package would bring, and a container image implies.
func (m coreFacet) validateRequired(runtime types.String, image bool, diags *diag.Diagnostics) {
	if image && m.Handler.IsNull() {
		m.Handler = types.StringValue(handlerImage)
	}
	for _, a := range []struct {
		name    string
		value   attr.Value
		implied string
	}{
		{"runtime", runtime, ", and an image implies it"}, {"handler", m.Handler, ", and an image implies it"},
		{"timeout", m.Timeout, ""}, {"memory_size", m.MemorySize, ""},
	} {
		if a.value.IsNull() {
			diags.AddAttributeError(path.Root(a.name), "Missing Required Argument",
				fmt.Sprintf("%s is required. Only a package_file as code brings its own%s.", a.name, a.implied))
		}
	}
}
