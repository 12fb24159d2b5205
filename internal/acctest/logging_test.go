// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// logLife is a function whose logs are looked at.
type logLife struct {
	*core
	api    *emulator.Server
	code   string
	agency string
}

// logs runs a test of logs against an emulator with some switches changed.
func logs(t *testing.T, change func(*emulator.Switches), run func(l *logLife)) {
	t.Helper()
	var options emulator.Options
	if acctest.SecondWorld() {
		options.Switches = acctest.Switches()
	}
	change(&options.Switches)
	code := acctest.NewDir(t).Code("code.zip", "code")
	synctest.Test(t, func(t *testing.T) {
		w := &wire{api: emulator.New(options)}
		run(&logLife{newCore(t, newServer(t, w), functionType), w.api, code, ""})
	})
}

// applies applies a log and a description, and demands that the next plan is empty and that logs go to the stream; ""
// for nowhere. It returns the calls after the refresh.
func (l *logLife) applies(log any, description, stream string) (calls []string) {
	l.t.Helper()
	config := values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": values{"zip_file": l.code}, "log": log, "description": description,
		"agency": l.agency,
	}
	if d := l.refresh(l.t.Context()); d.failed() {
		l.t.Fatal(d)
	}
	l.api.ResetRequests()
	if d := l.applyRefreshed(l.t.Context(), config); d.failed() {
		l.t.Fatal(d)
	}
	for _, r := range l.api.Requests() {
		if r.Op != "ListAliases" { // asked for a warning
			calls = append(calls, r.Op)
		}
	}
	if err := l.empty(l.t.Context(), config); err != nil {
		l.t.Error(err)
	}
	if got := l.stream(); got != stream {
		l.t.Errorf("logs go to %q, want %q", got, stream)
	}
	return calls
}

// stream is where logs go.
func (l *logLife) stream() string {
	f, _ := l.api.Function("default", "orders")
	if !f.EnableLTSLog || f.LogConfig == nil {
		return ""
	}
	return f.LogConfig.StreamID
}

func (l *logLife) edit(change func(*emulator.Function)) {
	l.t.Helper()
	if err := l.api.Edit("default", "orders", change); err != nil {
		l.t.Fatal(err)
	}
}

// names are those of group and stream in the state.
func (l *logLife) names() string {
	var group, stream string
	log := attributesOf(attributesOf(l.state)["log"])
	for name, into := range map[string]*string{"group_name": &group, "stream_name": &stream} {
		if v, ok := log[name]; ok && !v.IsNull() && v.Type().Is(tftypes.String) && v.As(into) != nil {
			l.t.Errorf("log.%s is no text", name)
		}
	}
	return group + "/" + stream
}

// TestLogNames: names that are not configured are read back, and only when group or stream are others.
func TestLogNames(t *testing.T) {
	t.Parallel()
	logs(t, func(s *emulator.Switches) { s.RequireLogNames = false }, func(l *logLife) {
		known := func(stream string) { // LTS knows the names
			l.api.Inject(emulator.Fault{Op: "LogDetail", Before: func() {
				l.edit(func(f *emulator.Function) { f.LogConfig.GroupName, f.LogConfig.StreamName = "group", stream })
			}})
		}
		place := func(stream string) values { return values{"group_id": "g-1", "stream_id": stream} }
		known("first")
		if calls := l.applies(place("s-1"), "", "s-1"); !slices.Contains(calls, "LogDetail") || l.names() != "group/first" {
			t.Errorf("names %s after %v", l.names(), calls)
		}
		known("second")
		calls := l.applies(place("s-2"), "", "s-2")
		if want := []string{"UpdateConfig", "GetConfig", "LogDetail"}; !slices.Equal(calls, want) ||
			l.names() != "group/second" {
			t.Errorf("names %s after %v", l.names(), calls)
		}
		// Known names are sent, and not asked for again.
		if calls := l.applies(place("s-2"), "new", "s-2"); !slices.Equal(calls, []string{"UpdateConfig", "GetConfig"}) {
			t.Errorf("a change of the description made the calls %v", calls)
		}
	})
}

// TestLogUnread: where the names cannot be read they stay open, and nothing fails.
func TestLogUnread(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]emulator.Fault{
		"forbidden": {Status: 403, Code: "FSS.0403"}, "not offered": {Status: 404, Code: "APIGW.0101"},
		"not found": {Status: 404, Code: "FSS.0404"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			logs(t, func(s *emulator.Switches) { s.RequireLogNames = false }, func(l *logLife) {
				fault.Op, fault.Kind, fault.Times = "LogDetail", emulator.Answer, -1
				l.api.Inject(fault)
				place := values{"group_id": "g-1", "stream_id": "s-1"}
				l.applies(place, "", "s-1")
				l.applies(place, "new", "s-1")
				if l.names() != "/" {
					t.Errorf("names %s", l.names())
				}
				l.api.ClearFaults()
				l.applies(place, "new", "s-1")
			})
		})
	}
}

