// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// later is a bench whose clock is moved by hand.
type later struct {
	*bench
	seconds atomic.Int64 // since noon
}

// noon is when it begins, and how the lists write that (contract 1.9).
var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func newLater(t *testing.T) *later {
	t.Helper()
	l := &later{}
	l.bench = newBench(t, emulator.Options{Now: func() time.Time {
		return noon.Add(time.Duration(l.seconds.Load()) * time.Second)
	}})
	l.create(object{})
	l.publish("v1")
	if err := l.server.PutAlias("default", "demo", "prod", "v1", nil); err != nil {
		t.Fatal(err)
	}
	return l
}

// call makes a call and returns its id.
func (l *later) call(path string) string {
	l.t.Helper()
	got := l.invoke(path+"/invocations-async", `{"a":1}`)
	if got.status != 202 || got.text("request_id") == "" {
		l.t.Fatalf("%s: %d %s", path, got.status, got.raw)
	}
	return got.text("request_id")
}

// log turns the status log on for the latest code.
func (l *later) log() {
	l.t.Helper()
	l.want(200, "", "POST", functions+"/enable-async-status-logs", nil)
	l.want(200, "", "PUT", demo+"/async-invoke-config", object{"enable_async_status_log": true})
}

// calls are the rows of a list, each as one text, and its count and next_marker.
func (l *later) calls(list string) (ids, rows []string, count, next any) {
	l.t.Helper()
	got := l.want(200, "", "GET", list, nil)
	all, _ := got.body["invocations"].([]any)
	for _, row := range all {
		r, _ := row.(object)
		ids = append(ids, fmt.Sprint(r["request_id"]))
		rows = append(rows, fmt.Sprint(r["status"], " ", r["error_code"], " ", r["error_message"], " ", r["start_time"], " ",
			r["end_time"]))
	}
	return ids, rows, got.body["count"], got.body["next_marker"]
}

const (
	asyncList  = demo + "/async-invocations"
	activeList = demo + "/active-async-invocations"
)

// TestAsyncCalls: what became of a call (contract 3.19, 3.25), in UTC, whatever the region's clock shows.
func TestAsyncCalls(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reply emulator.Reply
		want  string
	}{
		"success":          {emulator.Reply{}, "SUCCESS 0  2026-03-04T12:00:00 2026-03-04T12:00:00"},
		"failure":          {emulator.Reply{Status: 500, Result: "no table"}, "FAIL 500 no table 2026-03-04T12:00:00 2026-03-04T12:00:00"},
		"failure, by code": {emulator.Reply{ErrorCode: "1001", Result: "no"}, "FAIL 1001 no 2026-03-04T12:00:00 2026-03-04T12:00:00"},
		"an odd code":      {emulator.Reply{ErrorCode: "E7", Result: "no"}, "FAIL 200 no 2026-03-04T12:00:00 2026-03-04T12:00:00"},
		"long, running":    {emulator.Reply{Status: 500, Seconds: 90}, "RUNNING 0  2026-03-04T12:00:00 <nil>"},
		"long, over":       {emulator.Reply{Status: 500, Seconds: 60, Result: "no"}, "FAIL 500 no 2026-03-04T12:00:00 2026-03-04T12:01:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLater(t)
			l.log()
			l.server.PutReply("default", "demo", "", test.reply)
			id := l.call(demo)
			l.seconds.Store(60)
			l.server.PutReply("default", "demo", "", emulator.Reply{}) // of calls that come after it
			for _, list := range []string{asyncList + "?request_id=" + id, activeList + "?requests=x," + id} {
				ids, rows, count, next := l.calls(list)
				if fmt.Sprint(ids, rows, count, next) != fmt.Sprint([]string{id}, []string{test.want}, 1, 0) {
					t.Errorf("%s: %v %q, count %v, next_marker %v; want %q", list, ids, rows, count, next, test.want)
				}
			}
		})
	}
}

