// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestListFunctions(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for _, name := range []string{"orders-a", "orders-b", "users", "zoo"} {
		b.create(object{"func_name": name, "package": map[bool]string{true: "shop", false: "default"}[name != "zoo"]})
	}
	for _, test := range []struct {
		query string
		names string
		next  int
		count int
	}{
		{"", "zoo users orders-b orders-a", 4, 4},
		{"?maxitems=0", "zoo users orders-b orders-a", 4, 4},
		{"?maxitems=401", "zoo users orders-b orders-a", 4, 4},
		{"?maxitems=3", "zoo users orders-b", 3, 4},
		{"?marker=3&maxitems=3", "orders-a", 4, 4},
		{"?marker=9", "", 4, 4},
		{"?package_name=shop", "users orders-b orders-a", 3, 3},
		{"?package_name=sho", "", 0, 0},
		{"?func_name=orders", "orders-b orders-a", 2, 2},
		{"?func_name=orders&package_name=default", "", 0, 0},
	} {
		got := b.want(200, "", "GET", functions+test.query, nil)
		names := []string{}
		rows, _ := got.body["functions"].([]any)
		for _, row := range rows {
			item, _ := row.(object)
			names = append(names, fmt.Sprint(item["func_name"]))
		}
		if strings.Join(names, " ") != test.names || got.body["next_marker"] != float64(test.next) ||
			got.body["count"] != float64(test.count) {
			t.Errorf("%s: %s, next_marker %v, count %v", test.query, names, got.body["next_marker"], got.body["count"])
		}
	}
	for i := range 400 {
		b.server.Put(emulator.Function{Name: fmt.Sprint("f", i)})
	}
	for _, query := range []string{"", "?maxitems=0", "?maxitems=401"} { // contract 1.8: all three mean 400
		if got := b.want(200, "", "GET", functions+query, nil); got.body["next_marker"] != 400.0 {
			t.Errorf("%s: next_marker %v", query, got.body["next_marker"])
		}
	}
	for _, query := range []string{"?marker=-1", "?maxitems=-1", "?marker=x"} {
		b.want(400, "FSS.0400", "GET", functions+query, nil)
	}
}

// D5: deleting the last user of a dependency does not delete the dependency.
func TestDeleteD5KeepsDependencies(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	uses := object{"depend_version_list": []string{emulator.PublicDependency}}
	b.create(uses)
	b.want(204, "", "DELETE", demo, nil)
	b.create(uses)
}
