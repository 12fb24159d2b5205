// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

func TestDifferences(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		function, version string
		want              []string
	}{
		"nothing":            {`{"runtime":"Python3.9"}`, `{"runtime":"Python3.9"}`, nil},
		"numbers":            {`{"memory_size":128,"timeout":3}`, `{"memory_size":256,"timeout":3}`, []string{"memory_size"}},
		"unset or left out":  {`{"description":"","gpu_memory":0,"func_vpc":{"vpc_id":""},"lts_custom_tag":{}}`, `{}`, nil},
		"set on one side":    {`{"xrole":"agency"}`, `{}`, []string{"xrole"}},
		"set on the other":   {`{}`, `{"xrole":"agency"}`, []string{"xrole"}},
		"a variable":         {`{"user_data":"{\"A\":\"1\",\"B\":\"2\"}"}`, `{"user_data":"{\"B\":\"2\", \"A\":\"x\"}"}`, []string{"user_data (A)"}},
		"a variable more":    {`{"user_data":"{\"A\":\"\"}"}`, `{"user_data":"{}"}`, []string{"user_data (A)"}},
		"no variables":       {`{"user_data":"{}"}`, `{}`, nil},
		"names of secrets":   {`{"encrypted_user_data":"{\"A\":\"\"}"}`, `{"encrypted_user_data":"{\"A\":\"\",\"B\":\"\"}"}`, []string{"encrypted_user_data (B)"}},
		"order of a set":     {`{"func_vpc":{"security_groups":["a","b"]}}`, `{"func_vpc":{"security_groups":["b","a"]}}`, nil},
		"order of domains":   {`{"domain_names":"[{\"id\":\"a\"},{\"id\":\"b\"}]"}`, `{"domain_names":"[{\"id\":\"b\"},{\"id\":\"a\"}]"}`, nil},
		"dependencies":       {`{"depend_version_list":["a"]}`, `{"depend_version_list":["b"]}`, []string{"dependency_version_ids"}},
		"their order":        {`{"depend_version_list":["a","b"]}`, `{"depend_version_list":["b","a"]}`, []string{"dependency_version_ids"}},
		"no dependencies":    {`{"depend_version_list":[]}`, `{}`, nil},
		"what is not copied": {`{"mount_config":{"func_mounts":[{"mount_type":"sfs"}]},"enterprise_project_id":"1"}`, `{}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var function, version functiongraph.Function
			for text, into := range map[string]*functiongraph.Function{test.function: &function, test.version: &version} {
				if err := json.Unmarshal([]byte(text), into); err != nil {
					t.Fatal(err)
				}
			}
			if test.function == test.version {
				version = function
			}
			if got := differences(&function, &version); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
