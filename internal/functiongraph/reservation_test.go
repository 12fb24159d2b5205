// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"strings"
	"testing"
)

var (
	prodURN  = testURN.WithQualifier("!prod")
	reserved = Reservation{
		Count: 2, IdleMode: true,
		Cron: map[string]CronPolicy{
			"office": {"0 0 6 * * MON-FRI", 5, 1800000000, 1900000000}, "Night": {"0 0 20 * * *", 2, 1800000000, 1900000000},
		},
		Metric: map[string]MetricPolicy{"busy": {MetricConcurrency, 80, 3}},
	}
)

const (
	officeDoc = `{"name":"office","cron":"0 0 6 * * MON-FRI","count":5,"start_time":1800000000,"expired_time":1900000000}`
	nightDoc  = `{"name":"Night","cron":"0 0 20 * * *","count":2,"start_time":1800000000,"expired_time":1900000000}`
	busyDoc   = `{"name":"busy","type":"Concurrency","threshold":80,"min":3}`
	setDoc    = `{"count":2,"idle_mode":true,"tactics_config":{"cron_configs":[` + nightDoc + `,` + officeDoc +
		`],"metric_configs":[` + busyDoc + `]}}`
)

// reservedRows is the list of reserved instances, and its end.
func reservedRows(rows string) step {
	return step{status: 200, body: `{"reserved_instances":[` + rows + `],"count":1,"page_info":{"next_marker":0}}`}
}

// noneReserved is the list where there are none (contract O27).
var noneReserved = step{status: 200, body: `{"reserved_instances":null,"page_info":null,"count":0}`}

func reservedRow(kind, name, rest string) string {
	return `{"function_urn":"` + testURN.String() + `:latest","qualifier_type":"` + kind + `","qualifier_name":"` + name +
		`",` + rest + `}`
}

const policiesDoc = `"min_count":2,"idle_mode":true,"tactics_config":{"metric_configs":[` + busyDoc +
	`],"cron_configs":[` + officeDoc + `,` + nightDoc + `]}`

// TestReservation_reads: the row is that of the very version or alias; one that keeps nothing ready is none (Q46).
func TestReservation_reads(t *testing.T) {
	t.Parallel()
	others := reservedRow("version", "prod", `"min_count":7`) + `,` + reservedRow("alias", "latest", `"min_count":8`) + `,`
	for name, v := range map[string]struct {
		urn   URN
		rows  string
		want  *Reservation
		fails bool
	}{
		"an alias":      {prodURN, others + reservedRow("alias", "prod", policiesDoc), &reserved, false},
		"a version":     {testURN.WithQualifier("v1"), others + reservedRow("version", "v1", `"min_count":1,"tactics_config":{}`), &Reservation{Count: 1}, false},
		"latest":        {testURN, others + reservedRow("version", "latest", `"min_count":1,"tactics_config":{"cron_configs":null}`), &Reservation{Count: 1}, false},
		"none":          {prodURN, others + reservedRow("version", "v1", `"min_count":1`), nil, false},
		"kept at 0":     {prodURN, reservedRow("alias", "prod", `"min_count":0,"tactics_config":{"cron_configs":[],"metric_configs":null}`), nil, false},
		"policies at 0": {prodURN, reservedRow("alias", "prod", `"min_count":0,"tactics_config":{"metric_configs":[`+busyDoc+`]}`), &Reservation{Metric: reserved.Metric}, false},
		"no type":       {prodURN, reservedRow("alias", "prod", `"min_count":0,"tactics_config":{"metric_configs":[{"name":"busy","threshold":80,"min":3}]}`), &Reservation{Metric: reserved.Metric}, false},
		"other type":    {prodURN, reservedRow("alias", "prod", `"min_count":0,"tactics_config":{"metric_configs":[{"name":"busy","type":"CPU","threshold":80,"min":3}]}`), &Reservation{Metric: map[string]MetricPolicy{"busy": {"CPU", 80, 3}}}, false},
		"odd type":      {prodURN, reservedRow("alias", "prod", `"min_count":0,"tactics_config":{"metric_configs":[{"name":"busy","type":7}]}`), nil, true},
		"odd count":     {prodURN, reservedRow("alias", "prod", `"min_count":"many"`), nil, true},
		"odd policies":  {prodURN, reservedRow("alias", "prod", `"min_count":1,"tactics_config":{"cron_configs":["office"]}`), nil, true},
		"odd tactics":   {prodURN, reservedRow("alias", "prod", `"min_count":1,"tactics_config":[]`), nil, true},
		"one name":      {prodURN, reservedRow("alias", "prod", `"min_count":1,"tactics_config":{"metric_configs":[`+busyDoc+`,`+busyDoc+`]}`), nil, true},
		"with a mark":   {prodURN, reservedRow("ALIAS", "!prod", policiesDoc), &reserved, false},
		"another type":  {prodURN, reservedRow("alias", "prod", `"min_count":1,"tactics_config":{"metric_configs":[`+strings.Replace(busyDoc, "Concurrency", "Cpu", 1)+`]}`), &Reservation{Count: 1, Metric: map[string]MetricPolicy{"busy": {"Cpu", 80, 3}}}, false},
		"nobody's":      {prodURN, reservedRow("", "", `"min_count":1`), nil, true},
		"nobody's too":  {prodURN, reservedRow("", "", `"min_count":1`) + "," + reservedRow("alias", "prod", policiesDoc), &reserved, false},
		"another's":     {prodURN, `{"function_urn":"` + URN{testRegion, testProject, "default", "x", ""}.String() + `","qualifier_type":"alias","qualifier_name":"prod","min_count":1}`, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			steps := []step{reservedRows(v.rows), reservedRows("")}
			if v.fails { // whatever is asked again
				steps = steps[:1]
			}
			c, _ := scripted(t, steps...)
			got, err := c.Reservation(t.Context(), v.urn)
			switch {
			case (err != nil) != v.fails, (got == nil) != (v.want == nil):
				t.Fatalf("%+v, %v", got, err)
			case got != nil && !got.Equal(*v.want):
				t.Errorf("%+v, want %+v", got, v.want)
			}
		})
	}
}

