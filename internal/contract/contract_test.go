// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package contract_test holds code, tests and documents to the contract: what they cite is there.
package contract_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// repository reads the contract, and gives the other texts to read.
func repository(t *testing.T, read func(path, text string)) numbers {
	t.Helper()
	known, all := numbers{}, map[string]string{}
	err := texts(root, func(path, text string) {
		all[path] = text
		if isContract(path) {
			known.read(text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(known) < 400 || len(all) < 300 {
		t.Fatalf("%d numbers in the contract, %d files: the test does not see them all", len(known), len(all))
	}
	for _, path := range slices.Sorted(maps.Keys(all)) {
		read(path, all[path])
	}
	return known
}

func isContract(path string) bool {
	return strings.HasPrefix(path, "internal/contract/") && strings.HasSuffix(path, ".md")
}

// TestCites: each section, rule and question that a file names is in the contract, and not struck.
func TestCites(t *testing.T) {
	t.Parallel()
	found := map[string][]cite{}
	known := repository(t, func(path, text string) {
		if strings.HasPrefix(path, "internal/contract/") {
			return
		}
		found[path] = cites(text)
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
			found[path] = append(found[path], codes(text)...)
		}
	})
	sum := 0
	for path, list := range found {
		sum += len(list)
		for _, c := range list {
			if wrong := known.wrong(c); wrong != "" {
				t.Errorf("%s:%d: %s", path, c.line, wrong)
			}
		}
	}
	if sum < 600 {
		t.Errorf("only %d cites were found", sum)
	}
}

// TestNoOtherDocument: a text cites nothing that the repository does not hold.
func TestNoOtherDocument(t *testing.T) {
	t.Parallel()
	outside := regexp.MustCompile(`\b(?:DESIG` + `N|PLATFOR` + `M|STYL` + `E)(?:\.md)?(?: [0-9]|[,.):])`)
	if !outside.MatchString("// is the table of DESIG"+"N 4.") || outside.MatchString("the design, 4") {
		t.Fatal("the test cannot fail")
	}
	repository(t, func(path, text string) {
		if place := outside.FindStringIndex(text); place != nil {
			t.Errorf("%s:%d: %s", path, 1+strings.Count(text[:place[0]], "\n"), text[place[0]:place[1]])
		}
	})
}

// TestContract_citesItself: what the contract names, it has; there, what is struck may be named.
func TestContract_citesItself(t *testing.T) {
	t.Parallel()
	found := map[string][]cite{}
	known := repository(t, func(path, text string) {
		if isContract(path) {
			found[path] = append(cites(text), codes(text)...)
		}
	})
	for path, list := range found {
		for _, c := range list {
			if _, there := known[c.number]; !there {
				t.Errorf("%s:%d: %s is not in the contract", path, c.line, c.number)
			}
		}
	}
}

// TestFinder: the test above is worth what the finder finds.
func TestFinder(t *testing.T) {
	t.Parallel()
	known := numbers{}
	known.read("# Title 9\n## 3 Calls\n\n### 3.4 Update\n#### 3.18.3 Rules\n" +
		"| V13 | goes |\n| F35 | struck: no evidence |\n| Q6 | settled: kept |\n| FSS.0400 | 400 | bad |\n| prose | V99 |\n")
	want := numbers{"3": false, "3.4": false, "3.18.3": false, "V13": false, "F35": true, "Q6": false, "FSS.0400": false}
	if !maps.Equal(known, want) {
		t.Errorf("the contract has %v", known)
	}
	for text, want := range map[string]string{
		"// reads it (contract 3.4).":                      "1:3.4",
		"// Contract V1 and V2.":                           "1:V1 1:V2",
		"// of contract section 5 goes in":                 "1:5",
		"// contract 3.17, 6) and":                         "1:3.17 1:6",
		"// contract 3.4, \"safe client rule\"":            "1:3.4",
		"// as the contract says (3.4).":                   "1:3.4",
		"// takes along (contract\n\t// D1, 3.18.3). x":    "2:3.18.3 2:D1",
		"x := 1 // V13":                                    "1:V13",
		"x // O16b, F35":                                   "1:F35 1:O16b",
		"// like this (2.7, Q12), and so":                  "1:2.7 1:Q12",
		"// has its own (3.15, switch import-size).":       "1:3.15",
		`t.Error("Q16: an alias")`:                         "1:Q16",
		"func TestPublishV3Default(t":                      "1:V3",
		"func TestTagsO12(t":                               "1:O12",
		"| `-x` | what it does (O29) |":                    "1:O29",
		"// rules V1 to V20":                               "1:V1 1:V20",
		"// Go 1.25 (1.26.6), 1.5 GiB, v2.1, SPDX MPL-2.0": "",
		"2026-01-02T11:04:05, SHA1, D0, F00, AV1X":         "",
		"// the contract has 8 and":                        "",
	} {
		var got []string
		for _, c := range cites(text) {
			got = append(got, fmt.Sprintf("%d:%s", c.line, c.number))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q cites %v, want %s", text, got, want)
		}
	}
	for number, want := range map[string]string{
		"3.4": "", "Q6": "", "9.9": "9.9 is not in the contract", "F35": "F35 is struck in the contract",
	} {
		if got := known.wrong(cite{number: number}); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
	if got := codes("CodeX = \"FSS.0400\" // not FSS.1\n"); len(got) != 1 || got[0] != (cite{"FSS.0400", 1}) {
		t.Errorf("codes: %v", got)
	}
}
