// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// validateParts asks for what objects need. One that has nothing but null and empty texts in it is none: modules write
// such objects for what is not wanted.
func (m settingsFacets) validateParts(diags *diag.Diagnostics) {
	needParts("vpc", m.VPC, diags, "vpc_id", "subnet_id")
	needParts("initializer", m.Initializer, diags, "handler", "timeout")
	needParts("pre_stop", m.PreStop, diags, "handler", "timeout")
	needParts("restore_hook", m.RestoreHook, diags, "handler", "timeout")
	needParts("gpu", m.GPU, diags, "type", "memory")
	needParts("mount_config", m.MountConfig, diags, "mounts")
	mounts, _ := tfconv.Object[mountConfigModel](m.MountConfig)
	for i, mount := range mounts.Mounts.Elements() {
		needPartsAt(path.Root("mount_config").AtName("mounts").AtListIndex(i), "A mount", mount, diags,
			"mount_type", "mount_resource", "local_mount_path")
	}
	for _, zone := range m.DomainNames.Elements() {
		needPartsAt(path.Root("domain_names"), "A domain name", zone, diags, "id", "domain_name")
	}
}

func needParts(name string, o types.Object, diags *diag.Diagnostics, needed ...string) {
	needPartsAt(path.Root(name), name, o, diags, needed...)
}

// needPartsAt asks for what an object needs, also of an element of a list or a set.
func needPartsAt(at path.Path, what string, v attr.Value, diags *diag.Diagnostics, needed ...string) {
	o, ok := v.(types.Object)
	if !ok || !tfconv.Known(o) || tfconv.Blank(o) {
		return
	}
	for _, part := range needed {
		if tfconv.Blank(o.Attributes()[part]) {
			diags.AddAttributeError(at.AtName(part), "Missing Required Argument",
				fmt.Sprintf("%s needs %s. To have none leave it out, or all that is in it.", what, part))
		}
	}
}