// TestAsyncCallsAI3: the list of the status log has only what was called while the log was on, for the project and for
// the version or alias; the other list needs no log.
func TestAsyncCallsAI3(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	logged := func(want ...string) {
		t.Helper()
		if ids, _, _, _ := l.calls(asyncList); fmt.Sprint(ids) != fmt.Sprint(want) {
			t.Errorf("in the log are %v, want %v", ids, want)
		}
	}
	l.want(200, "", "PUT", demo+"/async-invoke-config", object{"enable_async_status_log": true})
	first := l.call(demo) // the project has no log yet
	logged()
	l.want(200, "", "POST", functions+"/enable-async-status-logs", nil)
	second := l.call(demo)
	logged(second)
	l.want(200, "", "PUT", demo+"/async-invoke-config", object{"enable_async_status_log": false})
	third := l.call(demo)
	logged(second)
	if ids, _, _, _ := l.calls(activeList); fmt.Sprint(ids) != fmt.Sprint([]string{third, second, first}) {
		t.Errorf("without the log: %v", ids)
	}
	alias := l.call(demo + ":!prod")
	if ids, _, _, _ := l.calls(demo + ":!prod/active-async-invocations"); fmt.Sprint(ids) != fmt.Sprint([]string{alias}) {
		t.Errorf("of the alias: %v", ids)
	}
	logged(second) // the alias has no settings of its own
	if ids, _, _, _ := l.calls(demo + ":latest/active-async-invocations"); len(ids) != 3 {
		t.Errorf("7 fields mean latest: %v", ids)
	}
	if ids, _, _, _ := l.calls(demo + ":v1/active-async-invocations"); len(ids) != 0 {
		t.Errorf("of the version, which nobody called: %v", ids)
	}
	if err := l.server.Delete("default", "demo"); err != nil {
		t.Fatal(err)
	}
	l.create(object{})
	if ids, _, _, _ := l.calls(activeList); len(ids) != 0 {
		t.Errorf("another function of the same name has %v", ids)
	}
}

// TestAsyncCalls_filters: states, times (by default the last hour) and pages (contract 1.8), of both lists.
func TestAsyncCalls_filters(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	l.log()
	l.call(demo) // at 12:00
	l.seconds.Store(1800)
	l.server.PutReply("default", "demo", "", emulator.Reply{Status: 500})
	l.call(demo) // at 12:30, fails
	l.seconds.Store(3601)
	l.server.PutReply("default", "demo", "", emulator.Reply{Seconds: 10})
	l.call(demo) // at 13:00:01, runs
	for query, want := range map[string]string{
		"":                                      "RUNNING FAIL",
		"status=FAIL":                           "FAIL",
		"status=RUNNING":                        "RUNNING",
		"status=SUCCESS":                        "",
		"status=DISCARD":                        "",
		"limit=1":                               "RUNNING",
		"limit=1&marker=1":                      "FAIL",
		"marker=2":                              "",
		"marker=9&limit=500":                    "",
		"limit=0":                               "RUNNING FAIL",
		"request_id=&requests=":                 "RUNNING FAIL",
		"query_begin_time=2026-03-04T12:00:00":  "RUNNING FAIL SUCCESS",
		"query_begin_time=2026-03-04T12:00:01Z": "RUNNING FAIL",
		"query_begin_time=2026-03-04T12:00:00&query_end_time=2026-03-04T12:30:00": "FAIL SUCCESS",
		"query_begin_time=2026-03-04T12:00:00&query_end_time=2026-03-04T12:29:59": "SUCCESS",
		"query_begin_time=2026-03-04T12:00:00&status=SUCCESS":                     "SUCCESS",
	} {
		for _, list := range []string{asyncList, activeList} {
			_, rows, _, _ := l.calls(list + "?" + query)
			for i, row := range rows {
				rows[i], _, _ = strings.Cut(row, " ")
			}
			if got := strings.Join(rows, " "); got != want {
				t.Errorf("%s?%s: %s, want %s", list, query, got, want)
			}
		}
	}
	if _, _, count, next := l.calls(asyncList + "?limit=1"); count != 2.0 || next != 1.0 {
		t.Errorf("the first page: count %v, next_marker %v", count, next)
	}
	if _, _, count, next := l.calls(asyncList + "?limit=1&marker=1"); count != 2.0 || next != 0.0 {
		t.Errorf("the last page: count %v, next_marker %v", count, next)
	}
}

// TestAsyncCalls_refused: what the lists do not take, and whose they are not.
func TestAsyncCalls_refused(t *testing.T) {
	t.Parallel()
	l := newLater(t)
	for _, list := range []string{"/async-invocations", "/active-async-invocations"} {
		for _, query := range []string{
			"status=DONE", "status=fail", "marker=-1", "marker=x", "limit=-1", "query_begin_time=now",
			"query_end_time=2026-03-04",
		} {
			l.want(400, "FSS.0400", "GET", demo+list+"?"+query, nil)
		}
		l.want(404, "FSS.1051", "GET", functions+"/"+urnPrefix+"default:none"+list, nil)
		l.want(404, "FSS.1052", "GET", demo+":v9"+list, nil)
		l.want(404, "FSS.1053", "GET", demo+":!none"+list, nil)
	}
	ids := strings.Repeat("x,", 9) + "x"
	l.want(200, "", "GET", activeList+"?requests="+ids, nil)
	l.want(400, "FSS.0400", "GET", activeList+"?requests=x,"+ids, nil)
}
