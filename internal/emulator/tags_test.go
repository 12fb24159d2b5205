// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"
)

func tagBody(action any, pairs ...string) object {
	list := []object{}
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, object{"key": pairs[i], "value": pairs[i+1]})
	}
	return changed(object{"tags": list}, object{"action": action})
}

func TestTagsO12(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.want(204, "", "POST", demoTags+"/create", tagBody("create", "a", "1", "b", "2"))
	b.want(204, "", "POST", demoTags+"/create", tagBody(absent{}, "b", "3", "c", "")) // upsert, action left out
	if got := fmt.Sprint(b.function().Tags); got != "map[a:1 b:3 c:]" {
		t.Fatalf("tags = %s", got)
	}
	b.want(204, "", "DELETE", demoTags+"/delete", tagBody("delete", "a", "1", "nobody", ""))
	got := b.want(200, "", "GET", demoTags, nil)
	want := `{"sys_tags":[{"key":"_sys_enterprise_project_id","value":"0"}],` +
		`"tags":[{"key":"b","value":"3"},{"key":"c","value":""}]}` + "\n"
	if string(got.raw) != want {
		t.Fatalf("got %s, want %s", got.raw, want)
	}
	// The path takes the URN with :latest too (contract 3.17).
	b.want(204, "", "POST", strings.Replace(demoTags, "/tags", ":latest/tags", 1)+"/create", tagBody("create", "d", "4"))
	all := b.want(200, "", "GET", strings.Replace(demoTags, demoURN+"/", "", 1), nil)
	if got := string(all.raw); !strings.Contains(got, `{"key":"d","values":["4"]}`) {
		t.Fatalf("project tags: %s", got)
	}
}

func TestTagRules(t *testing.T) {
	t.Parallel()
	many := func(n int) []string {
		pairs := []string{}
		for i := range n {
			pairs = append(pairs, fmt.Sprint("k", i), "v")
		}
		return pairs
	}
	for _, rule := range []rulePair{
		{"key_empty", 400, "FSS.0400", tagBody("create", "", "v"), tagBody("create", "k", "v")},
		{"key_length", 400, "FSS.0400", tagBody("create", strings.Repeat("ä", 129), "v"),
			tagBody("create", strings.Repeat("ä", 128), "v")},
		{"value_length", 400, "FSS.0400", tagBody("create", "k", strings.Repeat("v", 256)),
			tagBody("create", "k", strings.Repeat("v", 255))},
		{"system_key", 400, "FSS.0400", tagBody("create", "_sys_x", "v"), tagBody("create", "sys_x", "v")},
		{"count", 400, "FSS.0400", tagBody("create", many(21)...), tagBody("create", many(20)...)},
		{"action", 400, "FSS.0400", tagBody("delete", "k", "v"), tagBody("create", "k", "v")},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			b.want(rule.status, rule.code, "POST", demoTags+"/create", rule.rejected)
			if got := b.function().Tags; len(got) != 0 {
				t.Fatalf("a refused call left %v", got)
			}
			b.want(204, "", "POST", demoTags+"/create", rule.accepted)
		})
	}
	b := withDemo(t)
	b.want(404, "FSS.1051", "GET", strings.Replace(demoTags, ":demo", ":x", 1), nil)
}
