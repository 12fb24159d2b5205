// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"cmp"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The numbers of the contract, as they are defined there and cited elsewhere.
const (
	section = `[1-9](?:\.[1-9][0-9]?){0,2}`
	dotted  = `(?:3\.[1-9][0-9]?\.[1-9]|[1-9]\.[1-9][0-9]?)`
	rule    = `(?:RI|AI|DV|[ADFOQTVX])[1-9][0-9]?b?`
	code    = `(?:FSS|APIGW)\.[0-9]{4}`
	item    = `(?:section )?(?:` + dotted + `|` + rule + `)`
	between = `(?:, and|,|;| and| or| to)\s+`
)

var (
	heading = regexp.MustCompile(`(?m)^#{2,4} (` + section + `) `)
	row     = regexp.MustCompile(`(?m)^\| (` + rule + `|` + code + `)(?: / APIG\.[0-9]{4})? \| ([Ss]truck)?`)

	// A comment goes on in the next line; so may a list of numbers.
	lineBreak = regexp.MustCompile(`\n[ \t]*(?://|#)?[ \t]*`)
	number    = regexp.MustCompile(section + `|` + rule)

	// "contract 3.4", "contract section 5", "contract 3.17, 6", "contract 4.3 and Q3", "contract says (3.4)".
	named = regexp.MustCompile(`\b[Cc]ontract(?: says)?\s+\(?((?:sections?\s+)?\b(?:` + section + `|` + rule + `)\b` +
		`(?:` + between + `(?:section\s+)?(?:` + section + `|` + rule + `)\b)*)`)
	// "(3.6)", "(2.7, Q12)", "(4.3, switch reset-zeros)".
	bracketed = regexp.MustCompile(`\((` + item + `(?:` + between + item + `)*)(?:, switch|\))`)
	// "// V13", `"Q16: func_urn of an alias"`.
	bare = regexp.MustCompile(`(?:^|[^A-Za-z0-9_.])(` + rule + `)(?:[^A-Za-z0-9_]|$)`)
	// "func TestPublishV3Default(".
	tested = regexp.MustCompile(`\bfunc (?:Test|Benchmark|Fuzz)[A-Za-z_]*?(` + rule + `)[A-Z_(]`)
	errors = regexp.MustCompile(`\b(` + code + `)\b`)
)

// numbers are what the contract defines: sections, rules, discrepancies, questions, error codes. The value says
// whether it is struck.
type numbers map[string]bool

// read collects what the files of the contract define.
func (n numbers) read(text string) {
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		n[m[1]] = false
	}
	for _, m := range row.FindAllStringSubmatch(text, -1) {
		n[m[1]] = n[m[1]] || m[2] != ""
	}
}

// cite is a number that a text names, and the line that does.
type cite struct {
	number string
	line   int
}

// cites finds the numbers that a text names, in any of the spellings above.
func cites(text string) []cite {
	// Of the same length, so that places in it are places in the text.
	flat := lineBreak.ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
	var out []cite
	for _, pattern := range []*regexp.Regexp{named, bracketed, bare, tested} {
		for at := 0; ; {
			m := pattern.FindStringSubmatchIndex(flat[at:])
			if m == nil {
				break
			}
			first, last := at+m[2], at+m[3]
			for _, found := range number.FindAllStringIndex(flat[first:last], -1) {
				out = append(out, cite{
					number: flat[first+found[0] : first+found[1]],
					line:   1 + strings.Count(text[:first+found[0]], "\n"),
				})
			}
			at = last // what ends one cite may begin the next
		}
	}
	slices.SortFunc(out, func(a, b cite) int { return cmp.Or(a.line-b.line, cmp.Compare(a.number, b.number)) })
	return slices.Compact(out)
}

// codes finds the service's error codes in a text.
func codes(text string) []cite {
	var out []cite
	for _, m := range errors.FindAllStringSubmatchIndex(text, -1) {
		out = append(out, cite{text[m[2]:m[3]], 1 + strings.Count(text[:m[2]], "\n")})
	}
	return out
}

// wrong says what is wrong with a cite: "" if nothing.
func (n numbers) wrong(c cite) string {
	struck, there := n[c.number]
	switch {
	case !there:
		return c.number + " is not in the contract"
	case struck:
		return c.number + " is struck in the contract"
	}
	return ""
}

// texts gives every text of the repository to read, by its path from the root. Licence and sums cite other things.
func texts(root string, read func(path, text string)) error {
	return filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name := entry.Name(); name == ".git" || name == ".terraform" || path == filepath.Join(root, "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(path) {
		case ".go", ".md", ".tmpl", ".tf", ".hcl", ".sh", ".yml", ".yaml":
		default:
			if name := entry.Name(); name != "GNUmakefile" && filepath.Base(filepath.Dir(path)) != ".ci" {
				return nil
			}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		read(filepath.ToSlash(relative), string(data))
		return err
	})
}
