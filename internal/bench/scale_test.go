// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"
)

func TestMedian(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		numbers []float64
		want    float64
	}{
		{[]float64{4}, 4},
		{[]float64{9, 1, 2}, 2},
		{[]float64{8, 2, 4, 1}, 3},
	} {
		before := test.numbers[0]
		if got := median(test.numbers); got != test.want || test.numbers[0] != before {
			t.Errorf("median of %v: %v, want %v and the numbers as they were", test.numbers, got, test.want)
		}
	}
}

// Each number has its own median: no run needs to be the middle one of all. What is kept is rounded.
func TestMedianLine(t *testing.T) {
	t.Parallel()
	got := medianLine([]line{
		{"fgs", inlineCode, 5, 50, planStep, cost{1, 20.00049, 5, 7, 30}, 3},
		{"fgs", inlineCode, 5, 50, planStep, cost{3, 10, 6, 9, 32}, 1},
		{"fgs", inlineCode, 5, 50, planStep, cost{2, 30, 4, 8.04, 31}, 2.4},
	})
	if want := (line{"fgs", inlineCode, 5, 50, planStep, cost{2, 20, 5, 8, 31}, 2}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestJobs(t *testing.T) {
	t.Parallel()
	own := subject{profile: profile{Name: ownName, Inline: "x", Zip: "x", Tagged: "x"}, binary: "a"}
	other := subject{profile: profile{Name: "other", Inline: "x"}, binary: "b"}
	floor := subject{profile: profile{Name: floorName, Inline: "x"}}
	type key struct {
		code  string
		count int
		ms    int64
	}
	for _, test := range []struct {
		sizes   []int
		against *subject
		want    map[key]int // how many subjects
	}{
		{[]int{500}, &other, map[key]int{
			{inlineCode, 500, 0}: 3, {inlineCode, 500, 50}: 2, {zipCode, zips, 0}: 1, {zipCode, zips, 50}: 1,
			{inlineCode, ratioSize, 0}: 2, {inlineCode, fewPeak, 0}: 1, {taggedCode, tagged, 0}: 1,
		}},
		// What is measured anyway is not measured twice.
		{[]int{ratioSize, fewPeak}, nil, map[key]int{
			{inlineCode, ratioSize, 0}: 2, {inlineCode, ratioSize, 50}: 1, {inlineCode, fewPeak, 0}: 2,
			{inlineCode, fewPeak, 50}: 1, {zipCode, zips, 0}: 1, {zipCode, zips, 50}: 1, {taggedCode, tagged, 0}: 1,
		}},
	} {
		all := jobs(scaleOptions{sizes: test.sizes, runs: 3, against: test.against}, own, floor)
		if len(all) != len(test.want) {
			t.Errorf("%v: %d jobs, want %d", test.sizes, len(all), len(test.want))
		}
		for _, j := range all {
			k := key{j.code, j.count, j.delay.Milliseconds()}
			if len(j.subjects) != test.want[k] || len(j.steps) == 0 || j.runs < 1 {
				t.Errorf("%v: job %v has %d subjects, want %d", test.sizes, k, len(j.subjects), test.want[k])
			}
		}
	}
}
