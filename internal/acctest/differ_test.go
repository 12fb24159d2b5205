// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// lineDiff shows the members that differ, each in a line: "-" what is wanted, "+" what there is. It is "" for none.
func lineDiff(want, got map[string]string) string {
	all := maps.Clone(want)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, got)
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		was, wanted := want[name]
		is, there := got[name]
		if wanted == there && was == is {
			continue
		}
		if wanted {
			fmt.Fprintf(&b, "\n  - %s: %s", name, was)
		}
		if there {
			fmt.Fprintf(&b, "\n  + %s: %s", name, is)
		}
	}
	return b.String()
}

// valueDiff is the same for two values, by the paths of their members.
func valueDiff(want, got tftypes.Value) string {
	return lineDiff(leavesOf(want), leavesOf(got))
}

// leavesOf are the values within a value, each in one text, by path: code.zip_file.
func leavesOf(v tftypes.Value) map[string]string {
	out := map[string]string{}
	addLeaves(out, "", v)
	return out
}

func addLeaves(out map[string]string, at string, v tftypes.Value) {
	var members map[string]tftypes.Value
	if !v.IsKnown() || v.IsNull() || v.As(&members) != nil || len(members) == 0 {
		out[at] = inText(v)
		return
	}
	for name, member := range members {
		addLeaves(out, strings.TrimPrefix(at+"."+name, "."), member)
	}
}

// inText is a value in one line, the same for the same value.
func inText(v tftypes.Value) string {
	var (
		members map[string]tftypes.Value
		list    []tftypes.Value
		text    string
		number  big.Float
		flag    bool
	)
	switch {
	case !v.IsKnown():
		return "(known after apply)"
	case v.IsNull():
		return "null"
	case v.As(&text) == nil:
		return fmt.Sprintf("%q", text)
	case v.As(&number) == nil:
		return number.Text('f', -1)
	case v.As(&flag) == nil:
		return fmt.Sprint(flag)
	case v.As(&list) == nil:
		var texts []string
		for _, element := range list {
			texts = append(texts, inText(element))
		}
		if v.Type().Is(tftypes.Set{}) {
			slices.Sort(texts)
		}
		return "[" + strings.Join(texts, ", ") + "]"
	case v.As(&members) == nil:
		var texts []string
		for _, name := range slices.Sorted(maps.Keys(members)) {
			texts = append(texts, name+": "+inText(members[name]))
		}
		return "{" + strings.Join(texts, ", ") + "}"
	}
	return v.String()
}

// spoken are diagnostics for a lineDiff, by their order.
func spoken(all []*tfprotov6.Diagnostic) map[string]string {
	out := map[string]string{}
	for i, d := range all {
		out[fmt.Sprintf("%s %d", d.Severity, i+1)] = fmt.Sprintf("at %q: %s: %s", d.Attribute, d.Summary, d.Detail)
	}
	return out
}

func TestValueDiff(t *testing.T) {
	t.Parallel()
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"name": tftypes.String, "timeout": tftypes.Number, "on": tftypes.Bool,
		"tags": tftypes.Map{ElementType: tftypes.String}, "ids": tftypes.Set{ElementType: tftypes.String},
		"vpc": tftypes.Object{AttributeTypes: map[string]tftypes.Type{"vpc_id": tftypes.String}},
	}}
	want := object(t, typ, values{
		"name": "orders", "timeout": 3, "on": true, "tags": map[string]string{"team": "shop", "old": "1"},
		"ids": []string{"b", "a"},
	})
	if diff := valueDiff(want, want); diff != "" {
		t.Errorf("a value differs from itself: %s", diff)
	}
	got := object(t, typ, values{
		"name": tftypes.UnknownValue, "timeout": 30, "on": true, "tags": map[string]string{"team": "shop"},
		"ids": []string{"a", "c"}, "vpc": values{"vpc_id": "vpc-1"},
	})
	const shown = `
  - ids: ["a", "b"]
  + ids: ["a", "c"]
  - name: "orders"
  + name: (known after apply)
  - tags.old: "1"
  - timeout: 3
  + timeout: 30
  - vpc: null
  + vpc.vpc_id: "vpc-1"`
	if diff := valueDiff(want, got); diff != shown {
		t.Errorf("got:%s\nwant:%s", diff, shown)
	}
	if diff := valueDiff(got, tftypes.NewValue(typ, nil)); !strings.Contains(diff, "  + : null") {
		t.Errorf("an object that is gone is shown as %s", diff)
	}
}
