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