// TestLogByItself: logs that a region turns on by itself for a new function are no change by somebody. They stay, also
// through a change of settings and where the agency goes, until log is configured; then log decides.
func TestLogByItself(t *testing.T) {
	t.Parallel()
	logs(t, func(s *emulator.Switches) { s.DefaultLogging = true }, func(l *logLife) {
		place := values{"group_id": "g-1", "group_name": "g", "stream_id": "s-1", "stream_name": "s"}
		l.api.Inject(emulator.Fault{Op: "GetConfig", Before: func() {
			l.edit(func(f *emulator.Function) { f.LogConfig.StreamID = "own" })
		}})
		l.agency = "agency-1"
		l.applies(nil, "", "own")
		calls := l.applies(nil, "new", "own")
		if want := []string{"UpdateConfig", "GetConfig"}; !slices.Equal(calls, want) {
			t.Errorf("a change of the description made the calls %v", calls)
		}
		l.agency = ""
		calls = l.applies(nil, "new", "own")
		if want := []string{"LogDetail", "UpdateConfig", "GetConfig"}; !slices.Equal(calls, want) {
			t.Errorf("without the agency the calls were %v", calls)
		}
		l.edit(func(f *emulator.Function) { // somebody moved them
			f.LogConfig = &emulator.LogConfig{GroupName: "g", GroupID: "g-9", StreamName: "s", StreamID: "s-9"}
		})
		l.applies(nil, "new", "")
		l.agency = "agency-1"
		l.applies(place, "new", "s-1")
		l.agency = ""
		l.applies(place, "new", "s-1")
		l.applies(nil, "new", "")
	})
}

// TestLogByItselfUnread: where the agency goes, such logs are kept only when group and stream can be read. Where that
// is refused they go with the agency, with a warning; any other failure stops before the write.
func TestLogByItselfUnread(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		fault emulator.Fault
		stops bool
	}{
		"forbidden":   {emulator.Fault{Status: 403, Code: "FSS.0403"}, false},
		"not offered": {emulator.Fault{Status: 404, Code: "APIGW.0101"}, false},
		"refused":     {emulator.Fault{Status: 400, Code: "FSS.1001"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			logs(t, func(s *emulator.Switches) { s.DefaultLogging = true }, func(l *logLife) {
				config := values{
					"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
					"code": values{"zip_file": l.code}, "agency": "agency-1",
				}
				if d := l.apply(l.t.Context(), config); d.failed() {
					l.t.Fatal(d)
				}
				own := l.stream()
				test.fault.Op, test.fault.Kind = "LogDetail", emulator.Answer
				l.api.Inject(test.fault)
				d := l.apply(l.t.Context(), config.with(values{"agency": nil}))
				if d.failed() != test.stops || !test.stops && !d.has("Logging Goes With the Agency") {
					l.t.Error(d)
				}
				if n := l.api.Count("UpdateConfig"); (n == 0) != test.stops || (l.stream() == own) != test.stops {
					l.t.Errorf("%d writes; logs go to %q, they went to %q", n, l.stream(), own)
				}
				if err := l.empty(l.t.Context(),
					config.with(values{"agency": map[bool]any{true: "agency-1", false: nil}[test.stops]})); err != nil {
					l.t.Error(err)
				}
			})
		})
	}
}

// TestLogNamesWanted: a region that wants the names of group and stream with every write of logs. Where nobody knows
// them, logs that stay where they are stay out of the write; a new place needs them, and the error says so.
func TestLogNamesWanted(t *testing.T) {
	t.Parallel()
	logs(t, func(s *emulator.Switches) { s.RequireLogNames = true }, func(l *logLife) {
		l.api.Inject(emulator.Fault{Op: "LogDetail", Status: 403, Code: "FSS.0403", Times: -1})
		place := values{"group_id": "g-1", "stream_id": "s-1", "custom_tags": map[string]string{"a": "1"}}
		l.applies(place, "", "s-1")
		l.applies(place, "new", "s-1")
		tagged := place.with(values{"custom_tags": map[string]string{"b": "2"}})
		l.applies(tagged, "new", "s-1")
		if f, _ := l.api.Function("default", "orders"); len(f.LTSCustomTag) != 1 || f.LTSCustomTag["b"] != "2" {
			t.Errorf("the tags are %v", f.LTSCustomTag)
		}
		config := values{
			"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
			"code": values{"zip_file": l.code}, "description": "new", "log": tagged.with(values{"stream_id": "s-2"}),
		}
		if d := l.apply(l.t.Context(), config); !d.failed() || !d.has("give group_name and stream_name") ||
			l.stream() != "s-1" {
			t.Errorf("logs go to %s: %s", l.stream(), d)
		}
	})
}
