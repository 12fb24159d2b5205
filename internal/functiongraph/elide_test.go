// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestElider(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("A", maxStringLength)
	for name, v := range map[string]struct{ in, want string }{
		"short":                  {`{"a":"b","n":1}`, `{"a":"b","n":1}`},
		"at the limit":           {`["` + long + `"]`, `["` + long + `"]`},
		"over the limit":         {`["` + long + `B"]`, `["` + long + `"]`},
		"the next string counts": {`["` + long + long + `","` + long + `"]`, `["` + long + `","` + long + `"]`},
		"quote in the rest":      {`["` + long + `\"x\\","y"]`, `["` + long + `","y"]`},
		"unicode escape in rest": {`["` + long + `\u0022\\\"","y"]`, `["` + long + `","y"]`},
		"escape at the limit":    {`["` + long[1:] + `\u00e4b"]`, `["` + long[1:] + `\u00e4"]`},
		"character at the limit": {`["` + long[1:] + `äb"]`, `["` + long[1:] + `ä"]`},
		"backslash ends string":  {`["\\","` + long + `x"]`, `["\\","` + long + `"]`},
		"text without strings":   {strings.Repeat("1", 2*maxStringLength), strings.Repeat("1", 2*maxStringLength)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for how, source := range map[string]io.Reader{
				"whole":      strings.NewReader(v.in),
				"byte-wise":  iotest.OneByteReader(strings.NewReader(v.in)),
				"data + EOF": iotest.DataErrReader(strings.NewReader(v.in)),
			} {
				got, err := io.ReadAll(&elider{source: source})
				if err != nil || string(got) != v.want {
					t.Errorf("%s: %d bytes, %v; want %d bytes", how, len(got), err, len(v.want))
				}
			}
		})
	}
}

// Whatever text a member has, JSON stays JSON and the members after it stay what they are.
func FuzzElider(f *testing.F) {
	f.Add(`plain`, uint32(1))
	f.Add("\"\\\u2028äöü\x00<>&", uint32(70000))
	f.Add(`\u0022\\`, uint32(65536))
	f.Fuzz(func(t *testing.T, piece string, length uint32) {
		if piece == "" || !utf8.ValidString(piece) {
			return
		}
		text := strings.Repeat(piece, int(length%200000)/len(piece)+1)
		type document struct{ Before, Text, After string }
		in := document{piece, text, "end"}
		data, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(&elider{source: iotest.HalfReader(strings.NewReader(string(data)))})
		if err != nil {
			t.Fatal(err)
		}
		var out document
		if err := json.Unmarshal(got, &out); err != nil {
			t.Fatalf("no longer JSON: %v", err)
		}
		if len(piece) < 1000 && out.Before != in.Before || out.After != in.After {
			t.Errorf("other members changed: %.50q, %q", out.Before, out.After)
		}
		if !strings.HasPrefix(in.Text, out.Text) {
			t.Error("what is left is not the beginning of the text")
		}
		if len(text) <= maxStringLength/6 && out.Text != in.Text {
			t.Error("a short text was cut")
		}
	})
}
