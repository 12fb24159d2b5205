// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package provider

import "testing"

func TestReadsSDKLog(t *testing.T) {
	t.Parallel()
	for variable, want := range map[string]bool{
		"TF_LOG=TRACE": true, "TF_LOG=json": true, "TF_LOG=warn": true, "TF_LOG_PROVIDER=DEBUG": true,
		"TF_LOG_PROVIDER_FGS=INFO": true, "TF_LOG_SDK=TRACE": true, "TF_LOG_SDK_PROTO=DEBUG": true,
		"TF_LOG_SDK_FRAMEWORK=ERROR": true, "TF_LOG_SDK_PROTO_DATA_DIR=dir": true,
		"TF_LOG=": false, "TF_LOG=off": false, "TF_LOG_CORE=TRACE": false, "TF_LOG_PATH=file": false, "HOME=/": false,
	} {
		if got := ReadsSDKLog([]string{"PATH=/bin", variable}); got != want {
			t.Errorf("%s: %t", variable, got)
		}
	}
}