// TestReservation_functionGone: that the function is gone is believed of the list only when the function says so, too.
func TestReservation_functionGone(t *testing.T) {
	t.Parallel()
	gone := step{status: 404, body: notFoundDoc}
	for name, v := range map[string]struct {
		second step
		fails  bool
	}{
		"gone":   {gone, false},
		"there":  {step{status: 200, body: functionDoc}, true},
		"unread": {step{status: 403, body: `{"error_code":"FSS.0403"}`}, true},
	} {
		for _, first := range []step{gone, {status: 404, body: `{"error_code":"FSS.0404"}`}} {
			c, s := scripted(t, first, v.second)
			got, err := c.Reservation(t.Context(), prodURN)
			if got != nil || (err != nil) != v.fails || IsNotFound(err) || len(s.requests()) != 2 {
				t.Errorf("%s, %s: %v, %v after %d requests", name, first.body, got, err, len(s.requests()))
			}
		}
	}
}

// TestSetReservation: one call with all members, latest by its name; a success that does not confirm the number is
// looked at.
func TestSetReservation(t *testing.T) {
	t.Parallel()
	const removal = `{"count":0,"idle_mode":false,"tactics_config":{"cron_configs":[],"metric_configs":[]}}`
	done := step{status: 200, body: `{"count":2}`}
	for name, v := range map[string]struct {
		urn      URN
		in       Reservation
		steps    []step
		path     string
		body     string
		requests int
		fails    bool
	}{
		"all":            {prodURN, reserved, []step{done}, ":!prod", setDoc, 1, false},
		"latest":         {testURN, Reservation{Count: 2}, []step{done}, ":latest", `{"count":2,"idle_mode":false,"tactics_config":{"cron_configs":[],"metric_configs":[]}}`, 1, false},
		"removal":        {prodURN, Reservation{}, []step{{status: 200, body: `{"count":0}`}}, ":!prod", removal, 1, false},
		"lost":           {prodURN, reserved, []step{{err: errReset}, done}, ":!prod", setDoc, 2, false},
		"empty, done":    {prodURN, reserved, []step{{status: 200, body: `{}`}, reservedRows(reservedRow("alias", "prod", policiesDoc)), reservedRows("")}, ":!prod", setDoc, 3, false},
		"empty, not yet": {prodURN, reserved, []step{{status: 202}, noneReserved, done}, ":!prod", setDoc, 3, false},
		"another number": {prodURN, reserved, []step{{status: 200, body: `{"count":1}`}, noneReserved, done}, ":!prod", setDoc, 3, false},
		"removal, empty": {prodURN, Reservation{}, []step{{status: 204}, noneReserved}, ":!prod", removal, 2, false},
		"refused":        {prodURN, reserved, []step{{status: 400, body: `{"error_code":"FSS.0400"}`}}, ":!prod", setDoc, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, v.steps...)
			err := c.SetReservation(t.Context(), v.urn, v.in)
			first := s.requests()[0]
			if (err != nil) != v.fails || len(s.requests()) != v.requests || first.method != "PUT" ||
				first.path != urnPath+v.path+"/reservedinstances" || first.body != v.body {
				t.Errorf("%v after %d requests, the first %s %s %s", err, len(s.requests()), first.method, first.path, first.body)
			}
		})
	}
	for code, gone := range map[string]bool{CodeFunctionNotFound: true, CodeAliasNotFound: true, CodeUnknownPath: false} {
		c, _ := scripted(t, step{status: 404, body: `{"error_code":"` + code + `"}`})
		if err := c.SetReservation(t.Context(), prodURN, reserved); IsNotFound(err) != gone || err == nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// TestRemoveReservation: what the service does not remove is looked at before that counts as done.
func TestRemoveReservation(t *testing.T) {
	t.Parallel()
	there := reservedRows(reservedRow("alias", "prod", policiesDoc))
	gone := step{status: 404, body: notFoundDoc}
	refused := step{status: 400, body: `{"error_code":"FSS.0400"}`}
	for name, v := range map[string]struct {
		steps    []step
		requests int
		fails    bool
	}{
		"removed":            {[]step{{status: 200, body: `{"count":0}`}}, 1, false},
		"gone":               {[]step{gone, noneReserved}, 2, false},
		"gone, and so says":  {[]step{gone, gone, gone}, 3, false},
		"not so":             {[]step{gone, there, reservedRows("")}, 3, true},
		"nothing to remove":  {[]step{refused, noneReserved}, 2, false},
		"refused":            {[]step{refused, there, reservedRows("")}, 3, true},
		"refused and unread": {[]step{refused, {status: 403, body: `{"error_code":"FSS.0403"}`}}, 2, true},
	} {
		c, s := scripted(t, v.steps...)
		if err := c.RemoveReservation(t.Context(), prodURN); (err != nil) != v.fails || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}
