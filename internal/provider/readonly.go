// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// frameworksReadOnly is the framework's summary for a computed attribute that is configured.
const frameworksReadOnly = "Invalid Configuration for Read-Only Attribute"

// writtenElsewhere are the computed attributes that the huaweicloud provider has configured, by resource, and where
// that is written here. Of its other names fgs_function refuses the most frequent (internal/function/renamed.go).
var writtenElsewhere = map[string]string{
	"fgs_function.region": "The region is that of the provider: write it into the provider block. Functions of another " +
		"region have provider = fgs.other, with an alias of the provider.",
	"fgs_function.code_type": "What kind of code it is follows from how it is written: code = { zip_file = \"…\" }, or " +
		"with inline, jar_file, source_dir, obs_url, image or package_file.",
	"fgs_function.code_filename": "The name of the code file stands beside the code: code = { zip_file = \"…\", " +
		"filename = \"…\" }.",
	"fgs_function_trigger.type": "The type of a trigger follows from the object that is written: timer = { … }, with " +
		"obs, smn, kafka and so on. One without an object of its own is other = { type = \"…\", data = \"…\" }.",
}

// withPlaces says of a read-only attribute what it says here, and where what was meant is written.
func withPlaces(resource string, diags []*tfprotov6.Diagnostic) []*tfprotov6.Diagnostic {
	for _, d := range diags {
		if d.Summary != frameworksReadOnly || d.Attribute == nil || len(d.Attribute.Steps()) != 1 {
			continue
		}
		name, _ := d.Attribute.Steps()[0].(tftypes.AttributeName)
		if where := writtenElsewhere[resource+"."+string(name)]; where != "" {
			d.Summary = "Attribute Is Written Elsewhere"
			d.Detail = string(name) + " cannot be set: it shows what the service reports. " + where
		}
	}
	return diags
}
