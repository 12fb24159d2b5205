// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// TestPages: each link between the pages of this repository leads to a file that is there, and to a heading of it; and
// each row of a table has as many cells as its head, since what is too much is not shown.
func TestPages(t *testing.T) {
	t.Parallel()
	pages := pagesBelow(t, "../docs")
	for _, name := range []string{
		"../README.md", "../README.zh-CN.md", "../CHANGELOG.md", "../examples/modules/function/README.md", "architecture.md",
		"../.github/SECURITY.md", "../.github/CONTRIBUTING.md", "../.github/RELEASING.md",
	} {
		pages[name] = pageAt(t, name)
	}
	links, rows := 0, 0
	for name, p := range pages {
		for _, link := range p.links {
			links++
			if wrong := leads(t, pages, name, link); wrong != "" {
				t.Errorf("%s: the link %s: %s", name, link, wrong)
			}
		}
		for _, table := range p.tables {
			for _, row := range table {
				rows++
				if cells(row) != cells(table[0]) {
					t.Errorf("%s: the table %q has %d columns, but %d in the row %q", name, table[0], cells(table[0]), cells(row), row)
				}
			}
		}
	}
	if links < 100 || rows < 300 {
		t.Errorf("only %d links and %d rows were looked at", links, rows)
	}
}

// leads says what is wrong with a link on a page, "" for nothing. What begins with a scheme leads out of here.
func leads(t *testing.T, pages map[string]page, from, link string) string {
	t.Helper()
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return ""
	}
	file, anchor, _ := strings.Cut(link, "#")
	target := from
	if file != "" {
		target = filepath.Join(filepath.Dir(from), file)
	}
	if _, err := os.Stat(target); err != nil {
		return "there is no such file"
	}
	if anchor == "" {
		return ""
	}
	to, known := pages[target]
	if !known {
		to = pageAt(t, target)
	}
	if !to.anchors[anchor] {
		return "the page has no such heading"
	}
	return ""
}

// page is what the test wants to know of a page.
type page struct {
	links   []string
	anchors map[string]bool
	tables  [][]string // their rows
}

func pagesBelow(t *testing.T, folder string) map[string]page {
	t.Helper()
	pages := map[string]page{}
	err := filepath.WalkDir(folder, func(name string, _ fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(name) == ".md" {
			pages[filepath.ToSlash(name)] = pageAt(t, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

var (
	fence    = regexp.MustCompile("(?ms)^```.*?^```$")
	codeSpan = regexp.MustCompile("`[^`\n]*`")
	linkTo   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	anchorID = regexp.MustCompile(`<a id="([^"]+)">`)
)

// pageAt reads a page.
func pageAt(t *testing.T, name string) page {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := fence.ReplaceAllString(string(content), "")
	p := page{anchors: map[string]bool{}}
	for _, m := range linkTo.FindAllStringSubmatch(codeSpan.ReplaceAllString(text, ""), -1) {
		p.links = append(p.links, m[1])
	}
	for _, m := range anchorID.FindAllStringSubmatch(text, -1) {
		p.anchors[m[1]] = true
	}
	inTable := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if heading := strings.TrimLeft(line, "#"); heading != line && strings.HasPrefix(heading, " ") {
			p.anchors[p.slug(heading)] = true
		}
		isRow := strings.HasPrefix(line, "|")
		switch {
		case isRow && inTable:
			p.tables[len(p.tables)-1] = append(p.tables[len(p.tables)-1], line)
		case isRow:
			p.tables = append(p.tables, []string{line})
		}
		inTable = isRow
	}
	return p
}

// slug is the anchor of a heading: lower case, with - for spaces and without punctuation; a number tells a second one.
func (p page) slug(heading string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, strings.TrimSpace(heading))
	unique := slug
	for i := 1; p.anchors[unique]; i++ {
		unique = fmt.Sprintf("%s-%d", slug, i)
	}
	return unique
}

// cells counts the cells of a row. A | in code parts cells, too, unless \ is before it.
func cells(row string) int {
	row = strings.TrimSuffix(strings.TrimPrefix(row, "|"), "|")
	return strings.Count(row, "|") - strings.Count(row, `\|`) + 1
}
