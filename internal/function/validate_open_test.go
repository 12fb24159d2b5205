// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

// TestValidate_canBecomeRight: what is not known yet is neither given nor missing, and what is empty is not given.
func TestValidate_canBecomeRight(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	open, path := acctest.Unknown, "x.zip"
	bare := attributes{"runtime": nil, "handler": nil, "timeout": nil, "memory_size": nil}
	merged := func(more attributes) attributes {
		out := attributes{}
		for _, m := range []attributes{bare, more} {
			for key, value := range m {
				out[key] = value
			}
		}
		return out
	}
	image := attributes{"args": []any{"a"}}
	for name, config := range map[string]attributes{
		"zip or image, with image_config": {"code": attributes{"zip_file": open, "image": open}, "image_config": image},
		"image or zip, nothing implied":   {"code": attributes{"zip_file": open, "image": open}, "runtime": nil, "handler": nil},
		"zip or package, nothing else":    merged(attributes{"code": attributes{"zip_file": open, "package_file": open}}),
		"zip, or image if that is null":   {"code": attributes{"zip_file": path, "image": open}},
		"image, with a name perhaps": merged(attributes{"timeout": 3, "memory_size": 128,
			"code": attributes{"image": "swr.x/a", "filename": open, "kms_key_id": open}}),
		"folder or zip, with exclude":     {"code": attributes{"source_dir": open, "zip_file": open, "exclude": []any{"a"}}},
		"zip, exclude perhaps":            {"code": attributes{"zip_file": path, "exclude": open}},
		"the whole code":                  merged(attributes{"code": open, "image_config": image}),
		"encrypted perhaps":               {"encrypted_user_data": open, "encrypted_user_data_wo": variables(1), "encrypted_user_data_wo_version": "1"},
		"version perhaps":                 {"encrypted_user_data_wo": variables(1), "encrypted_user_data_wo_version": open},
		"vpc perhaps":                     {"vpc": open},
		"agency perhaps":                  {"agency": open, "vpc": attributes{"vpc_id": "v", "subnet_id": "s"}},
		"parts of a vpc perhaps":          {"agency": "a", "vpc": attributes{"vpc_id": open, "subnet_id": open}},
		"parts of an initializer perhaps": {"initializer": attributes{"handler": open, "timeout": 3}},
		"runtime perhaps":                 {"runtime": open, "handler": "x", "heartbeat_handler": "x"},
		"log group perhaps":               {"log": attributes{"group_id": open, "stream_id": "s"}},
		"21 variables, one perhaps null":  {"user_data": with21(open)},
		"21 variables, one null":          {"user_data": with21(nil)},
		"empty among code":                {"code": attributes{"zip_file": path, "image": "", "inline": "", "jar_file": "", "obs_url": "", "package_file": "", "source_dir": "", "filename": "", "source_hash": "", "kms_key_id": "", "exclude": []any{}}},
		"empty package, type, project":    {"package": "", "type": "", "enterprise_project_id": ""},
		"empty vpc":                       {"vpc": attributes{"vpc_id": "", "subnet_id": "", "security_group_ids": []any{}}},
		"null vpc":                        {"vpc": attributes{"vpc_id": nil, "subnet_id": nil}},
		"empty hooks":                     {"initializer": attributes{"handler": "", "timeout": nil}, "pre_stop": attributes{}, "restore_hook": attributes{"handler": ""}},
		"empty gpu":                       {"gpu": attributes{"type": ""}},
		"empty mount_config":              {"mount_config": attributes{"mounts": []any{}}},
		"empty image_config":              {"image_config": attributes{"working_dir": "", "command": []any{}}},
		"empty texts":                     {"agency": "", "app_agency": "", "description": "", "heartbeat_handler": "", "user_data_kms_key_id": ""},
		"null among variables, tags, log": {"user_data": attributes{"A": nil}, "tags": attributes{"A": nil}, "log": attributes{"custom_tags": attributes{"A": nil}}},
		"null among encrypted":            {"encrypted_user_data": attributes{"A": nil}},
		"null among write-only":           {"encrypted_user_data_wo": attributes{"A": nil}, "encrypted_user_data_wo_version": "1"},
		"version of a null map":           {"encrypted_user_data_wo_version": "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectNone(t, p.Validate("fgs_function", with(config)))
		})
	}
}

func with21(last any) attributes {
	out := variables(20)
	out["last"] = last
	return out
}

