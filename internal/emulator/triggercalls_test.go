// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// timer is a good TIMER trigger of that name.
func timer(name string) object {
	return triggerBody("TIMER", object{"name": name, "schedule_type": "Rate", "schedule": "3m"})
}

// make creates a trigger and returns its id.
func (b *bench) make(qualifier string, body object) string {
	b.t.Helper()
	return b.want(201, "", "POST", triggers+demoURN+qualifier, body).text("trigger_id")
}

// bound is withDemo with a version v1 and an alias prod on it.
func bound(t *testing.T) *bench {
	t.Helper()
	b := withNeighbours(t)
	b.publish("v1")
	b.want(200, "", "POST", demo+"/aliases", object{"name": "prod", "version": "v1"})
	return b
}

// names are the ids of a list of triggers, by the names that they were made with.
func (b *bench) listed(qualifier string) string {
	b.t.Helper()
	out := []string{}
	for _, part := range strings.Split(b.triggers(qualifier), `"name":"`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		out = append(out, name)
	}
	return strings.Join(out, " ")
}

// TestTriggers_qualifiers: a trigger belongs to exactly one of latest, a version and an alias; 7 fields and latest are
// the same (contract 3.21.1).
func TestTriggers_qualifiers(t *testing.T) {
	t.Parallel()
	b := bound(t)
	ids := map[string]string{}
	for _, qualifier := range []string{"", ":v1", ":!prod"} {
		ids[qualifier] = b.make(qualifier, timer("of"+strings.Trim(qualifier, ":!")))
	}
	for qualifier, want := range map[string]string{"": "of", ":latest": "of", ":v1": "ofv1", ":!prod": "ofprod"} {
		if got := b.listed(qualifier); got != want {
			t.Errorf("%s: %s", qualifier, got)
		}
	}
	b.want(200, "", "GET", triggers+demoURN+":latest/TIMER/"+ids[""], nil)
	b.want(200, "", "PUT", triggers+demoURN+":latest/TIMER/"+ids[""], object{"trigger_status": "DISABLED"})
	b.want(404, "FSS.1140", "GET", triggers+demoURN+":v1/TIMER/"+ids[""], nil) // Q31
	b.want(404, "FSS.1140", "DELETE", triggers+demoURN+"/TIMER/"+ids[":!prod"], nil)
	b.want(404, "FSS.1132", "GET", triggers+demoURN+"/SMN/"+ids[""], nil)
	for qualifier, refusal := range map[string]string{":v9": "FSS.1052", ":!nobody": "FSS.1053"} {
		b.want(404, refusal, "POST", triggers+demoURN+qualifier, timer("x"))
		b.want(404, refusal, "GET", triggers+demoURN+qualifier+"/TIMER/x", nil)
		b.want(404, refusal, "PUT", triggers+demoURN+qualifier+"/TIMER/x", object{"trigger_status": "ACTIVE"})
		b.want(404, refusal, "DELETE", triggers+demoURN+qualifier+"/TIMER/x", nil)
		b.want(404, refusal, "DELETE", triggers+demoURN+qualifier, nil)
	}
	b.want(204, "", "DELETE", triggers+demoURN+":!prod", nil) // call 4: its own
	if got := fmt.Sprint(b.listed("")+" "+b.listed(":v1"), len(b.function().Triggers)); got != "of ofv12" {
		t.Errorf("left: %s", got)
	}
	b.want(204, "", "DELETE", triggers+demoURN+":latest", nil) // call 4: all
	if left := b.function().Triggers; len(left) != 0 {
		t.Errorf("left: %+v", left)
	}
}

// TestTriggers_missingFunction is O14 and O15.
func TestTriggers_missingFunction(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	for _, call := range []struct {
		method, path string
		status       int
		code         string
		body         any
	}{
		{"POST", "", 404, "FSS.1051", timer("x")}, {"GET", "/TIMER/x", 500, "FSS.0500", nil},
		{"PUT", "/TIMER/x", 500, "FSS.0500", object{"trigger_status": "ACTIVE"}}, {"DELETE", "/TIMER/x", 401, "FSS.0401", nil},
		{"DELETE", "", 401, "FSS.0401", nil},
	} {
		b.want(call.status, call.code, call.method, triggers+demoURN+call.path, call.body)
	}
}

