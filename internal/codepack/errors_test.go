// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"strings"
	"testing"
)

func TestQuote(t *testing.T) {
	t.Parallel()
	a := strings.Repeat("a", 99)
	tests := map[string]struct{ name, want string }{
		"plain":            {"index.py", `"index.py"`},
		"control":          {"a\nb\x1b", `"a\nb\x1b"`},
		"quotation marks":  {`a"b`, `"a\"b"`},
		"longest":          {a + "b", `"` + a + `b"`},
		"too long":         {a + "bc", `"` + a + `b"…`},
		"inside character": {a + "üc", `"` + a + `"…`},
		"no characters":    {strings.Repeat("\x80", 101), `""…`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := quote(test.name); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}
