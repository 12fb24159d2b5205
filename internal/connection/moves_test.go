// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"slices"
	"testing"
)

// TestNoteMove: the last move of a ring closes it, whatever else is there; a chain is none, and what was made or is
// planned otherwise by now is no part of one.
func TestNoteMove(t *testing.T) {
	t.Parallel()
	blue, green := Move{"blue", "v1", "v2"}, Move{"green", "v2", "v1"}
	a, b, c := Move{"a", "v1", "v2"}, Move{"b", "v2", "v3"}, Move{"c", "v3", "v1"}
	for name, test := range map[string]struct {
		before []Move
		last   Move
		want   []Move
	}{
		"alone":             {nil, blue, nil},
		"a chain":           {[]Move{{"stable", "v2", "v1"}}, Move{"canary", "v3", "v2"}, nil},
		"an exchange":       {[]Move{blue}, green, []Move{green, blue}},
		"beside another":    {[]Move{blue, {"x", "v8", "v9"}}, green, []Move{green, blue}},
		"three":             {[]Move{a, b}, c, []Move{c, a, b}},
		"into a ring":       {[]Move{blue, green}, Move{"x", "v8", "v1"}, nil},
		"planned otherwise": {[]Move{blue, {"blue", "v1", "v7"}}, green, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var conn Connection
			for _, m := range test.before {
				conn.NoteMove("f", m)
			}
			if ring := conn.NoteMove("other", test.last); ring != nil {
				t.Errorf("a ring of another function: %v", ring)
			}
			if ring := conn.NoteMove("f", test.last); !slices.Equal(ring, test.want) {
				t.Errorf("%v, want %v", ring, test.want)
			}
			if ring := conn.Ring("f", test.last.Alias); !slices.Equal(ring, test.want) {
				t.Errorf("later: %v, want %v", ring, test.want)
			}
			for _, m := range test.before {
				conn.ForgetMove("f", m.Alias)
			}
			if ring := conn.Ring("f", test.last.Alias); ring != nil {
				t.Errorf("after the others were made: %v", ring)
			}
		})
	}
}
