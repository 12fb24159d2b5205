// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestLogDetail(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	detail := func() string { return string(b.want(200, "", "GET", demo+"/lts-log-detail", nil).raw) }
	none := `{"group_name":"","group_id":"","stream_name":"","stream_id":""}` + "\n"
	if got := detail(); got != none {
		t.Fatalf("without logging: %s", got)
	}
	b.update(object{"enable_lts_log": true, "log_config": object{
		"group_name": "g", "group_id": "1", "stream_name": "s", "stream_id": "2"}})
	if got := detail(); got != `{"group_name":"g","group_id":"1","stream_name":"s","stream_id":"2"}`+"\n" {
		t.Fatalf("with logging: %s", got)
	}
	if got := b.config(); got.text("log_group_id") != "1" || got.text("log_stream_id") != "2" {
		t.Fatalf("config: %s %s", got.text("log_group_id"), got.text("log_stream_id"))
	}
	b.update(object{"enable_lts_log": false})
	if got := detail(); got != none {
		t.Fatalf("turned off: %s", got)
	}
	b.want(404, "FSS.1051", "GET", functions+"/"+urnPrefix+"default:x/lts-log-detail", nil)
}

// TestAgencyTakesLogsAlong: PUT config without an agency turns logging off, also when it sends tags; not one that turns
// it on, and not one of a function that has no agency (contract 4.3). Tags without logging are no error (contract 2.3).
func TestAgencyTakesLogsAlong(t *testing.T) {
	t.Parallel()
	place, tags := object{"group_id": "g", "stream_id": "s"}, object{"a": "b"}
	on := object{"enable_lts_log": true, "log_config": place, "lts_custom_tag": tags}
	for name, test := range map[string]struct {
		before, change object
		want           string
	}{
		"kept while it stays":      {object{"xrole": "x"}, object{"xrole": "x"}, "true g 1"},
		"kept with another":        {object{"xrole": "x"}, object{"xrole": "y", "lts_custom_tag": tags}, "true g 1"},
		"off when it goes":         {object{"xrole": "x"}, object{}, "false  0"},
		"off, with tags":           {object{"xrole": "x"}, object{"xrole": "", "lts_custom_tag": tags}, "false  0"},
		"on by the request itself": {object{"xrole": "x"}, on, "true g 1"},
		"kept without any":         {object{}, object{}, "true g 1"},
		"tags while off":           {object{"enable_lts_log": false, "log_config": nil, "lts_custom_tag": nil}, object{"lts_custom_tag": tags}, "false  0"},
	} {
		b := withDemo(t)
		b.update(changed(changed(object{}, on), test.before))
		got := b.update(test.change)
		f := b.function()
		if said := fmt.Sprint(f.EnableLTSLog, " ", got.text("log_group_id"), " ", len(f.LTSCustomTag)); said != test.want {
			t.Errorf("%s: %q, want %q", name, said, test.want)
		}
	}
}

func TestEnableLogsO11(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	b.want(200, "", "POST", functions+"/enable-lts-logs", nil)
	b.want(400, "FSS.1221", "POST", functions+"/enable-lts-logs", nil)
}

func TestAsyncStatusLogs(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	detail := func() object { return b.want(200, "", "GET", functions+"/async-status-log-detail", nil).body }
	if got := fmt.Sprint(detail()); got != "map[group_id: group_name: stream_id: stream_name:]" {
		t.Fatalf("before: %s", got)
	}
	b.want(200, "", "POST", functions+"/enable-async-status-logs", nil)
	first := detail()
	if len(first) != 4 {
		t.Fatalf("detail: %v", first)
	}
	for name, value := range first {
		if value == "" {
			t.Errorf("%s is empty", name)
		}
	}
	b.want(200, "", "POST", functions+"/enable-async-status-logs", nil)
	if again := detail(); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Errorf("enabled twice: %v, before %v", again, first)
	}
}

// TestCreateLogging: what a new function logs to (contract 2.3, 2.9). The service has one group of its own per project.
func TestCreateLogging(t *testing.T) {
	t.Parallel()
	bound := object{"group_id": "g", "stream_id": "s", "group_name": "gn", "stream_name": "sn"}
	for _, test := range []struct {
		name   string
		change object
		on     bool
		own    bool
	}{
		{"nothing", object{}, false, false},
		{"off", object{"enable_lts_log": false}, false, false},
		{"on", object{"enable_lts_log": true}, true, true},
		{"on_with_empty_log_config", object{"enable_lts_log": true, "log_config": object{"group_id": ""}}, true, true},
		{"on_with_log_config", object{"enable_lts_log": true, "log_config": bound}, true, false},
		{"log_config_alone", object{"log_config": bound}, true, false},
		{"empty_log_config_alone", object{"log_config": object{"group_id": ""}}, false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, emulator.Options{})
			b.create(test.change)
			got := b.want(200, "", "GET", demo+"/lts-log-detail", nil)
			if on := b.config().on("enable_lts_log"); on != test.on || (got.text("stream_id") != "") != test.on {
				t.Fatalf("enable_lts_log %v, detail %s", on, got.raw)
			}
			if own := got.text("group_name") == "functiongraph.log.group.1"; own != test.own {
				t.Fatalf("detail %s", got.raw)
			}
		})
	}
	b := newBench(t, emulator.Options{})
	a := b.create(object{"func_name": "a", "enable_lts_log": true})
	c := b.create(object{"func_name": "c", "enable_lts_log": true})
	if a.text("log_group_id") != c.text("log_group_id") || a.text("log_stream_id") == c.text("log_stream_id") {
		t.Errorf("two functions: %s %s and %s %s", a.text("log_group_id"), a.text("log_stream_id"),
			c.text("log_group_id"), c.text("log_stream_id"))
	}
}

// TestUpdateLogNames: with the switch each of the four is needed.
func TestUpdateLogNames(t *testing.T) {
	t.Parallel()
	b := withSwitches(t, emulator.Switches{RequireLogNames: true})
	update := func(missing string) object {
		config := object{"group_id": "g", "stream_id": "s", "group_name": "gn", "stream_name": "sn"}
		delete(config, missing)
		return updateBody(object{"enable_lts_log": true, "log_config": config})
	}
	for _, name := range []string{"group_id", "stream_id", "group_name", "stream_name"} {
		b.want(400, "FSS.0400", "PUT", demo+"/config", update(name))
	}
	b.want(200, "", "PUT", demo+"/config", update(""))
	b.create(object{"func_name": "new", "enable_lts_log": true, "log_config": object{"group_id": "g"}})
}
