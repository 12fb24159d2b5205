// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"regexp"
	"strings"
)

// shorter is what stands for long names: digests have 128 digits, of which twelve tell one from another, and ids of
// resources hold the project's 32.
var shorter = []struct {
	pattern *regexp.Regexp
	by      string
}{
	{regexp.MustCompile(`\b([0-9a-f]{12})[0-9a-f]{52,}\b`), "$1…"},
	{regexp.MustCompile(`\b([0-9a-f]{4})[0-9a-f]{28}\b`), "$1…"},
	{regexp.MustCompile(`(?m)^(\S+: \w+(?:\.\.\.| complete after \w+)) \[id=.*\]$`), "$1"},
}

// asides are paragraphs that only explain the CLI itself, by how they begin. Each ends at an empty line.
var asides = []string{
	"Terraform used the selected providers", "OpenTofu used the selected providers",
	"─", "Note: You didn't use the -out option",
	"Saved the plan to:", "To perform exactly these actions",
}

// progress lines say nothing that the result does not.
var progress = regexp.MustCompile(`: (Refreshing state\.\.\.|Reading\.\.\.|Read complete|Still \w+\.\.\.)`)

// folds are attributes that are counted instead of shown: those of which nothing is known yet, and those that go.
var folds = []struct {
	pattern *regexp.Regexp
	note    string
}{
	{regexp.MustCompile(`^( {6,})\+ \w+ += \(known after apply\)$`), "%s# (%d attributes known after apply)"},
	{regexp.MustCompile(`^( {6})- \w+ += .* -> null$`), "%s# (%d attributes)"},
}

// trim leaves what matters of the CLI's output: asides and progress go, long names are shortened, attributes of which
// nothing is known are counted at the end of their block.
func trim(text string) string {
	for _, s := range shorter {
		text = s.pattern.ReplaceAllString(text, s.by)
	}
	var kept []string
	var counts [2]int
	aside := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \r\n")
		aside = (aside && line != "") || startsAside(line)
		if aside || progress.MatchString(line) || folded(line, &counts) {
			continue
		}
		if strings.HasPrefix(line, "    }") {
			kept = append(kept, notes(&counts)...)
		}
		if line == "" && (len(kept) == 0 || kept[len(kept)-1] == "") {
			continue
		}
		kept = append(kept, line)
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n") + "\n"
}

// folded counts a line that is not to be shown.
func folded(line string, counts *[2]int) bool {
	for i, f := range folds {
		if f.pattern.MatchString(line) {
			counts[i]++
			return true
		}
	}
	return false
}

// notes says how many lines of the block are not shown, and starts to count anew.
func notes(counts *[2]int) (lines []string) {
	for i, f := range folds {
		if counts[i] > 0 {
			lines = append(lines, fmt.Sprintf(f.note, "      ", counts[i]))
		}
		counts[i] = 0
	}
	return lines
}

func startsAside(line string) bool {
	for _, beginning := range asides {
		if strings.HasPrefix(line, beginning) {
			return true
		}
	}
	return false
}

// warningOf is the warning at the end of a trimmed plan.
func warningOf(text string) string {
	_, warning, found := strings.Cut(text, "Warning: ")
	if !found {
		return ""
	}
	return "Warning: " + strings.TrimSpace(warning)
}
