// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import "fmt"

// at finds a line of the report.
func (r scaleReport) at(subject, code string, functions int, latencyMS int64, command string) (line, bool) {
	for _, l := range r.Lines {
		if l.Subject == subject && l.Code == code && l.Functions == functions && l.LatencyMS == latencyMS &&
			l.Command == command {
			return l, true
		}
	}
	return line{}, false
}

// peak is the most memory that one process of this provider had with so many functions, whatever the command.
func (r scaleReport) peak(functions int) (most float64, measured bool) {
	for _, l := range r.Lines {
		if l.Subject == ownName && l.Functions == functions && l.Code == inlineCode {
			most, measured = max(most, l.Peak), true
		}
	}
	return most, measured
}

// bounds holds what was measured against what was promised. A promise whose number of functions was not measured has
// no row.
func (r scaleReport) bounds(against string) []result {
	rows := r.processorBounds()
	few, hasFew := r.peak(fewPeak)
	many, hasMany := r.peak(manyPeak)
	if hasFew && hasMany {
		rows = append(rows,
			result{fmt.Sprintf("provider's peak with %d functions, over that with %d", manyPeak, fewPeak), many - few, 15,
				" MB"},
			result{fmt.Sprintf("provider's peak with %d functions", manyPeak), many, 60, " MB"})
	}
	if l, ok := r.at(ownName, inlineCode, manyPeak, 0, applyStep); ok {
		rows = append(rows, result{"state of a function, as the CLI writes it", l.StateBytes, 2600, " bytes"})
	}
	if l, ok := r.at(ownName, inlineCode, manyPeak, 0, destroyStep); ok {
		rows = append(rows, result{fmt.Sprintf("requests to destroy %d functions without versions", manyPeak), l.Requests,
			3*manyPeak + 1, ""})
	}
	if l, ok := r.at(ownName, taggedCode, tagged, 0, planStep); ok {
		rows = append(rows, result{fmt.Sprintf("requests to refresh %d functions with tags", tagged), l.Requests,
			tagged + tagged/50, ""})
	}
	if against != "" {
		rows = append(rows, r.wallBounds(against)...)
	}
	return rows
}

// processorBounds compare the provider with the CLI that runs it, in the same command.
func (r scaleReport) processorBounds() []result {
	var rows []result
	for _, b := range []struct {
		command, what string
		bound         float64
	}{
		{planStep, "plan without a change of", 0.45},
		{applyStep, "apply of", 0.7},
	} {
		if l, ok := r.at(ownName, inlineCode, ratioSize, 0, b.command); ok && l.CLI > 0 {
			rows = append(rows, result{fmt.Sprintf("provider's CPU over the CLI's, %s %d functions", b.what, ratioSize),
				l.Provider / l.CLI, b.bound, "×"})
		}
	}
	return rows
}

// wallBounds compare the time that a user waits with that of the other provider in the same run.
func (r scaleReport) wallBounds(against string) []result {
	var rows []result
	for _, b := range []struct {
		command   string
		latencyMS int64
		bound     float64
	}{
		{applyStep, 0, 0.85},
		{applyStep, latency.Milliseconds(), 0.6},
		{planStep, 0, 0.6},
		{planStep, latency.Milliseconds(), 0.35},
		{destroyStep, 0, 0.6},
		{destroyStep, latency.Milliseconds(), 0.6},
	} {
		own, ok := r.at(ownName, inlineCode, manyPeak, b.latencyMS, b.command)
		other, beside := r.at(against, inlineCode, manyPeak, b.latencyMS, b.command)
		if ok && beside {
			rows = append(rows, result{fmt.Sprintf("time over %s's, %s of %d functions at %d ms a call", against, b.command,
				manyPeak, b.latencyMS), own.Wall / other.Wall, b.bound, "×"})
		}
	}
	return rows
}
