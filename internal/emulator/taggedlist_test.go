// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const resources = "/v2/" + emulator.DefaultProjectID + "/functions/resource-instances/filter"

// TestFilterResources: contract 3.17. Without a filter all functions are there, those without tags too; numbers are
// texts or numbers; total_count counts what the filter takes, whatever the page.
func TestFilterResources(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.create(object{"func_name": "other"})
	b.want(204, "", "POST", demoTags+"/create", tagBody("create", "team", "shop", "old", "1"))
	demoRow, otherRow := "demo map[old:1 team:shop]", "other map[]"
	for name, v := range map[string]struct {
		body object
		want string
	}{
		"all":              {object{}, "2: " + otherRow + ", " + demoRow},
		"texts":            {object{"limit": "1", "offset": "1"}, "2: " + demoRow},
		"numbers":          {object{"limit": 1, "offset": 0}, "2: " + otherRow},
		"behind the end":   {object{"offset": "2"}, "2: "},
		"without any":      {object{"without_any_tag": true}, "1: " + otherRow},
		"by name":          {object{"action": "filter", "matches": []object{{"key": "resource_name", "value": "dem"}}}, "1: " + demoRow},
		"by a tag":         {object{"tags": []object{{"key": "team", "values": []string{"web", "shop"}}}}, "1: " + demoRow},
		"by another value": {object{"tags": []object{{"key": "team", "values": []string{"web"}}}}, "0: "},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.want(200, "", "POST", resources, v.body)
			var rows []string
			list, _ := got.body["resources"].([]any)
			for _, row := range list {
				r, _ := row.(object)
				tags := map[string]string{}
				all, _ := r["tags"].([]any)
				for _, one := range all {
					o, _ := one.(object)
					tags[fmt.Sprint(o["key"])] = fmt.Sprint(o["value"])
				}
				rows = append(rows, fmt.Sprint(r["resource_name"], " ", tags))
				if detail, _ := r["resource_detail"].(object); detail["detailId"] != urnPrefix+"default:"+
					fmt.Sprint(r["resource_name"]) {
					t.Errorf("detail %v", detail)
				}
			}
			if text := fmt.Sprint(got.body["total_count"], ": ", strings.Join(rows, ", ")); text != v.want {
				t.Errorf("got %s, want %s", text, v.want)
			}
		})
	}
	b.want(400, "FSS.0400", "POST", resources, object{"limit": "many"})
	b.want(400, "FSS.0400", "POST", resources, object{"offset": -1})
}
