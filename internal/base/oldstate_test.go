// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"maps"
	"slices"
	"testing"
)

// TestOldState: what is missing, null or of another kind is not set; numbers may be texts, and a list of one an object.
func TestOldState(t *testing.T) {
	t.Parallel()
	old, err := parseOldState([]byte(`{"text":"a","null":null,"number":128,"float":3.0,"half":1.5,"digits":"512","on":true,
		"word":"false","texts":["a",null,1,"b",""],"map":{"a":"x","b":null,"c":1},"list":[{"a":"x"},null],"object":{"a":"y"},
		"mixed":[{"a":"x"},1],"timeouts":{"create":"20m","read":"1m","delete":null}}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"text": "a", "null": "", "none": "", "number": "128", "digits": "512", "on": "", "list": "", "object": "",
	} {
		if got := old.Text(name); got != want {
			t.Errorf("the text of %s is %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]int64{
		"number": 128, "float": 3, "half": 0, "digits": 512, "text": 0, "null": 0, "none": 0, "on": 0, "list": 0,
	} {
		if got := old.Number(name); got != want {
			t.Errorf("the number of %s is %d, want %d", name, got, want)
		}
	}
	for name, want := range map[string]any{
		"on": true, "word": false, "null": nil, "none": nil, "text": nil, "number": nil, "list": nil,
	} {
		if got := old.Flag(name); (got == nil) != (want == nil) || got != nil && *got != want {
			t.Errorf("the switch of %s is %v, want %v", name, got, want)
		}
	}
	if got := old.Texts("texts"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("the texts are %q", got)
	}
	if got := old.Map("map"); !maps.Equal(got, map[string]string{"a": "x", "c": "1"}) {
		t.Errorf("the map is %q", got)
	}
	for name, want := range map[string]string{
		"list": "x", "object": "y", "null": "", "none": "", "mixed": "", "text": "",
	} {
		if got := old.Object(name).Text("a"); got != want {
			t.Errorf("the object of %s has %q, want %q", name, got, want)
		}
	}
	if got := OldTimeouts(old, "create", "delete").String(); got != `{"create":"20m","delete":<null>}` {
		t.Errorf("the timeouts are %s", got)
	}
	if got := OldTimeouts(OldState{}, "create"); !got.IsNull() {
		t.Errorf("without timeouts they are %s", got)
	}
}
