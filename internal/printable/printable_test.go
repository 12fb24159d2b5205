// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package printable

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                         "",
		"Not found the function":   "Not found the function",
		"函数不存在 – «ü» 🙂":            "函数不存在 – «ü» 🙂",
		"a\nb\tc\r":                `a\x0ab\x09c\x0d`,
		"\x1b[2Jgone\x07\x7f":      `\x1b[2Jgone\x07\x7f`,
		"\u009b31m":                `\u009b31m`,
		"user\u202egnp.exe\u2066":  `user\u202egnp.exe\u2066`,
		"zero\u200bwidth\ufeff":    `zero\u200bwidth\ufeff`,
		"line\u2028paragraph":      `line\u2028paragraph`,
		"no\u00a0break":            `no\u00a0break`,
		"tag\U000e0041":            `tag\U000e0041`,
		"not UTF-8 \xff\xfe":       `not UTF-8 \xff\xfe`,
		"replacement \uFFFD stays": "replacement \uFFFD stays",
	} {
		if got := Line(text, 100); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	t.Parallel()
	if got := Lines("a\n\tb\x1b\r", 100); got != "a\n\tb"+`\x1b\x0d` {
		t.Errorf("got %q", got)
	}
}

// TestLine_length: characters are counted, not bytes, and one escape counts as the one character that it stands for.
func TestLine_length(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		strings.Repeat("ü", 5): strings.Repeat("ü", 5),
		strings.Repeat("ü", 6): strings.Repeat("ü", 5) + "…",
		"\n\n\n\n\n\n":         `\x0a\x0a\x0a\x0a\x0a…`,
	} {
		if got := Line(text, 5); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzLine(f *testing.F) {
	f.Add("\x1b[31m\u202e\xff", 5)
	f.Fuzz(func(t *testing.T, text string, most int) {
		most = min(max(most, 0), 1000)
		got := Line(text, most)
		if !utf8.ValidString(got) || Line(got, 1<<20) != got {
			t.Errorf("%q: %q is not printable", text, got)
		}
		if n := utf8.RuneCountInString(got); n > 10*most+1 {
			t.Errorf("%q: %d characters of %d", text, n, most)
		}
	})
}
