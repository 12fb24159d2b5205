// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// from is a source of code with more about it.
func from(attribute, value string, more attributes) attributes {
	code := attributes{attribute: value}
	for name, v := range more {
		code[name] = v
	}
	return attributes{"code": code}
}

var stamped = attributes{"stamp_settings": true}

const testObject = "https://shop.obs.cn-north-4.myhuaweicloud.com/orders.zip"

// TestValidate_code is TestValidate for the sources of code and the encrypted environment.
func TestValidate_code(t *testing.T) {
	t.Parallel()
	object := from("obs_url", testObject, nil)
	refuses(t, map[string]inputRule{
		"no address": {"code.obs_url", "Invalid OBS Address", "https://BUCKET.obs", from("obs_url", "orders.zip", nil), object},
		"bucket without an object": {
			"code.obs_url", "Invalid OBS Address", "names no object",
			from("obs_url", "https://shop.obs.cn-north-4.myhuaweicloud.com/", nil), object,
		},
		"other scheme": {"code.obs_url", "Invalid OBS Address", "no address", from("obs_url", "obs://shop/orders.zip", nil), object},
		"credentials in the address": {
			"code.obs_url", "Invalid OBS Address", "a user",
			from("obs_url", "https://a:b@shop.obs.cn-north-4.myhuaweicloud.com/o", nil), object,
		},
		"image with a scheme":             {"code.image", "Invalid Image", "without scheme", imaged(from("image", "https://"+testImage, nil)), imaged(nil)},
		"image with a blank":              {"code.image", "Invalid Image", "blanks", imaged(from("image", testImage+" ", nil)), imaged(nil)},
		"image and a runtime":             {"runtime", "Conflicting Attributes", "Leave it out", imaged(attributes{"runtime": "Python3.9"}), imaged(attributes{"runtime": "Custom Image"})},
		"image and an unfit runtime":      {"runtime", "Conflicting Attributes", `Leave it out, or write "http"`, imaged(attributes{"runtime": "Go1.x"}), imaged(attributes{"runtime": "http"})},
		"image and a handler":             {"handler", "Conflicting Attributes", `"-"`, imaged(attributes{"handler": "index.handler"}), imaged(attributes{"handler": "-"})},
		"image with a filename":           {"code.filename", "Not for This Code", "no code file", imaged(from("image", testImage, attributes{"filename": "a.zip"})), imaged(nil)},
		"filename with a path":            {"code.filename", summaryMatch, "without a path", from("inline", "x", attributes{"filename": "src/index.py"}), from("inline", "x", attributes{"filename": "index.py"})},
		"filename with a path of Windows": {"code.filename", summaryMatch, "without a path", from("inline", "x", attributes{"filename": `src\index.py`}), from("inline", "x", attributes{"filename": "index.py"})},
		"image with a key":                {"code.kms_key_id", "Not for This Code", "no code file", imaged(from("image", testImage, attributes{"kms_key_id": "k"})), imaged(nil)},
		"image runtime without an image": {
			"code", "Missing Image", "has inline", attributes{"runtime": "Custom Image", "handler": "-"}, imaged(nil),
		},
		"image_config without an image": {
			"image_config", "Not for This Code", "has inline", attributes{"image_config": attributes{"user_id": 7}},
			imaged(attributes{"image_config": attributes{"user_id": 7}}),
		},
		"stamp of inline code": {
			"code.stamp_settings", "Not for This Code", "stamp_settings is not possible with inline: ",
			from("inline", "x", stamped), from("zip_file", "a.zip", stamped),
		},
		"stamp of an object": {
			"code.stamp_settings", "Not for This Code", "stamp_settings is not possible with obs_url: ",
			from("obs_url", testObject, stamped), from("jar_file", "a.jar", stamped),
		},
		"stamp of an image": {
			"code.stamp_settings", "Not for This Code", "stamp_settings is not possible with image: ",
			imaged(from("image", testImage, stamped)),
			imaged(from("image", testImage, attributes{"stamp_settings": false})),
		},
		"stamp of a package": {
			"code.stamp_settings", "Not for This Code", "stamp_settings is not possible with package_file: ",
			from("package_file", "a.zip", stamped),
			from("source_dir", "src", stamped),
		},
		"stamp, and code that others deploy": {
			"code.stamp_settings", "Conflicting Attributes", "would upload the source over the code",
			attributes{"code": attributes{"zip_file": "a.zip", "stamp_settings": true}, "ignore_code_drift": true},
			attributes{"code": attributes{"zip_file": "a.zip", "stamp_settings": true}, "ignore_code_drift": false},
		},
		"comma in a command": {
			"image_config.command[1]", "Comma in a Command", "become several",
			imaged(attributes{"image_config": attributes{"command": []any{"sh", "a,b"}}}),
			imaged(attributes{"image_config": attributes{"command": []any{"sh", "a b"}}}),
		},
		"relative working directory": {
			"image_config.working_dir", summaryMatch, "begin with /",
			imaged(attributes{"image_config": attributes{"working_dir": "app"}}),
			imaged(attributes{"image_config": attributes{"working_dir": "/app"}}),
		},
		"user 0": {
			"image_config.user_id", summaryValue, "between 1 and 65534",
			imaged(attributes{"image_config": attributes{"user_id": 0}}),
			imaged(attributes{"image_config": attributes{"user_id": 1}}),
		},
		"exclude without a folder": {
			"code.exclude", "Not for This Code", "source_dir", from("zip_file", "a.zip", attributes{"exclude": []any{"tests"}}),
			from("source_dir", "src", attributes{"exclude": []any{"tests"}}),
		},
		"pattern that cannot be": {
			"code.exclude[1]", "Invalid Pattern", "[a", from("source_dir", "src", attributes{"exclude": []any{"tests", "[a"}}),
			from("source_dir", "src", attributes{"exclude": []any{"tests", "[a]"}}),
		},
		"pattern that leads out": {
			"code.exclude[0]", "Invalid Pattern", "..", from("source_dir", "src", attributes{"exclude": []any{"../a"}}),
			from("source_dir", "src", attributes{"exclude": []any{"a"}}),
		},
		// Contract F15, F16.
		"21 encrypted variables": {
			"encrypted_user_data", "Too Many Entries", "at most 20",
			attributes{"encrypted_user_data": variables(21)}, attributes{"encrypted_user_data": variables(20)},
		},
		"write-only without its version": {
			"encrypted_user_data_wo", "Invalid Attribute Combination", "encrypted_user_data_wo_version",
			attributes{"encrypted_user_data_wo": variables(1)},
			attributes{"encrypted_user_data_wo": variables(1), "encrypted_user_data_wo_version": "1"},
		},
		"version of other variables": {
			"encrypted_user_data", "Invalid Attribute Combination", "encrypted_user_data_wo_version",
			attributes{"encrypted_user_data": variables(1), "encrypted_user_data_wo_version": "1"},
			attributes{"encrypted_user_data_wo": variables(1), "encrypted_user_data_wo_version": "1"},
		},
		"both kinds of encrypted variables": {
			"encrypted_user_data", "Invalid Attribute Combination", "encrypted_user_data_wo",
			attributes{"encrypted_user_data": variables(1), "encrypted_user_data_wo": variables(1),
				"encrypted_user_data_wo_version": "1"},
			attributes{"encrypted_user_data": variables(1)},
		},
	})
}

