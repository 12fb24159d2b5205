// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const triggers = "/v2/" + emulator.DefaultProjectID + "/fgs/triggers/"

// withTriggers is default/demo with version v1, alias prod on it, and a trigger on each of the three.
func withTriggers(t *testing.T) *bench {
	t.Helper()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	b.create(object{})
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	for _, trigger := range []emulator.Trigger{
		{ID: "t1", Type: "TIMER", EventData: object{"name": "every-3m", "schedule": "3m"}},
		{ID: "t2", Type: "KAFKA", Qualifier: "v1"},
		{ID: "t3", Type: "SMN", Qualifier: "!prod", Status: "ACTIVE"},
	} {
		if err := b.server.PutTrigger("default", "demo", trigger); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// TestListTriggers: each qualifier has its own. The form of the times is that of contract 1.9; a trigger on SMN has no
// created_time; Kafka starts disabled (O16).
func TestListTriggers(t *testing.T) {
	t.Parallel()
	b := withTriggers(t)
	timer := `[{"created_time":"2026-01-02T11:04:05+08:00","event_data":{"name":"every-3m","schedule":"3m",` +
		`"sync_execution":false},` +
		`"last_updated_time":"2026-01-02T11:04:05+08:00","trigger_id":"t1","trigger_status":"ACTIVE",` +
		`"trigger_type_code":"TIMER"}]`
	for qualifier, want := range map[string]string{
		"": timer, ":latest": timer,
		":v1": `[{"created_time":"2026-01-02T11:04:05+08:00","event_data":{},` +
			`"last_updated_time":"2026-01-02T11:04:05+08:00",` +
			`"trigger_id":"t2","trigger_status":"DISABLED","trigger_type_code":"KAFKA"}]`,
		":!prod": `[{"event_data":{"subscription_status":"Unconfirmed"},"last_updated_time":"2026-01-02T11:04:05+08:00",` +
			`"trigger_id":"t3",` +
			`"trigger_status":"ACTIVE","trigger_type_code":"SMN"}]`,
	} {
		if got := b.triggers(qualifier); got != want {
			t.Errorf("%s: %s\nwant %s", qualifier, got, want)
		}
	}
	b.want(404, "FSS.1052", "GET", triggers+demoURN+":v9", nil)
	b.want(404, "FSS.1053", "GET", triggers+demoURN+":!nobody", nil)
	b.want(400, "FSS.1309", "GET", triggers+"urn:fss", nil)
	if got := b.server.Count("ListTriggers"); got != 7 {
		t.Errorf("%d requests were logged as ListTriggers", got)
	}
}

// TestListProjectTriggers: contract 3.21, call 3. The rows are those of all functions and qualifiers, each with the URN
// of what it belongs to; the answer has no count.
func TestListProjectTriggers(t *testing.T) {
	t.Parallel()
	b := withTriggers(t)
	b.create(object{"func_name": "other"})
	if err := b.server.PutTrigger("default", "other", emulator.Trigger{ID: "t4", Type: "TIMER"}); err != nil {
		t.Fatal(err)
	}
	list := strings.TrimSuffix(triggers, "/")
	for query, want := range map[string]string{
		"":                       "other:latest t4, demo:latest t1, demo:v1 t2, demo:!prod t3, next 4",
		"?marker=0&maxitems=2":   "other:latest t4, demo:latest t1, next 2",
		"?marker=3&maxitems=500": "demo:!prod t3, next 4", "?marker=9": "next 4",
	} {
		got := b.want(200, "", "GET", list+query, nil)
		var texts []string
		rows, _ := got.body["triggers"].([]any)
		for _, row := range rows {
			r, _ := row.(object)
			texts = append(texts, strings.TrimPrefix(fmt.Sprint(r["func_urn"], " ", r["trigger_id"]), urnPrefix+"default:"))
		}
		texts = append(texts, fmt.Sprint("next ", got.body["next_marker"]))
		if text := strings.Join(texts, ", "); text != want || got.body["count"] != nil {
			t.Errorf("%s: got %s, want %s", query, text, want)
		}
	}
	b.want(400, "FSS.0400", "GET", list+"?maxitems=x", nil)
	if got := b.server.Count("ListProjectTriggers"); got != 5 {
		t.Errorf("%d requests were logged as ListProjectTriggers", got)
	}
}

func (b *bench) triggers(qualifier string) string {
	b.t.Helper()
	return strings.TrimSpace(string(b.want(200, "", "GET", triggers+demoURN+qualifier, nil).raw))
}

func TestListTriggersO14MissingFunction(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	if got := b.triggers(""); got != "[]" {
		t.Errorf("without triggers: %s", got)
	}
	b.want(204, "", "DELETE", demo, nil)
	got := b.want(500, "FSS.0500", "GET", triggers+demoURN, nil)
	if got.text("error_msg") != "Error getting associated function" {
		t.Errorf("text: %s", got.text("error_msg"))
	}
}

func TestTriggersD1GoWithTheFunction(t *testing.T) {
	t.Parallel()
	b := withTriggers(t)
	b.want(204, "", "DELETE", demo, nil)
	b.create(object{})
	if got := b.triggers(""); got != "[]" {
		t.Errorf("a new function has triggers of the old one: %s", got)
	}
}

func TestTriggersV13GoWithTheVersion(t *testing.T) {
	t.Parallel()
	b := withTriggers(t)
	b.want(403, "FSS.1154", "DELETE", demo+":v1", nil) // Q21: the alias has triggers
	if err := b.server.Edit("default", "demo", func(f *emulator.Function) { f.Triggers = f.Triggers[:2] }); err != nil {
		t.Fatal(err)
	}
	b.want(204, "", "DELETE", demo+":v1", nil)
	if f := b.function(); len(f.Triggers) != 1 || f.Triggers[0].ID != "t1" {
		t.Errorf("left: %+v", f.Triggers)
	}
}

func TestTriggersV10StayBehindOnPublish(t *testing.T) {
	t.Parallel()
	b := withTriggers(t)
	b.deploy("new")
	b.publish("v2")
	if got := b.triggers(":v2"); got != "[]" {
		t.Errorf("a new version has triggers: %s", got)
	}
}

func TestAliasA9KeepsItsTriggers(t *testing.T) {
	t.Parallel()
	b := withTriggers(t)
	b.want(403, "FSS.1154", "DELETE", demo+"/aliases/prod", nil)
	if err := b.server.Edit("default", "demo", func(f *emulator.Function) { f.Triggers = f.Triggers[:2] }); err != nil {
		t.Fatal(err)
	}
	b.want(204, "", "DELETE", demo+"/aliases/prod", nil)
	if got := b.triggers(":v1"); !strings.Contains(got, `"t2"`) {
		t.Errorf("the version lost its trigger: %s", got)
	}
}

func TestPutTrigger(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	put := func(trigger emulator.Trigger) error { return b.server.PutTrigger("default", "demo", trigger) }
	if err := put(emulator.Trigger{Type: "TIMER"}); err != nil {
		t.Fatal(err)
	}
	made := b.function().Triggers[0]
	if len(made.ID) != 36 || made.Qualifier != "latest" || made.Status != "ACTIVE" || made.Created.IsZero() ||
		made.LastUpdated.IsZero() {
		t.Fatalf("filled in: %+v", made)
	}
	made.Status = "DISABLED"
	if err := put(made); err != nil {
		t.Fatal(err)
	}
	if got := b.function().Triggers; len(got) != 1 || got[0].Status != "DISABLED" {
		t.Fatalf("replaced: %+v", got)
	}
	for _, trigger := range []emulator.Trigger{
		{}, {Type: "TIMER", Qualifier: "v9"}, {Type: "TIMER", Qualifier: "!nobody"},
	} {
		if err := put(trigger); err == nil {
			t.Errorf("%+v was taken", trigger)
		}
	}
	if got := b.function().Triggers; len(got) != 1 {
		t.Fatalf("a refused trigger is there: %+v", got)
	}
	if err := b.server.DeleteTrigger("default", "demo", made.ID); err != nil || len(b.function().Triggers) != 0 {
		t.Errorf("deleted: %v, %+v", err, b.function().Triggers)
	}
	if b.server.DeleteTrigger("default", "demo", made.ID) == nil ||
		b.server.DeleteTrigger("default", "other", "x") == nil {
		t.Error("a trigger that is not there was deleted")
	}
}
