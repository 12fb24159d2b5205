// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const reservations = "/v2/" + emulator.DefaultProjectID + "/fgs/functions/reservedinstanceconfigs?function_urn=" +
	urnPrefix + "default:demo"

// reserved are the rows of the list, each as one text.
func reserved(b *bench, query string) string {
	got := b.want(200, "", "GET", reservations+":latest"+query, nil)
	rows, _ := got.body["reserved_instances"].([]any)
	texts := []string{}
	for _, row := range rows {
		r, _ := row.(object)
		texts = append(texts, fmt.Sprint(r["qualifier_type"], " ", r["qualifier_name"], " ", r["min_count"]))
	}
	return strings.Join(texts, ", ")
}

// TestReservations: contract 3.18, and what goes with a version (D1) and with an alias (A10).
func TestReservations(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	if got := b.want(200, "", "GET", reservations, nil); got.body["reserved_instances"] != nil ||
		got.body["page_info"] != nil {
		t.Errorf("without any: %s", got.raw)
	}
	b.publish("v1")
	if err := b.server.PutAlias("default", "demo", "prod", "v1", nil); err != nil {
		t.Fatal(err)
	}
	for _, qualifier := range []string{"v1", "!prod", "latest"} {
		if err := b.server.PutReservation("default", "demo",
			emulator.Reservation{Qualifier: qualifier, MinCount: 2}); err != nil {
			t.Fatal(err)
		}
	}
	for _, qualifier := range []string{"v2", "!other"} {
		if b.server.PutReservation("default", "demo", emulator.Reservation{Qualifier: qualifier, MinCount: 2}) == nil {
			t.Errorf("%s is not there", qualifier)
		}
	}
	const all = "version v1 2, alias prod 2, version latest 2"
	for query, want := range map[string]string{"": all, "&marker=1&limit=1": "alias prod 2", "&marker=3": ""} {
		if got := reserved(b, query); got != want {
			t.Errorf("%s: %s", query, got)
		}
	}
	b.want(204, "", "DELETE", demo+"/aliases/prod", nil)
	if got := reserved(b, ""); got != "version v1 2, version latest 2" {
		t.Errorf("after the alias: %s", got)
	}
	b.want(204, "", "DELETE", demo+":v1", nil)
	if got := reserved(b, ""); got != "version latest 2" {
		t.Errorf("after the version: %s", got)
	}
	gone := b.want(200, "", "GET", strings.Replace(reservations, "demo", "none", 1), nil)
	if got := strings.TrimSpace(string(gone.raw)); got != `{"count":0,"page_info":null,"reserved_instances":null}` {
		t.Errorf("of a function that is not there (O27): %s", got)
	}
}

// TestReservationsO27Project: without function_urn the rows are those of the whole project; urn is no filter.
func TestReservationsO27Project(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.create(object{"func_name": "other"})
	for _, name := range []string{"demo", "other"} {
		if err := b.server.PutReservation("default", name,
			emulator.Reservation{Qualifier: "latest", MinCount: 1}); err != nil {
			t.Fatal(err)
		}
	}
	project, _, _ := strings.Cut(reservations, "?")
	for _, query := range []string{"", "?urn=" + demoURN + ":latest", "?limit=1000"} {
		got := b.want(200, "", "GET", project+query, nil)
		rows, _ := got.body["reserved_instances"].([]any)
		if len(rows) != 2 || !strings.Contains(string(got.raw), urnPrefix+"default:demo:latest") ||
			!strings.Contains(string(got.raw), urnPrefix+"default:other:latest") {
			t.Errorf("%s: %s", query, got.raw)
		}
	}
}

const setProd = demo + ":!prod/reservedinstances"

// reservedBody is a good body of PUT reservedinstances.
func reservedBody(change object) object {
	body := object{"count": 2, "idle_mode": true, "tactics_config": object{
		"cron_configs": []object{{
			"name": "office", "cron": "0 0 6 * * MON-FRI", "count": 5, "start_time": 1800000000, "expired_time": 1900000000,
		}},
		"metric_configs": []object{{"name": "busy", "type": "Concurrency", "threshold": 80, "min": 3}},
	}}
	for name, value := range change {
		body[name] = value
	}
	return body
}

