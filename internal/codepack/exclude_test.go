// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"slices"
	"strings"
	"testing"

	"github.com/moby/patternmatcher"
)

func TestScanFolder_exclude(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		files, ignore string // the files by name, with spaces between them; an ignore file if there is one
		exclude       []string
		want          string // the packed files
	}{
		"nothing":        {"a b/c", "", nil, "a b/c"},
		"file":           {"a b/a", "", []string{"a"}, "b/a"},
		"file below":     {"a b/a", "", []string{"b/a"}, "a"},
		"anywhere":       {"a b/a c/b/a d", "", []string{"**/a"}, "d"},
		"folder":         {"a b/a b/c/d bc", "", []string{"b"}, "a bc"},
		"folder, slash":  {"a b/a", "", []string{"b/"}, "a"},
		"leading ./":     {"a b", "", []string{"./b"}, "a"},
		"star":           {"a.py a.pyc b/a.pyc", "", []string{"*.pyc"}, "a.py b/a.pyc"},
		"star, anywhere": {"a.py a.pyc b/a.pyc", "", []string{"**/*.pyc"}, "a.py"},
		"one letter":     {"a1 a22 a/b", "", []string{"a?"}, "a/b a22"},
		"class":          {"a1 a2 a3", "", []string{"a[1-2]"}, "a3"},
		"all in it":      {"a b/c b/d/e", "", []string{"b/**"}, "a"},
		"space":          {"a b", "", []string{" b "}, "a"},
		"case":           {"a", "", []string{"A"}, "a"},
		"special":        {"a.b aXb a+b", "", []string{"a.b", "a+b"}, "aXb"},

		"taken in again":         {"a b c", "", []string{"*", "!b"}, "b"},
		"last match wins":        {"a b", "", []string{"*", "!b", "b", "!a"}, "a"},
		"in an excluded folder":  {"a b/c b/d b/e/f", "", []string{"b", "!b/d"}, "a b/d"},
		"deep in one":            {"a b/c/d b/c/e b/f/d", "", []string{"b", "!b/c/d"}, "a b/c/d"},
		"anywhere in one":        {"a b/c/keep b/d", "", []string{"b", "!**/keep"}, "a b/c/keep"},
		"star in one":            {"a b/c/d b/e/d b/d", "", []string{"b", "!b/*/d"}, "a b/c/d b/e/d"},
		"folder in one":          {"a b/c/d b/c/e/f b/g", "", []string{"b", "!b/c"}, "a b/c/d b/c/e/f"},
		"in one, but too early":  {"a b/c", "", []string{"!b/c", "b"}, "a"},
		"folder, then a part":    {"b/c b/d", "", []string{"b", "!b", "b/d"}, "b/c"},
		"parent is taken in":     {"a/b c/b", "", []string{"*/b", "!a"}, "a/b"},
		"space behind the !":     {"a b", "", []string{"*", "! b"}, "b"},
		"leading ./ behind it":   {"a b", "", []string{"*", "!./b"}, "b"},
		"class in one":           {"a b/c", "", []string{"b", "!b[^x]c"}, "a b/c"},
		"another folder's files": {"a b/c bb/c", "", []string{"b*", "!bb/c"}, "a bb/c"},

		"built-in": {
			"a .git/x b/.git/x .gitignore .hg/x .svn/x .terraform/x b/.terraform/x .terraform.lock.hcl main.tf " +
				"terraform.tfstate b/terraform.tfstate.backup x.tfstate.d/y .DS_Store b/.DS_Store b/__pycache__/x .fgsignore.txt",
			"", nil, ".fgsignore.txt .gitignore a main.tf"},
		"built-in, Terraform's own": {
			"a terraform.tfvars x.auto.tfvars prod.tfvars.json b/x.tfvars .terragrunt-cache/x .terraformrc terraform.rc " +
				"tofu.rc .terraform.d/x crash.log crash.2.log .terraform.tfstate.lock.info errored.tfstate b/crash.log tfvars.py " +
				"crash.py",
			"", nil, "a crash.py tfvars.py"},
		"built-in, again": {".git/x b/.git/x", "", []string{"!.git"}, ".git/x"},
		"file .git":       {"a .git", "", nil, "a"},
		"ignore file": {
			"a b c d/e d/f", "# comment\n\nb\r\n/d/e\n  c  \n!c\n", nil, "a c d/f"},
		"ignore file with a mark":      {"a b", "\ufeffb\n", nil, "a"},
		"empty ignore file":            {"a b", "\n", nil, "a b"},
		"ignore file, then argument":   {"a b", "b\n", []string{"!b", "a"}, "b"},
		"built-in, then ignore file":   {"a .git/x", "!.git\n", nil, ".git/x a"},
		"ignore file itself":           {"a", "!" + IgnoreFile, nil, ".fgsignore a"},
		"ignore file in another place": {"a b/.fgsignore b/a", "b/a", nil, "a b/.fgsignore"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := tree{}
			for _, file := range strings.Fields(test.files) {
				files[file] = ""
			}
			if test.ignore != "" {
				files[IgnoreFile] = test.ignore
			}
			got := namesIn(t, *scanTree(t, files, test.exclude...))
			if want := strings.Fields(test.want); !slices.Equal(got, want) {
				t.Errorf("packed %q, want %q", got, want)
			}
		})
	}
}

