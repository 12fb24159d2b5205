// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TestEncoded: what is composed is written as jsonencode writes it, and all else stays as it is.
func TestEncoded(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{ "b": [1, 1.50, 1e3], "a": {"d": null, "c": "<ü>"} }`: `{"a":{"c":"\u003cü\u003e","d":null},"b":[1,1.5,1000]}`,
		`[ 12345678901234567890 ]`:                              `[12345678901234567890]`,
		`[ ]`:                                                   `[]`,
		`"a"`:                                                   `"a"`,
		` 1 `:                                                   ` 1 `,
		`null`:                                                  `null`,
		`{`:                                                     `{`,
		`{} {}`:                                                 `{} {}`,
		`plain`:                                                 `plain`,
		"":                                                      "",
	} {
		if got := encoded(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// TestMayBeJSON: spellings of a value are the same, and different texts are not, whether or not they are JSON.
func TestMayBeJSON(t *testing.T) {
	t.Parallel()
	m := mayBeJSON(text("user_event", "user_event", ""))
	for _, test := range []struct {
		a, b types.String
		want bool
	}{
		{types.StringValue(`{"a": 1}`), types.StringValue(`{"a":1}`), true},
		{types.StringValue(`{"a": 1}`), types.StringValue(`{"a":2}`), false},
		{types.StringValue(`one`), types.StringValue(`two`), false},
		{types.StringValue(`1`), types.StringValue(`1 `), false},
		{types.StringNull(), types.StringNull(), true},
		{types.StringNull(), types.StringValue(""), false},
		{types.StringUnknown(), types.StringUnknown(), false},
	} {
		if got := m.same(test.a, test.b); got != test.want {
			t.Errorf("%s, %s: %t", test.a, test.b, got)
		}
	}
	got, ok := m.decode(json.RawMessage(`"{ \"a\": 1 }"`))
	if want := types.StringValue(`{"a":1}`); !ok || !got.Equal(want) {
		t.Errorf("decoded %s, %t", got, ok)
	}
	if _, ok := m.decode(json.RawMessage(`1`)); ok {
		t.Error("a number is a text")
	}
}