// TestUpdateTrigger: Q24 to Q26 at their defaults. Of DIS the four members of polling change, as an object or as a list
// of one; of all others nothing does.
func TestUpdateTrigger(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	b.create(object{"xrole": "agency"})
	path := triggers + demoURN + "/DIS/" + b.make("", triggerBody("DIS", triggerCases["DIS"].data))
	clock.now = clock.now.Add(time.Minute)
	for _, data := range []any{
		object{"polling_interval": 30, "polling_unit": "s", "stream_name": "other"},
		[]any{object{"polling_interval": 30, "polling_unit": "s", "is_serial": true}},
	} {
		got := b.want(200, "", "PUT", path, object{"event_data": data})
		want := changed(object{}, triggerCases["DIS"].data)
		want["polling_interval"], want["polling_unit"], want["is_serial"] = 30.0, "s", "true"
		if fmt.Sprint(got.body["event_data"]) != fmt.Sprint(want) ||
			got.text("last_updated_time") != "2026-01-02T11:05:05+08:00" ||
			got.text("created_time") != "2026-01-02T11:04:05+08:00" || got.text("trigger_status") != "ACTIVE" {
			t.Errorf("got %s", got.raw)
		}
	}
	for _, body := range []object{
		{}, {"trigger_status": ""}, {"trigger_status": "ON"}, {"event_data": object{"polling_unit": "m"}}, {"event_data": []any{}},
		{"event_data": []any{object{}, object{}}}, {"event_data": "x"}, {"event_data": []any{"x"}},
	} {
		b.want(400, "FSS.0400", "PUT", path, body)
	}
	timerPath := triggers + demoURN + "/TIMER/" + b.make("", timer("t"))
	got := b.want(200, "", "PUT", timerPath,
		object{"trigger_status": "DISABLED", "event_data": object{"schedule": "nonsense", "name": "u"}})
	if got.text("trigger_status") != "DISABLED" || got.body["event_data"].(object)["schedule"] != "3m" ||
		b.listed("") != "t" {
		t.Errorf("got %s", got.raw)
	}
}