// TestValidate_root: a message about a part of an attribute is attached to the attribute, and names the part: the CLI
// would mark another line, of an attribute of the part's name.
func TestValidate_root(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for name, test := range map[string]struct {
		config     attributes
		root, says string
	}{
		"object": {attributes{"initializer": attributes{"handler": "i.i", "timeout": 900}}, "initializer", "initializer.timeout: "},
		"list":   {attributes{"code": attributes{"source_dir": "x", "exclude": []any{"/"}}}, "code", "code.exclude[0]: "},
		"map":    {attributes{"user_data": attributes{"": "x"}}, "user_data", `user_data[""]: `},
		"deep": {
			attributes{"mount_config": attributes{"mounts": []any{attributes{
				"mount_type": "x", "mount_resource": "x", "local_mount_path": "/mnt/x",
			}}}}, "mount_config", "mount_config.mounts[0].mount_type: ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := p.Validate("fgs_function", with(test.config))
			expectOne(t, got, "ERROR", got[0].Path, got[0].Summary, test.says)
			if got[0].Root != test.root {
				t.Errorf("attached to %q, want %q", got[0].Root, test.root)
			}
		})
	}
}

// TestValidate_fraction: where a whole number is wanted, a fraction, or one that no number of 64 bits is, is the
// configuration's mistake, and no defect.
func TestValidate_fraction(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for name, config := range map[string]attributes{
		"timeout": {"timeout": 2.5}, "memory_size": {"memory_size": 128.25}, "max_instance_num": {"max_instance_num": 0.5},
		"initializer.timeout":  {"initializer": attributes{"handler": "i.i", "timeout": 1.5}},
		"mount_config.user_id": {"mount_config": attributes{"user_id": 1.5}}, "gpu.memory": {"gpu": attributes{"type": "x", "memory": 0.1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectOne(t, p.Validate("fgs_function", with(config)), "ERROR", name, "Not a Whole Number",
				name+" must be a whole number")
		})
	}
	alias := attributes{
		"function_urn": "urn:fss:r:p:function:default:f", "name": "a", "version": "1",
		"additional_version": attributes{"version": "2", "weight": 0.1},
	}
	got := p.Validate("fgs_function_alias", alias)
	if len(got) != 1 || got[0].Summary != "Not a Whole Number" {
		t.Fatalf("a weight of 0.1: %s", got)
	}
	expectOne(t, got, "ERROR", got[0].Path, "Not a Whole Number", "weight", "percent")
	expectOne(t, p.Validate("fgs_function", with(attributes{"timeout": 1e30})), "ERROR", "timeout", "Number Out of Range",
		"timeout = 1e+30")
	expectOne(t, p.ValidateProvider(attributes{"max_retries": 0.5}), "ERROR", "max_retries", "Not a Whole Number",
		"whole number, got 0.5")
}

// TestValidate_misspelt: what is surely wrong is found before anything is made.
func TestValidate_misspelt(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	for given, means := range map[string]string{
		"python3.9": "Python3.9", "Python 3.9": "Python3.9", "NODE.JS18.15": "Node.js18.15", "custom image": "Custom Image",
		"CustomImage": "Custom Image", "HTTP": "http", "go1.x": "Go1.x", " Java11": "Java11",
	} {
		got := p.Validate("fgs_function", with(attributes{"runtime": given}))
		if len(got) != 1 {
			t.Fatalf("%s: %s", given, got)
		}
		expectOne(t, got, "ERROR", "runtime", "Misspelt Runtime", means)
	}
	expectOne(t, p.Validate("fgs_function", with(attributes{"runtime": "Python3.99"})), "WARNING", "runtime",
		"Unknown Runtime", "region")
	for _, key := range []string{"_sys_a", "_SYS_a", "_sys_enterprise_project_id"} {
		at := `tags["` + key + `"]`
		expectOne(t, p.Validate("fgs_function", with(attributes{"tags": attributes{key: "b"}})), "ERROR", at,
			"Tag of the Service", key)
		expectOne(t, p.ValidateProvider(attributes{"default_tags": attributes{key: "b"}}), "ERROR", "default_"+at,
			"Tag of the Service", key)
	}
	for name, tags := range map[string]attributes{
		"long value": {"k": string(make([]byte, 256))}, "no key": {"": "v"}, "too many": variables(21),
	} {
		if got := p.ValidateProvider(attributes{"default_tags": tags}); len(got) != 1 {
			t.Errorf("default_tags, %s: %s", name, got)
		}
	}
	expectNone(t, p.ValidateProvider(attributes{"default_tags": with21(nil)}))
}