// TestReservations_set: contract 3.18.1. 7 fields mean latest; what is set reads back; 0 without policies removes.
func TestReservations_set(t *testing.T) {
	t.Parallel()
	b := bound(t)
	b.want(200, "", "PUT", setProd, reservedBody(nil))
	got := b.want(200, "", "GET", reservations+":latest", nil)
	for _, part := range []string{
		`"function_urn":"` + demoURN + `:latest"`, `"qualifier_type":"alias"`, `"qualifier_name":"prod"`, `"min_count":2`,
		`"idle_mode":true`, `"name":"office"`, `"expired_time":1900000000`, `"threshold":80`,
	} {
		if !strings.Contains(string(got.raw), part) {
			t.Errorf("no %s in %s", part, got.raw)
		}
	}
	b.want(200, "", "PUT", setProd, object{"count": 0})
	b.want(200, "", "PUT", demo+"/reservedinstances", object{"count": 1})
	if got := reserved(b, ""); got != "version latest 1" {
		t.Errorf("removed, and set for latest: %s", got)
	}
	b.want(200, "", "PUT", demo+":latest/reservedinstances", reservedBody(object{"count": 0}))
	if got := reserved(b, ""); got != "version latest 0" {
		t.Errorf("policies alone: %s", got)
	}
	for qualifier, code := range map[string]string{":!other": "FSS.1053", ":v2": "FSS.1052"} {
		b.want(404, code, "PUT", demo+qualifier+"/reservedinstances", object{"count": 1})
	}
	b.want(404, "FSS.1051", "PUT", strings.Replace(demo, ":demo", ":x", 1)+"/reservedinstances", object{"count": 1}) // O24
}

// TestReservations_rules: the bounds of contract 3.18.1, and RI7.
func TestReservations_rules(t *testing.T) {
	t.Parallel()
	cron := func(member string, value any) object {
		body := reservedBody(nil)
		tactics, _ := body["tactics_config"].(object)
		list, _ := tactics["cron_configs"].([]object)
		list[0][member] = value
		return body
	}
	metric := func(member string, value any) object {
		body := reservedBody(nil)
		tactics, _ := body["tactics_config"].(object)
		list, _ := tactics["metric_configs"].([]object)
		list[0][member] = value
		return body
	}
	twice := func(second string) object {
		policy := object{"type": "Concurrency", "threshold": 80, "min": 3}
		one, two := object{"name": "a"}, object{"name": second}
		for name, value := range policy {
			one[name], two[name] = value, value
		}
		return reservedBody(object{"tactics_config": object{"metric_configs": []object{one, two}}})
	}
	for _, rule := range []rulePair{
		{"no_count", 400, "FSS.0400", reservedBody(object{"count": nil}), reservedBody(nil)},
		{"count", 400, "FSS.0400", reservedBody(object{"count": -1}), reservedBody(object{"count": 0})},
		{"name", 400, "FSS.0400", cron("name", "1a"), cron("name", "a1")},
		{"cron", 400, "FSS.0400", cron("cron", "0 6 * *"), cron("cron", "0 0 */10 * * *")},
		{"below_the_base", 400, "FSS.0400", cron("count", 1), cron("count", 2)},
		{"above_the_most_RI7", 400, "FSS.0400", cron("count", 11), cron("count", 10)},
		{"times", 400, "FSS.0400", cron("start_time", 1900000000), cron("start_time", 1899999999)},
		{"type", 400, "FSS.0400", metric("type", "CPU"), metric("type", "Concurrency")},
		{"threshold", 400, "FSS.0400", metric("threshold", 100), metric("threshold", 99)},
		{"min", 400, "FSS.0400", metric("min", 1), metric("min", 2)},
		{"names", 400, "FSS.0400", twice("a"), twice("b")},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := bound(t)
			b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 10})
			b.want(rule.status, rule.code, "PUT", setProd, rule.rejected)
			if got := reserved(b, ""); got != "" {
				t.Errorf("refused, and yet there is %s", got)
			}
			b.want(200, "", "PUT", setProd, rule.accepted)
			b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0})
			b.want(400, "FSS.0400", "PUT", setProd, rule.accepted) // disabled
			b.want(200, "", "PUT", setProd, object{"count": 0, "tactics_config": object{}})
		})
	}
}

// TestReservationsRI1: an alias and the version that it points at do not both have reserved instances; nor can an alias
// move onto one that has (RI6). RI8 is the bound of the account.
func TestReservationsRI1(t *testing.T) {
	t.Parallel()
	b := bound(t)
	b.want(200, "", "PUT", setProd, object{"count": 1})
	b.want(400, "FSS.0400", "PUT", demo+":v1/reservedinstances", object{"count": 1})
	b.want(200, "", "PUT", demo+"/reservedinstances", object{"count": 1})
	b.want(400, "FSS.0400", "PUT", demo+"/aliases/prod", object{"version": "latest"}) // RI6
	b.want(200, "", "PUT", demo+":latest/reservedinstances", object{"count": 0})
	b.want(200, "", "PUT", demo+"/aliases/prod", object{"version": "latest"})
	if got := reserved(b, ""); got != "alias prod 1" { // RI5
		t.Errorf("after the move: %s", got)
	}
	b.want(400, "FSS.0400", "PUT", demo+"/reservedinstances", object{"count": 1})
	b.want(200, "", "PUT", demo+":v1/reservedinstances", object{"count": 89})
	b.want(403, "FSS.0403", "PUT", setProd, object{"count": 2})
	b.want(200, "", "PUT", setProd, object{"count": 1})
}
