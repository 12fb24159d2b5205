// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "strings"

// SDKLogVariable sets the level of the lines that the plugin libraries write about their own work.
const SDKLogVariable = "TF_LOG_SDK"

// ReadsSDKLog says whether somebody may read those lines: whether one of the variables that ask a CLI for a provider's
// log is set. Without them the libraries write every line at every level all the same, each as JSON to the CLI, which
// parses and drops it: nearly half of the time that a plan of hundreds of functions takes.
func ReadsSDKLog(environ []string) bool {
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
		asks := name == "TF_LOG" || strings.HasPrefix(name, "TF_LOG_PROVIDER") || strings.HasPrefix(name, SDKLogVariable)
		if asks && value != "" && !strings.EqualFold(value, "off") {
			return true
		}
	}
	return false
}
