// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// runtimes are the values of contract 2.5. The list grows by region and date, so that others only warn.
var runtimes = []string{
	"Java8", "Java11", "Java17", "Java21",
	"Python2.7", "Python3.6", "Python3.9", "Python3.10", "Python3.12",
	"Go1.8", "Go1.x",
	"Node.js6.10", "Node.js8.10", "Node.js10.16", "Node.js12.13", "Node.js14.18", "Node.js16.17", "Node.js18.15",
	"Node.js20.15",
	"C#(.NET Core 2.0)", "C#(.NET Core 2.1)", "C#(.NET Core 3.1)", "C#(.NET Core 6.0)", "C#(.NET Core 8.0)",
	"PHP7.3", "PHP8.3", "Cangjie1.0", "Cangjie0.52.3", "Custom", "http", "Custom Image",
}

// memorySizes are the values of contract 2.3; larger ones may come (X29).
var memorySizes = []int64{128, 256, 512, 768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096, 8192, 10240}

// knownRuntime warns about a runtime that is not in the list.
type knownRuntime struct{}

func (knownRuntime) Description(context.Context) string {
	return "should be a runtime of FunctionGraph"
}
func (v knownRuntime) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (knownRuntime) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value := req.ConfigValue
	if value.ValueString() == "" || slices.Contains(runtimes, value.ValueString()) { // null, unknown, or refused elsewhere
		return
	}
	if i := slices.IndexFunc(runtimes,
		func(known string) bool { return alike(known) == alike(value.ValueString()) }); i >= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Misspelt Runtime",
			fmt.Sprintf("%q is not how the service writes it: %q.", value.ValueString(), runtimes[i]))
		return
	}
	resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown Runtime",
		fmt.Sprintf("%q is not among the runtimes that this provider knows. If the region offers it, all is well; the "+
			"service decides. Known: %s.", value.ValueString(), strings.Join(runtimes, ", ")))
}

// alike is what names have in common that differ in case and blanks only.
func alike(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), ""))
}

// knownMemorySize warns about a size that is not in the list.
type knownMemorySize struct{}

func (knownMemorySize) Description(context.Context) string {
	return "should be a memory size of FunctionGraph"
}
func (v knownMemorySize) MarkdownDescription(c context.Context) string { return v.Description(c) }

func (knownMemorySize) ValidateInt64(_ context.Context, req validator.Int64Request, resp *validator.Int64Response) {
	value := req.ConfigValue
	if value.ValueInt64() < 1 || slices.Contains(memorySizes, value.ValueInt64()) { // null, unknown, or refused elsewhere
		return
	}
	resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown Memory Size",
		fmt.Sprintf("%d MB is not among the sizes that this provider knows. If the region offers it, all is well; the "+
			"service decides. Known: %v.", value.ValueInt64(), memorySizes))
}
