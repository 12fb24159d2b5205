// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

func stampAttribute() schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "Whether a change of settings is a change of the code. The service publishes a version only " +
			"of code that changed, so that other settings or dependencies alone never reach an alias. With `true`, a hash of " +
			"them goes into the comment of the archive and into `source_hash`: then they are uploaded, published and released " +
			"as code is. For `zip_file`, `jar_file` and `source_dir`. All settings count that a version copies: not " +
			"`mount_config`, `enterprise_project_id` and `tags`; of write-only variables their version. The hash says nothing " +
			"about the values of encrypted variables. The files in the archive and their hash stay what they are, a comment " +
			"that the archive has is kept before the stamp while both have room. Not with `ignore_code_drift`.",
	}
}

// unstampable says why a source cannot carry a stamp; "" for one that can.
func unstampable(attribute string) string {
	switch attribute {
	case "inline":
		return "inline code is sent byte for byte, and has no comment that the function would not see. Put the file into a " +
			"folder and use source_dir"
	case "obs_url":
		return "the provider names an object in OBS and never sees its bytes. Use zip_file, or change the object with each " +
			"release"
	case "image":
		return "the provider names a container image and never sees its bytes. Push the image under another tag with each " +
			"release"
	case "package_file":
		return "the call that creates a function from a package takes the package as it is. Use zip_file with the archive " +
			"in it"
	}
	return ""
}

// stamps says that the code carries a stamp, or may.
func (m codeFacet) stamps() bool {
	code, ok := m.codeObject()
	return ok && (code.StampSettings.IsUnknown() || code.StampSettings.ValueBool())
}

// validateStamp refuses code that cannot carry a stamp, and what a stamp would harm. A plan asks again: a value may not
// have been known when the configuration was validated.
func (m codeFacet) validateStamp(diags *diag.Diagnostics) {
	code, ok := m.codeObject()
	if !ok || !code.StampSettings.ValueBool() {
		return
	}
	if why := unstampable(code.chosen().attribute); why != "" {
		diags.AddAttributeError(path.Root("code").AtName("stamp_settings"), "Not for This Code",
			"stamp_settings is not possible with "+
				code.chosen().attribute+": "+why+".")
	}
	if m.IgnoreCodeDrift.ValueBool() {
		diags.AddAttributeError(path.Root("code").AtName("stamp_settings"), "Conflicting Attributes",
			"stamp_settings is not possible with ignore_code_drift: each change of a setting would upload the source over "+
				"the code that something else deployed.")
	}
}
