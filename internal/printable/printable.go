// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package printable makes text from outside fit for a terminal: what a service, a proxy or a file name says is shown in
// error messages and log lines, and must not move the cursor, hide a part of itself, or fill the screen.
package printable

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line returns text as one line of at most most characters: control characters, line breaks among them, marks that turn
// the direction of writing, other invisible characters and bytes that are no UTF-8 are written as escapes, as in \x1b
// or \u202e. What is cut off is replaced by "…".
func Line(text string, most int) string {
	return escape(text, most, "")
}

// Lines is Line for a text that may have line breaks and tabs: one that was written here, with pieces from outside in
// it.
func Lines(text string, most int) string {
	return escape(text, most, "\n\t")
}

func escape(text string, most int, keep string) string {
	if fine(text, most, keep) {
		return text
	}
	var b strings.Builder
	n := 0
	for i, r := range text {
		if n == most {
			b.WriteString("…")
			break
		}
		n++
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case shown(r) || strings.ContainsRune(keep, r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// fine says that nothing is to be done, which is nearly always so.
func fine(text string, most int, keep string) bool {
	if len(text) > most || !utf8.ValidString(text) {
		return false
	}
	for _, r := range text {
		if !shown(r) && !strings.ContainsRune(keep, r) {
			return false
		}
	}
	return true
}

// shown says that a character can be seen. Blanks other than the ordinary one look like it and are not it; some are
// line breaks to some terminals.
func shown(r rune) bool {
	return r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r)
}
