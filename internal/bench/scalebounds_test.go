// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"testing"
)

// measured is a report that is at the bounds of this provider alone.
func measured() scaleReport {
	return scaleReport{CLI: "Terraform v0", Machine: "2 cores", Runs: 3, Lines: []line{
		{ownName, inlineCode, 20, 0, planStep, cost{1, 1, 1, 40, 20}, 2500},
		{ownName, inlineCode, 300, 0, applyStep, cost{7, 7, 10, 41, 600}, 2500},
		{ownName, inlineCode, 300, 0, planStep, cost{7, 4.5, 10, 41, 300}, 2500},
		{ownName, inlineCode, 500, 0, applyStep, cost{8.5, 9, 10, 50, 1000}, 2600},
		{ownName, inlineCode, 500, 0, planStep, cost{6, 6, 10, 55, 500}, 2600},
		{ownName, inlineCode, 500, 0, destroyStep, cost{6, 6, 10, 54, 1501}, 1},
		{ownName, taggedCode, 100, 0, planStep, cost{1, 1, 1, 90, 102}, 2700},
		{"other", inlineCode, 500, 0, applyStep, cost{10, 1, 1, 1, 1}, 1},
		{"other", inlineCode, 500, 0, planStep, cost{10, 1, 1, 1, 1}, 1},
		{"other", inlineCode, 500, 0, destroyStep, cost{10, 1, 1, 1, 1}, 1},
	}}
}

func TestBounds_kept(t *testing.T) {
	t.Parallel()
	for against, want := range map[string]int{"": 7, "other": 10} {
		rows := measured().bounds(against)
		if len(rows) != want {
			t.Errorf("against %q: %d rows, want %d: %v", against, len(rows), want, rows)
		}
		for _, row := range rows {
			if row.over() || row.bound == 0 {
				t.Errorf("against %q: %v", against, row)
			}
		}
	}
}

// Each bound is missed by the number that it is of.
func TestBounds_missed(t *testing.T) {
	t.Parallel()
	for want, worsen := range map[string]func(lines []line){
		"provider's CPU over the CLI's, apply of 300 functions":                 func(l []line) { l[1].Provider = 7.1 },
		"provider's CPU over the CLI's, plan without a change of 300 functions": func(l []line) { l[2].Provider = 4.6 },
		"provider's peak with 500 functions, over that with 20":                 func(l []line) { l[0].Peak = 39 },
		"provider's peak with 500 functions": func(l []line) {
			l[0].Peak, l[5].Peak = 50, 61
		},
		"state of a function, as the CLI writes it":                  func(l []line) { l[3].StateBytes = 2601 },
		"requests to destroy 500 functions without versions":         func(l []line) { l[5].Requests = 1502 },
		"requests to refresh 100 functions with tags":                func(l []line) { l[6].Requests = 103 },
		"time over other's, apply of 500 functions at 0 ms a call":   func(l []line) { l[3].Wall = 8.6 },
		"time over other's, plan of 500 functions at 0 ms a call":    func(l []line) { l[4].Wall = 6.1 },
		"time over other's, destroy of 500 functions at 0 ms a call": func(l []line) { l[9].Wall = 9.9 },
	} {
		report := measured()
		worsen(report.Lines)
		var missed []string
		for _, row := range report.bounds("other") {
			if row.over() {
				missed = append(missed, row.what)
			}
		}
		if !slices.Equal(missed, []string{want}) {
			t.Errorf("missed %q, want %q", missed, want)
		}
	}
}

func TestBounds_notMeasured(t *testing.T) {
	t.Parallel()
	report := measured()
	report.Lines = report.Lines[:3]
	if rows := report.bounds("other"); len(rows) != 2 {
		t.Errorf("rows %v, want those of 300 functions", rows)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	missed, kept := result{"CPU", 0.5, 0.45, "×"}, result{"time", 0.45, 0.45, "×"}
	if got := missed.String(); got != "| CPU | 0.50× | ≤ 0.45×, missed |" {
		t.Error(got)
	}
	if got := kept.String(); got != "| time | 0.45× | ≤ 0.45× |" {
		t.Error(got)
	}
	if err := report([]result{kept}); err != nil {
		t.Error(err)
	}
	if err := report([]result{missed, kept}); fmt.Sprint(err) != "1 numbers are over their bounds" {
		t.Error(err)
	}
}
