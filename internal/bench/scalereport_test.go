// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestScaleReport_table(t *testing.T) {
	t.Parallel()
	report := scaleReport{"Terraform v1", "2 cores", 3, []line{
		{ownName, inlineCode, 100, 50, planStep, cost{1.5, 2, 3, 44, 250}, 2600},
		{"other", inlineCode, 100, 50, planStep, cost{4, 5, 3, 44, 500}, 2600},
		{floorName, inlineCode, 100, 0, planStep, cost{0.1, 0, 0.1, 0, 0}, 1},
		{ownName, zipCode, 100, 0, applyStep, cost{1, 2, 3, 44, 200}, 2600},
	}}
	want := `Terraform v1, 2 cores, median of 3 runs:

| Functions | A call takes | Command | Time | Provider's CPU | CLI's CPU | Provider's peak | Requests each | other: time, CPU | CLI alone |
| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| 100, inline | 50 ms | [plan](docs/benchmarks/plan-50ms.svg) | 1.50 s | 2.00 s | 3.00 s | 44 MB | 2.5 | 4.00 s, 5.00 s | 0.10 s |
| 100, zip | 0 ms | apply | 1.00 s | 2.00 s | 3.00 s | 44 MB | 2 |  |  |
`
	if got := report.table(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