// TestValidate_addresses: what only looks strange is a warning, since the service decides.
func TestValidate_addresses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		path, summary, says string
		strange             attributes
	}{
		"signed address": {"code.obs_url", "OBS Address With a Query", "state", from("obs_url", testObject+"?Signature=x", nil)},
		"own domain":     {"code.obs_url", "Unusual OBS Address", "BUCKET", from("obs_url", "https://files.example.com/orders.zip", nil)},
		"other registry": {"code.image", "Unusual Image", "swr.", imaged(from("image", "docker.io/library/busybox:1", nil))},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectOne(t, acctest.New(t).Protocol(t).Validate("fgs_function", with(test.strange)), "WARNING", test.path,
				test.summary, test.says)
		})
	}
}

// TestPlan_region: an object in another region is a warning once the provider's region is known.
func TestPlan_region(t *testing.T) {
	t.Parallel()
	for region, warns := range map[string]bool{"cn-north-4": false, "cn-east-3": true} {
		p := acctest.New(t).Protocol(t)
		expectNone(t, p.Configure(nil))
		got := p.PlanCreate("fgs_function",
			with(from("obs_url", "https://shop.obs."+region+".myhuaweicloud.com/orders.zip", nil)))
		if !warns {
			expectNone(t, got)
			continue
		}
		expectOne(t, got, "WARNING", "code.obs_url", "Bucket in Another Region", `"cn-east-3"`, `"cn-north-4"`)
	}
}
