// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestMoveGuide: the table of names in the guide is that of the code, row by row, and what it leads to exists.
func TestMoveGuide(t *testing.T) {
	t.Parallel()
	var want []string
	names := regexp.MustCompile(`[a-z_]+[._][a-z_.]+|log|agency|package|type`)
	for _, attribute := range oldAttributes {
		if attribute.now != "" && attribute.now != attribute.name {
			want = append(want, "| `"+attribute.name+"` | "+names.ReplaceAllString(attribute.now, "`$0`")+" |")
		}
		for _, now := range names.FindAllString(attribute.now, -1) {
			root, _, _ := strings.Cut(now, ".")
			if _, ok := builtSchema().Attributes[root]; !ok && root != "timeouts" && !strings.HasPrefix(root, "fgs_") {
				t.Errorf("%s leads to %s, which is no attribute", attribute.name, now)
			}
		}
	}
	guide, err := os.ReadFile("../../templates/guides/coming-from-huaweicloud.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(guide), "| There | Here |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	if got := strings.Split(table, "\n"); !slices.Equal(got, want) {
		t.Errorf("the table of the guide has to be:\n%s", strings.Join(want, "\n"))
	}
}
