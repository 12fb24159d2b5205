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

// TestMoveGuide: the table of names in the guide is that of the code, row by row, and what it leads to exists. The page
// of the resource has the rows of what is refused.
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
	if got := tableOfNames(t, "guides/coming-from-huaweicloud.md.tmpl"); !slices.Equal(got, want) {
		t.Errorf("the table of the guide has to be:\n%s", strings.Join(want, "\n"))
	}
	if says := renamedTexts[0].says(); !strings.Contains(page(t, "guides/coming-from-huaweicloud.md.tmpl"), says) {
		t.Errorf("the guide does not quote what is said of an old name:\n%s", says)
	}
	refused := slices.DeleteFunc(want, func(row string) bool {
		return !slices.Contains(renamedNames(), strings.Split(row, "`")[1])
	})
	got := tableOfNames(t, "resources/function.md.tmpl")
	if len(got) != len(renamedNames()) || !slices.Equal(got, refused) {
		t.Errorf("the table of what is refused has to be:\n%s", strings.Join(refused, "\n"))
	}
}

// tableOfNames are the rows of a table of old and new names in a template.
func tableOfNames(t *testing.T, template string) []string {
	t.Helper()
	_, table, _ := strings.Cut(page(t, template), "| There | Here |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	return strings.Split(table, "\n")
}

func page(t *testing.T, template string) string {
	t.Helper()
	text, err := os.ReadFile("../../templates/" + template)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