// TestTriggerConflicts: what cannot be there twice, and with what it can.
func TestTriggerConflicts(t *testing.T) {
	t.Parallel()
	objects := triggerCases["OBS"].data
	for name, v := range map[string]struct {
		first, second object
		other         string // the qualifier of the second, or another function
		code          string // "": no conflict
	}{
		"O13":                      {timer("a"), timer("a"), "", "409 FSS.1148"},
		"O13, another name":        {timer("a"), timer("A"), "", ""},
		"O13, an alias":            {timer("a"), timer("a"), ":!prod", ""},
		"O13, another function":    {timer("a"), timer("a"), "other", ""},
		"gateway, name":            {triggerBody("APIG", apiData(nil)), triggerBody("APIG", apiData(object{"path": "/x"})), "other", "409 FSS.1146"},
		"gateway, path":            {triggerBody("APIG", apiData(nil)), triggerBody("APIG", apiData(object{"name": "x"})), ":v1", "409 FSS.1147"},
		"gateway, method":          {triggerBody("APIG", apiData(nil)), triggerBody("APIG", apiData(object{"name": "x", "req_method": "PUT"})), "", ""},
		"gateway, group":           {triggerBody("APIG", apiData(nil)), triggerBody("APIG", apiData(object{"group_id": "x"})), "", ""},
		"CTS":                      {triggerBody("CTS", triggerCases["CTS"].data), triggerBody("CTS", triggerCases["CTS"].data), "other", "400 FSS.1307"},
		"O23":                      {triggerBody("OBS", objects), triggerBody("OBS", changed(object{}, changed(object{"name": "x"}, withoutName(objects)))), "other", "403 FSS.1108"},
		"O23, a member of a set":   {triggerBody("OBS", objects), triggerBody("OBS", changed(withoutName(objects), object{"events": []any{"Put"}})), "", "403 FSS.1108"},
		"O23, the set of a member": {triggerBody("OBS", objects), triggerBody("OBS", changed(withoutName(objects), object{"events": []any{"ObjectRemoved"}})), "", "403 FSS.1108"},
		"O23, another event":       {triggerBody("OBS", objects), triggerBody("OBS", changed(withoutName(objects), object{"events": []any{"DeleteMarkerCreated"}})), "", ""},
		"O23, another prefix":      {triggerBody("OBS", objects), triggerBody("OBS", changed(withoutName(objects), object{"prefix": "in/x"})), "", ""},
		"O23, no suffix":           {triggerBody("OBS", objects), triggerBody("OBS", changed(withoutName(objects), object{"suffix": absent{}})), "", ""},
		"O23, another bucket":      {triggerBody("OBS", objects), triggerBody("OBS", changed(withoutName(objects), object{"bucket": "x"})), "", ""},
		"OBS, the same name":       {triggerBody("OBS", objects), triggerBody("OBS", changed(object{}, changed(object{}, objects))), "", "409 FSS.1145"},
		"SMN":                      {triggerBody("SMN", object{"topic_urn": "a"}), triggerBody("SMN", object{"topic_urn": "a"}), ":v1", "409 FSS.1141"},
		"SMN, another topic":       {triggerBody("SMN", object{"topic_urn": "a"}), triggerBody("SMN", object{"topic_urn": "b"}), "", ""},
		"SMN, another function":    {triggerBody("SMN", object{"topic_urn": "a"}), triggerBody("SMN", object{"topic_urn": "a"}), "other", ""},
		"KAFKA":                    {kafka("t"), kafka("u", "t"), "", "409 FSS.1150"},
		"KAFKA, another topic":     {kafka("t"), kafka("u"), "", ""},
		"KAFKA, an alias":          {kafka("t"), kafka("t"), ":!prod", ""},
		"LTS: nothing is unique":   {triggerBody("LTS", triggerCases["LTS"].data), triggerBody("LTS", triggerCases["LTS"].data), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := bound(t)
			b.create(object{"func_name": "other", "xrole": "agency", "func_vpc": object{"vpc_id": "v", "subnet_id": "s"}})
			b.make("", v.first)
			urn := demoURN + v.other
			if v.other == "other" {
				urn = urnPrefix + "default:other"
			}
			want := v.code
			if want == "" {
				want = "201"
			}
			if got := b.do("POST", triggers+urn, v.second); code(got) != want {
				t.Errorf("got %d %s, want %s", got.status, got.raw, want)
			}
		})
	}
}

func withoutName(data object) object {
	return changed(changed(object{}, data), object{"name": absent{}})
}

func kafka(topics ...any) object {
	return triggerBody("KAFKA", object{"instance_id": "i", "topic_ids": topics, "batch_size": 1})
}

// TestTriggerQuota: O19, of types together and for each version or alias, and the bound of CTS.
func TestTriggerQuota(t *testing.T) {
	t.Parallel()
	b := bound(t)
	for i := range 8 {
		b.make("", timer(fmt.Sprint("t", i)))
	}
	b.make("", kafka("a"))
	b.make("", triggerBody("DDS", databaseData()))
	b.want(400, "FSS.1306", "POST", triggers+demoURN, triggerBody("LTS", triggerCases["LTS"].data))
	b.make(":v1", triggerBody("LTS", triggerCases["LTS"].data))
	b.make("", triggerBody("SMN", object{"topic_urn": "a"}))
	for i := range 10 {
		b.make(":v1", triggerBody("CTS", object{"name": fmt.Sprint("n", i), "operations": operations(1)}))
	}
	b.want(400, "FSS.1306", "POST", triggers+demoURN,
		triggerBody("CTS", object{"name": "last", "operations": operations(1)}))
}

