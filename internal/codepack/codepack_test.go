// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
)

func TestInline(t *testing.T) {
	t.Parallel()
	// The SHA-512 vectors are those of FIPS 180. The hashes were made with sha256sum from the manifest's text: they must
	// never change within a version of the manifest, or every function would be deployed again.
	tests := map[string]struct{ text, hash, digest string }{
		"empty": {
			"",
			"1f40ba99e889f871456e26f9939ad142f4c844fd9ba3ce809a35afeea3b89a3d",
			"cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce" +
				"47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
		},
		"abc": {
			"abc",
			"ff457c4e9dc122ce53ade5281cad4f9769ca03cd93a2752d23d3e93d8e77f6fd",
			"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a" +
				"2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			scan := Inline(test.text)
			checkBytes(t, scan, []byte(test.text))
			if scan.Digest != test.digest {
				t.Errorf("Digest %s, want %s", scan.Digest, test.digest)
			}
			if scan.Hash != test.hash {
				t.Errorf("Hash %s, want %s", scan.Hash, test.hash)
			}
			if scan.Type != TypeInline {
				t.Errorf("Type %q", scan.Type)
			}
		})
	}
}

func TestInline_everyByteCounts(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, text := range []string{"", "a", "a\n", "a\r\n", " a", "b", "\ufeffa", "a\x00"} {
		hash := Inline(text).Hash
		if other, found := seen[hash]; found {
			t.Errorf("%q and %q have the same hash", text, other)
		}
		seen[hash] = text
	}
}

// TestManifest_format writes the manifest by hand: it is a promise to every state file.
func TestManifest_format(t *testing.T) {
	t.Parallel()
	manifest := fmt.Sprintf("fgs-content-v2\n"+
		"file r--- 8:index.py 0: 3 %x\n"+
		"file r-l- 8:lib/link 0: 8 %x\n"+
		"file rx-- 10:lib/run.sh 0: 2 %x\n",
		sha256.Sum256([]byte("abc")), sha256.Sum256([]byte("index.py")), sha256.Sum256([]byte("#!")))
	want := sha256.Sum256([]byte(manifest))
	scan := scanZip(t,
		member{name: "lib/run.sh", content: "#!", mode: 0o755},
		member{name: "lib/link", content: "index.py", mode: symlink},
		member{name: "lib/", mode: directory},
		member{name: "index.py", content: "abc"},
	)
	if scan.Hash != hex.EncodeToString(want[:]) {
		t.Errorf("Hash %s, want the SHA-256 of\n%s", scan.Hash, manifest)
	}
	const golden = "ae0cf91e913e221826a94334d4f65a0d2974da6e4b8438d403dba6429965b7fb"
	if scan.Hash != golden {
		t.Errorf("Hash %s, want %s", scan.Hash, golden)
	}
}
