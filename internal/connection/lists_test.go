// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// TestByFunction: rows come to their functions, whatever version or alias they name; a row that names none spoils the
// list, since it may be about any.
func TestByFunction(t *testing.T) {
	t.Parallel()
	const a, b = "urn:fss:r:p:function:default:a", "urn:fss:r:p:function:default:b"
	urnOf := func(urn string) string { return urn }
	got, err := byFunction([]string{a, a + ":v1", b + ":!live"}, urnOf)
	if urn, _ := functiongraph.ParseURN(a); err != nil || len(got) != 2 || len(got[urn]) != 2 {
		t.Errorf("%v, %v", got, err)
	}
	for _, odd := range []string{"", "urn:obs:x"} {
		if got, err := byFunction([]string{a, odd}, urnOf); err == nil {
			t.Errorf("a row of %q: %v", odd, got)
		}
	}
}

// TestMayListTrigger: from the third trigger of a run on the list is asked for, and for each once.
func TestMayListTrigger(t *testing.T) {
	t.Parallel()
	var l lists
	for i, step := range []struct {
		key  string
		want bool
	}{{"a", false}, {"b", false}, {"b", false}, {"c", true}, {"c", false}, {"a", false}, {"d", true}} {
		if got := l.mayListTrigger(step.key); got != step.want {
			t.Errorf("%d: %s: %t", i, step.key, got)
		}
	}
}
