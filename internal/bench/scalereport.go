// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
)

// scaleFolder is where the numbers and charts of the part "scale" are kept, from the root of the repository.
const scaleFolder = "docs/benchmarks"

// table is the Markdown of the report: a row for each command of this provider, beside it the others. Each command
// links to its chart.
func (r scaleReport) table() string {
	others := r.others()
	var out strings.Builder
	fmt.Fprintf(&out, "%s, %s, median of %d runs:\n\n", r.CLI, r.Machine, r.Runs)
	out.WriteString("| Functions | A call takes | Command | Time | Provider's CPU | CLI's CPU | Provider's peak |" +
		" Requests each |")
	for _, other := range others {
		fmt.Fprintf(&out, " %s: time, CPU |", other)
	}
	out.WriteString(" CLI alone |\n| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |" +
		strings.Repeat(" ---: |", len(others)+1) + "\n")
	for _, l := range r.Lines {
		if l.Subject == ownName {
			out.WriteString(r.row(l, others))
		}
	}
	return out.String()
}

// others names the other providers.
func (r scaleReport) others() (names []string) {
	for _, l := range r.Lines {
		if l.Subject != ownName && l.Subject != floorName && !slices.Contains(names, l.Subject) {
			names = append(names, l.Subject)
		}
	}
	return names
}

// row is one line of the table.
func (r scaleReport) row(l line, others []string) string {
	command := l.Command
	if l.Code == inlineCode {
		command = fmt.Sprintf("[%s](%s/%s-%dms.svg)", l.Command, scaleFolder, l.Command, l.LatencyMS)
	}
	text := fmt.Sprintf("| %d, %s | %d ms | %s | %.2f s | %.2f s | %.2f s | %.0f MB | %.3g |", l.Functions, l.Code,
		l.LatencyMS, command, l.Wall, l.Provider, l.CLI, l.Peak, l.Requests/float64(l.Functions))
	for _, name := range others {
		cell := ""
		if other, ok := r.at(name, l.Code, l.Functions, l.LatencyMS, l.Command); ok {
			cell = fmt.Sprintf("%.2f s, %.2f s", other.Wall, other.Provider)
		}
		text += " " + cell + " |"
	}
	cell := ""
	if floor, ok := r.at(floorName, inlineCode, l.Functions, 0, l.Command); ok {
		cell = fmt.Sprintf("%.2f s", floor.Wall)
	}
	return text + " " + cell + " |\n"
}
