// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// A comment in the provider that begins so says what exists only because a question is open: "Only for Q3 (put-config)
// and Q1:". In brackets is the emulator's switch, if there is one.
var (
	onlyFor = regexp.MustCompile(`\bOnly for ((?:` + forWhat + `)(?: and (?:` + forWhat + `))*):`)
	oneOf   = regexp.MustCompile(`(` + section + `|` + rule + `)(?: \(([a-z-]+)\))?`)
)

const forWhat = `(?:` + section + `|` + rule + `)(?: \([a-z-]+\))?`

// reading is one of the ways to understand an open question: a number of the contract, and the switch that plays it.
type reading struct{ number, plays string }

// readings are the marks in a file: what exists only for which reading.
func readings(path, text string) (map[reading][]string, error) {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	out := map[reading][]string{}
	for _, group := range file.Comments {
		marks := onlyFor.FindAllStringSubmatch(strings.Join(strings.Fields(group.Text()), " "), -1)
		for _, mark := range marks {
			for _, one := range oneOf.FindAllStringSubmatch(mark[1], -1) {
				key := reading{one[1], one[2]}
				out[key] = append(out[key], file.Name.Name+"."+marked(file, group))
			}
		}
	}
	return out, nil
}

// marked names the declaration that a comment belongs to: behind it, or around it.
func marked(file *ast.File, comment *ast.CommentGroup) string {
	for _, decl := range file.Decls {
		if decl.End() < comment.Pos() {
			continue
		}
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				return decl.Name.Name
			}
			of := decl.Recv.List[0].Type
			if pointer, ok := of.(*ast.StarExpr); ok {
				of = pointer.X
			}
			return fmt.Sprint(of) + "." + decl.Name.Name
		case *ast.GenDecl:
			if value, ok := decl.Specs[0].(*ast.ValueSpec); ok {
				return value.Names[0].Name
			}
		}
		break
	}
	return "?"
}

// TestReadings: readings.md has a row for each switch of the emulator, with the question that it plays and all that is
// marked in the provider as being there only for it; then a row for each question without a switch that has such marks.
func TestReadings(t *testing.T) {
	t.Parallel()
	marks, table := map[reading][]string{}, ""
	known := repository(t, func(path, text string) {
		if path == "internal/contract/readings.md" {
			_, table, _ = strings.Cut(text, "|---|---|---|\n")
		}
		if !isProvider(path) {
			return
		}
		found, err := readings(path, text)
		if err != nil {
			t.Error(err)
		}
		for key, names := range found {
			marks[key] = append(marks[key], names...)
		}
	})
	var want []string
	row := func(plays, number string, names []string) {
		slices.Sort(names)
		cell := "–"
		if len(names) > 0 {
			cell = "`" + strings.Join(slices.Compact(names), "`, `") + "`"
		}
		want = append(want, fmt.Sprintf("| %s | %s | %s |", plays, number, cell))
	}
	for _, item := range emulator.SwitchNames() {
		var names []string
		for _, n := range strings.Split(item.Reading, ", ") {
			if wrong := known.wrong(cite{number: n}); wrong != "" {
				t.Errorf("switch %s: %s", item.Name, wrong)
			}
			key := reading{n, item.Name}
			names = append(names, marks[key]...)
			delete(marks, key)
		}
		row(item.Name, item.Reading, names)
	}
	for _, key := range slices.SortedFunc(maps.Keys(marks),
		func(a, b reading) int { return strings.Compare(a.number, b.number) }) {
		if wrong := known.wrong(cite{number: key.number}); wrong != "" || key.plays != "" {
			t.Errorf("%v: %v is no reading of a switch. %s", marks[key], key, wrong)
		}
		row("–", key.number, marks[key])
	}
	if got := strings.Split(strings.TrimSpace(table), "\n"); !slices.Equal(got, want) {
		t.Errorf("the table of readings.md should be\n%s", strings.Join(want, "\n"))
	}
}

// isProvider says that a file is code of the provider, which nothing in it is needed to test or to play the service.
func isProvider(path string) bool {
	for _, folder := range []string{"emulator", "acctest", "contract", "bench", "demo", "sdkcheck"} {
		if strings.HasPrefix(path, "internal/"+folder+"/") {
			return false
		}
	}
	return strings.HasPrefix(path, "internal/") && strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go")
}

// TestSwitches: section 4.7 has a row for each switch of the emulator, and says the same of what it is a reading.
func TestSwitches(t *testing.T) {
	t.Parallel()
	rows := map[string]string{}
	repository(t, func(path, text string) {
		_, switches, found := strings.Cut(text, "\n### 4.7 ")
		if !isContract(path) || !found {
			return
		}
		for _, m := range regexp.MustCompile(`(?m)^\| ([a-z, -]+) \|.*\| ([^|]+) \|$`).FindAllStringSubmatch(switches, -1) {
			for _, name := range strings.Split(m[1], ", ") {
				rows[name] = m[2]
			}
		}
	})
	for _, item := range emulator.SwitchNames() {
		numbers := strings.Join(number.FindAllString(rows[item.Name], -1), ", ")
		if numbers == "" || numbers != item.Reading {
			t.Errorf("switch %s: a reading of %q, in section 4.7 of %q", item.Name, item.Reading, rows[item.Name])
		}
	}
}

// TestMarks: the finder sees marks before and in a declaration, and over a line's end.
func TestMarks(t *testing.T) {
	t.Parallel()
	got, err := readings("x.go", "package p\n\n// a does.\n//\n// Only for Q3 (put-config) and\n// 3.4: why.\nfunc a() "+
		"{}\n\n// Only for nobody.\nfunc (t *kind) b() {\n\t// Only for Q1: why\n}\n\n// Only for V19 "+
		"(list-versions-paging): why.\nconst c = 1\n")
	want := map[reading][]string{
		{"Q3", "put-config"}: {"p.a"}, {"3.4", ""}: {"p.a"}, {"Q1", ""}: {"p.kind.b"}, {"V19", "list-versions-paging"}: {"p.c"},
	}
	if err != nil || !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}
