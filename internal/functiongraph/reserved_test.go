// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"fmt"
	"strings"
	"testing"
)

func TestReservedInstances(t *testing.T) {
	t.Parallel()
	rows := func(from, n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprintf(`{"function_urn":"%[1]s:latest","qualifier_type":"version","qualifier_name":"v%[`+
				`2]d","min_count":1}`, testURN, from+i))
		}
		return `{"reserved_instances":[` + strings.Join(list, ",") + `],"page_info":{"next_marker":1},"count":1}`
	}
	counting := func(n int, page string) string {
		return strings.Replace(page, `"count":1}`, fmt.Sprintf(`"count":%d}`, n), 1)
	}
	for name, test := range map[string]struct {
		answers  []string
		want     int
		requests int
	}{
		"none, as null":   {[]string{`{"reserved_instances":null,"page_info":null,"count":0}`}, 0, 1},
		"null alone":      {[]string{`{"reserved_instances":null}`}, 0, 1}, // contract 3.18.2: null is none
		"null, counted":   {[]string{`{"reserved_instances":null,"page_info":{"next_marker":0},"count":1}`}, 0, 1},
		"none":            {[]string{`{"reserved_instances":[]}`}, 0, 1},
		"count of others": {[]string{counting(7, rows(0, 2)), counting(7, rows(2, 0))}, 2, 2},
		"one page":        {[]string{rows(0, 2), rows(2, 0)}, 2, 2},
		"two pages":       {[]string{rows(0, 100), rows(100, 3), rows(103, 0)}, 103, 3},
		"small pages":     {[]string{rows(0, 1), rows(1, 1), rows(2, 1), rows(3, 0)}, 3, 4},
		"full pages":      {[]string{rows(0, 100), rows(100, 0)}, 100, 2},
		"marker ignored":  {[]string{rows(0, 100)}, 100, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var steps []step
			for _, answer := range test.answers {
				steps = append(steps, step{status: 200, body: answer})
			}
			c, s := scripted(t, steps...)
			got, err := c.ReservedInstances(t.Context(), testURN.WithQualifier("v1"))
			if err != nil || len(got) != test.want || len(s.seen) != test.requests {
				t.Fatalf("%d rows in %d requests, %v; want %d in %d", len(got), len(s.seen), err, test.want, test.requests)
			}
			first := s.seen[0]
			if first.path != functionsPath+"/reservedinstanceconfigs" || !strings.Contains(first.query, "%3Ademo%3Alatest") ||
				!strings.Contains(first.query, "marker=0") {
				t.Errorf("asked for %s?%s", first.path, first.query)
			}
		})
	}
}

// TestReservedInstance_String: a base of 0 is none only without policies, in whatever form there are none.
func TestReservedInstance_String(t *testing.T) {
	t.Parallel()
	for row, want := range map[string]string{
		`"min_count":2`: "2", `"min_count":0`: "", `"min_count":0,"tactics_config":{}`: "",
		`"min_count":0,"tactics_config":null`:                                      "",
		`"min_count":0,"tactics_config":{"cron_configs":null,"metric_configs":[]}`: "",
		`"min_count":0,"tactics_config":{"cron_configs":[{"name":"a"}]}`:           "0, more by policy",
		`"min_count":1,"tactics_config":{"metric_configs":[{"name":"a"}]}`:         "1, more by policy",
	} {
		c, _ := scripted(t, step{status: 200, body: `{"reserved_instances":[{"function_urn":"` + testURN.String() +
			`:latest","qualifier_type":"version","qualifier_name":"v1",` + row + `}]}`})
		got, err := c.ReservedInstances(t.Context(), testURN)
		if err != nil || len(got) != 1 || got[0].String() != want {
			t.Errorf("%s: %v, %v; want %q", row, got, err, want)
		}
	}
}