// TestTriggerSurroundings is O20 and O21.
func TestTriggerSurroundings(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.create(object{"func_name": "agent", "xrole": "agency"})
	for kind, want := range map[string][2]string{
		"KAFKA": {"400 FSS.1114", "400 FSS.1114"}, "DDS": {"400 FSS.0400", "400 FSS.0400"}, "GAUSSMONGO": {"400 FSS.0400", "400 FSS.0400"},
		"LTS": {"403 FSS.1121", "201"}, "DMS": {"403 FSS.1121", "201"}, "DIS": {"403 FSS.1121", "201"}, "TIMER": {"201", "201"},
	} {
		for i, urn := range []string{demoURN, urnPrefix + "default:agent"} {
			if got := code(b.do("POST", triggers+urn, triggerBody(kind, triggerCases[kind].data))); got != want[i] {
				t.Errorf("%s on %s: %s, want %s", kind, urn, got, want[i])
			}
		}
	}
}

// TestTriggersT4FollowTheAlias: its triggers stay, and a gateway shows the version that they call now.
func TestTriggersT4FollowTheAlias(t *testing.T) {
	t.Parallel()
	b := bound(t)
	b.deploy("new")
	b.publish("v2")
	path := triggers + demoURN + ":!prod/APIG/" + b.make(":!prod", triggerBody("APIG", apiData(nil)))
	version := func() string {
		info := b.want(200, "", "GET", path, nil).body["event_data"].(object)["func_info"].(object)
		return fmt.Sprint(info["function_urn"], " ", info["version"]) // Q37
	}
	before := version()
	b.want(200, "", "PUT", demo+"/aliases/prod", object{"version": "v2"})
	if got := before + ", " + version(); got != demoURN+" v1, "+demoURN+" v2" {
		t.Error(got)
	}
}

// TestTriggerDelay is O17: reads show late what was written, and at once what a test does behind everybody's back.
func TestTriggerDelay(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now, Switches: emulator.Switches{TriggerDelay: 3 * time.Second}})
	b.create(object{})
	path := triggers + demoURN + "/TIMER/" + b.make("", timer("t"))
	project := strings.TrimSuffix(triggers, "/")
	see := func() string {
		all := strings.Count(string(b.want(200, "", "GET", project, nil).raw), "trigger_id")
		return fmt.Sprint(code(b.do("GET", path, nil)), " ", b.do("GET", path, nil).text("trigger_status"), " ", b.listed(""),
			" ", all)
	}
	expect := func(what, want string) {
		t.Helper()
		if got := see(); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	expect("just made", "404 FSS.1140   0")
	clock.now = clock.now.Add(3 * time.Second)
	expect("made", "200 ACTIVE t 1")
	b.want(200, "", "PUT", path, object{"trigger_status": "DISABLED"})
	expect("just changed", "200 ACTIVE t 1")
	clock.now = clock.now.Add(3 * time.Second)
	expect("changed", "200 DISABLED t 1")
	b.want(204, "", "DELETE", path, nil)
	expect("just deleted", "200 DISABLED t 1")
	b.want(404, "FSS.1140", "DELETE", path, nil)
	clock.now = clock.now.Add(3 * time.Second)
	expect("deleted", "404 FSS.1140   0")

	path = triggers + demoURN + "/TIMER/" + b.make("", timer("u"))
	made := b.function().Triggers[0]
	made.Status = "DISABLED"
	if err := b.server.PutTrigger("default", "demo", made); err != nil {
		t.Fatal(err)
	}
	expect("put by a test", "200 DISABLED u 1")
	b.want(204, "", "DELETE", triggers+demoURN, nil)
	expect("all just deleted", "200 DISABLED u 1")
	if err := b.server.Edit("default", "demo", func(*emulator.Function) {}); err != nil {
		t.Fatal(err)
	}
	expect("edited by a test", "404 FSS.1140   0")
}
