// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package providerfunction_test

import (
	"crypto/sha512"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/codepack"
)

var fixed = time.Unix(1767225600, 0)

func sha512Of(content []byte) string {
	sum := sha512.Sum512(content)
	return hex.EncodeToString(sum[:])
}

// call demands a text.
func call(t *testing.T, p *acctest.Protocol, function string, arguments ...string) (text string) {
	t.Helper()
	got, failed := p.Call(function, arguments...)
	if failed != nil {
		t.Fatalf("%s(%q): %s", function, arguments, failed.Text)
	}
	if err := got.As(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// folder has two files and one that may be left out.
func folder(t *testing.T, dir acctest.Dir) string {
	t.Helper()
	for _, sub := range []string{"src", "src/tests"} {
		if err := os.Mkdir(dir.Path(sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	dir.Write("src/index.py", []byte("print()"))
	dir.Write("src/lib.py", []byte("x = 1"))
	dir.Write("src/tests/test.py", []byte("assert x"))
	return dir.Path("src")
}

// TestCodeDigest is over the bytes that would be uploaded.
func TestCodeDigest(t *testing.T) {
	t.Parallel()
	p, dir := acctest.New(t).Protocol(t), acctest.NewDir(t)
	for name, content := range map[string][]byte{
		"a.zip": acctest.Zip(t, fixed, acctest.File{Name: "index.py", Content: "print()"}), "b.py": []byte("print()"),
		"empty":      nil,
		"broken.zip": []byte("PK\x03\x04"),
	} {
		if got := call(t, p, "code_digest", dir.Write(name, content)); got != sha512Of(content) {
			t.Errorf("%s: %s is not its SHA-512", name, got)
		}
	}
	src := folder(t, dir)
	whole, err := codepack.ScanFolder(src, nil)
	if err != nil {
		t.Fatal(err)
	}
	less, err := codepack.ScanFolder(src, []string{"tests", "lib.py"})
	if err != nil {
		t.Fatal(err)
	}
	if got := call(t, p, "code_digest", src); got != whole.Digest {
		t.Errorf("the folder: %s, want %s", got, whole.Digest)
	}
	if got := call(t, p, "code_digest", src, "tests", "lib.py"); got != less.Digest || got == whole.Digest {
		t.Errorf("the folder without some: %s, want %s", got, less.Digest)
	}
}

// TestSourceHash: what the path is decides, and the bytes of an archive, its time and its name do not.
func TestSourceHash(t *testing.T) {
	t.Parallel()
	p, dir := acctest.New(t).Protocol(t), acctest.NewDir(t)
	file := acctest.File{Name: "index.py", Content: "print()"}
	hash := func(arguments ...string) string {
		t.Helper()
		return call(t, p, "source_hash", arguments...)
	}
	zip := hash(dir.Write("a.zip", acctest.Zip(t, fixed, file)))
	if again := hash(dir.Write("a.jar", acctest.Zip(t, fixed.Add(time.Hour), file))); again != zip {
		t.Error("another time and name of an archive made another source")
	}
	prefixed := append([]byte("#!/bin/sh\n\xff"), acctest.Zip(t, fixed, file)...)
	if got := hash(dir.Write("a.run", prefixed)); got == zip ||
		got == hash(dir.Write("b.run", append([]byte("#"), prefixed...))) {
		t.Error("an archive behind a script is the archive alone, or behind another")
	}
	if err := os.Mkdir(dir.Path("one"), 0o755); err != nil {
		t.Fatal(err)
	}
	dir.Write("one/index.py", []byte("print()"))
	if got := hash(dir.Path("one")); got != zip {
		t.Error("a folder with the same file is another source")
	}
	for name, text := range map[string]string{"index.py": "print()", "pk.py": "PK = 1",
		"a": strings.Repeat("ä", codepack.MaxInlineSize/2)} {
		if got := hash(dir.Write(name, []byte(text))); got != codepack.Inline(text).Hash {
			t.Errorf("%s: the hash is not that of the text", name)
		}
	}
	src := folder(t, dir)
	less, err := codepack.ScanFolder(src, []string{"tests"})
	if err != nil {
		t.Fatal(err)
	}
	if got := hash(src, "tests"); got != less.Hash || got == hash(src) {
		t.Error("exclude is not that of the resource")
	}
}

// TestFiles_wrong: errors name the path as it was given, the absolute path and what is wrong.
func TestFiles_wrong(t *testing.T) {
	t.Parallel()
	p, dir := acctest.New(t).Protocol(t), acctest.NewDir(t)
	src := folder(t, dir)
	if err := os.Mkdir(dir.Path("nothing"), 0o755); err != nil {
		t.Fatal(err)
	}
	text := dir.Write("index.py", []byte("print()"))
	long := dir.Write("long.py", []byte(strings.Repeat("x", codepack.MaxInlineSize+1)))
	gzip := dir.Write("a.tgz", []byte("\x1f\x8b\x08\x00"))
	broken := dir.Write("broken.zip", []byte("PK\x03\x04"))
	empty := dir.Write("empty.zip", nil)
	absolute, err := filepath.Abs("no/such.zip")
	if err != nil {
		t.Fatal(err)
	}
	const digest, hash = "code_digest", "source_hash"
	for name, test := range map[string]struct {
		function  string
		arguments []string
		at        int64
		says      []string
	}{
		"digest of nothing": {digest, []string{"no/such.zip"}, 0, []string{`"no/such.zip": there is no file or folder ` + absolute}},
		"hash of nothing":   {hash, []string{"no/such.zip"}, 0, []string{`"no/such.zip": there is no file or folder ` + absolute}},
		"home":              {hash, []string{"~/a.zip"}, 0, []string{`"~/a.zip"`, "pathexpand()"}},
		"no path":           {digest, []string{""}, 0, []string{"empty"}},
		"device":            {digest, []string{os.DevNull}, 0, []string{os.DevNull, "not a regular file"}},
		"device as source":  {hash, []string{os.DevNull}, 0, []string{os.DevNull, "not a regular file"}},
		"empty file":        {hash, []string{empty}, 0, []string{empty + "): the file is empty"}},
		"empty folder":      {hash, []string{dir.Path("nothing")}, 0, []string{dir.Path("nothing"), "no files"}},
		"empty folder too":  {digest, []string{dir.Path("nothing")}, 0, []string{dir.Path("nothing"), "no files"}},
		"broken archive":    {hash, []string{broken}, 0, []string{broken, "damaged zip archive"}},
		"another archive":   {hash, []string{gzip}, 0, []string{gzip, "gzip data", "at most 10240 bytes"}},
		"long text":         {hash, []string{long}, 0, []string{long, "plain text", "at most 10240 bytes"}},
		"exclude of a file": {hash, []string{text, "tests"}, 1, []string{"exclude is for folders", text}},
		"pattern":           {digest, []string{src, "tests", "/etc"}, 1, []string{`"/etc"`}},
		"pattern of a hash": {hash, []string{src, "["}, 1, []string{`"["`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, failed := p.Call(test.function, test.arguments...)
			if failed == nil || failed.FunctionArgument == nil || *failed.FunctionArgument != test.at {
				t.Fatalf("got %v, want an error of argument %d", failed, test.at)
			}
			for _, words := range test.says {
				if !strings.Contains(failed.Text, words) {
					t.Errorf("%q is not in: %s", words, failed.Text)
				}
			}
			if strings.HasSuffix(failed.Text, ".") { // the CLI adds one
				t.Errorf("there is a full stop: %s", failed.Text)
			}
		})
	}
}