// A folder of which nothing can be packed is not looked into: node_modules may hold more than is allowed.
func TestScanFolder_excludedIsNotWalked(t *testing.T) {
	t.Parallel()
	root := tree{"a": "", "b/c": "", "b/d": "", "b/e/f": ""}.make(t)
	tests := map[string]struct {
		exclude []string
		want    int // entries that are seen: a and b, what is in b, what is in b/e
	}{
		"excluded":         {[]string{"b"}, 2},
		"again":            {[]string{"b", "!b/c"}, 5},
		"with a star":      {[]string{"b", "!*/c"}, 5},
		"anywhere":         {[]string{"b", "!**/f"}, 6},
		"deep":             {[]string{"b", "!b/e/f"}, 6},
		"another folder":   {[]string{"b", "!c/d"}, 2},
		"again, too early": {[]string{"!b/c", "b"}, 2},
		"itself, early":    {[]string{"!b", "b"}, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := filesIn(root, test.exclude, test.want); err != nil {
				t.Error(err)
			}
			if _, err := filesIn(root, test.exclude, test.want-1); err == nil {
				t.Errorf("less than %d entries seen", test.want)
			}
		})
	}
}

func TestCheckExclude(t *testing.T) {
	t.Parallel()
	good := []string{
		"a", "a/", "./a", "**", "**/*.pyc", "!a", "! a", " a ", "a/**/b", "[a-z]", "a b", "...", "a..b", "#a", "b:c", "ü",
	}
	if err := CheckExclude(good); err != nil {
		t.Error(err)
	}
	if err := CheckExclude(nil); err != nil {
		t.Error(err)
	}
	bad := map[string]string{
		"":            `"" names no file`,
		"  ":          `"  " names no file`,
		"!":           `"!" names no file`,
		"! ":          `"! " names no file`,
		".":           `"." names no file`,
		"./":          `"./" names no file`,
		"!!a":         `"!!a" has more than one ! in front`,
		"/":           `"/" is absolute, patterns are relative to the folder`,
		"/a":          `"/a" is absolute, patterns are relative to the folder`,
		"!/a":         `"!/a" is absolute, patterns are relative to the folder`,
		"C:/a":        `"C:/a" is absolute, patterns are relative to the folder`,
		"..":          `".." leads out of the folder`,
		"../a":        `"../a" leads out of the folder`,
		"a/../../b":   `"a/../../b" leads out of the folder`,
		"a/../b":      `"a/../b" leads out of the folder`,
		"!**/..":      `"!**/.." leads out of the folder`,
		"[":           `"[" has a syntax error`,
		"a[]b":        `"a[]b" has a syntax error`,
		"a/[b-":       `"a/[b-" has a syntax error`,
		"[z-a]":       `"[z-a]" has a syntax error`,
		"![z-a]":      `"![z-a]" has a syntax error`,
		"a\x00":       `"a\x00" is not text`,
		"a\xff":       `"a\xff" is not text`,
		"a\n[\v":      `"a\n[\v" has a syntax error`,
		"xxxxxx/[a]]": "",
	}
	for pattern, want := range bad {
		err := CheckExclude([]string{"a", pattern})
		if want == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		checkError(t, err, ErrPattern, "unusable pattern: "+want)
	}
}

// A folder's rules decide as the matcher does for a single path and all of its patterns. What is not walked into must
// not hold anything that would have been packed.
func FuzzRules(f *testing.F) {
	for _, patterns := range []string{
		"b\n!b/c", "**\n!**/a", "a/b\n!a[^x]b", "*\n!?/b\nb", "!a", "[a-c]\n!b/*/c", "**/a\n!b**",
	} {
		f.Add(patterns)
	}
	paths := []string{"a", "b", "c", "a/b", "b/a", "b/c", "a/b/c", "b/b/c", "b/c/a/b"}
	f.Fuzz(func(t *testing.T, patterns string) {
		parsed, err := parseRules(strings.Split(patterns, "\n"))
		if err != nil {
			return
		}
		var texts []string
		for _, r := range parsed {
			text := strings.Join(r.segments, "/")
			if r.include {
				text = "!" + text
			}
			texts = append(texts, text)
		}
		all, err := patternmatcher.New(texts)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range paths {
			var folders []string
			var v verdict
			unseen := ""
			for _, segment := range strings.Split(name, "/") {
				folders = append(folders, segment)
				at := strings.Join(folders, "/")
				v, err = parsed.judge(at, v)
				if err != nil {
					t.Fatal(err)
				}
				if unseen != "" && !v.excluded {
					t.Fatalf("%q: %s is packed, but nothing below %s may be", patterns, at, unseen)
				}
				if v.excluded && !parsed.mayInclude(at, v) {
					unseen = at
				}
			}
			if want, err := all.MatchesOrParentMatches(name); err != nil || v.excluded != want {
				t.Fatalf("%q: %s is excluded: %v, want %v %v", patterns, name, v.excluded, want, err)
			}
		}
	})
}
