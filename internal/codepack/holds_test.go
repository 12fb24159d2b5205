// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"testing"
)

func TestHoldsText(t *testing.T) {
	t.Parallel()
	pack := func(files ...string) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for i, content := range files {
			f, err := w.Create(string(rune('a' + i)))
			if err == nil {
				_, err = f.Write([]byte(content))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, v := range map[string]struct {
		stored []byte
		want   bool
	}{
		"the text": {[]byte("print()"), true}, "an archive of it": {pack("print()"), true},
		"another text": {[]byte("print(1)"), false}, "an archive of another": {pack("print(1)"), false},
		"of the same length": {pack("PRINT()"), false}, "with a second file": {pack("print()", "print()"), false},
		"nothing": {nil, false}, "no archive": {[]byte("PK\x03\x04"), false}, "an empty archive": {pack(), false},
	} {
		if got := HoldsText(v.stored, "print()"); got != v.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
