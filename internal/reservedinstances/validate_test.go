// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	resourceType = "fgs_reserved_instances"
	functionURN  = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	aliasURN     = functionURN + ":!live"
)

type attributes = map[string]any

func plus(config, more attributes) attributes {
	out := maps.Clone(config)
	maps.Copy(out, more)
	return out
}

// with is a valid configuration, with some of its attributes changed.
func with(change attributes) attributes {
	return plus(attributes{"function_urn": aliasURN, "min_count": 2}, change)
}

// office is a configuration with a schedule, of which some members are changed.
func office(change attributes) attributes {
	return with(attributes{"schedules": attributes{"office": plus(attributes{
		"cron": "0 0 6 * * MON-FRI", "count": 5, "start_time": "2099-01-01T00:00:00Z", "end_time": "2099-02-01T00:00:00Z",
	}, change)}})
}

// busy is one with a policy of utilization.
func busy(change attributes) attributes {
	return with(attributes{"utilization": attributes{"busy": plus(attributes{"threshold": 80, "min": 3}, change)}})
}

func newEnv(t testing.TB) *acctest.Env {
	t.Helper()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{
		Name: "orders", Versions: []emulator.Version{{Name: "v1"}}, Aliases: []emulator.Alias{{Name: "live", Version: "v1"}},
	})
	return e
}

func configured(t *testing.T, e *acctest.Env) *acctest.Protocol {
	t.Helper()
	p := e.Protocol(t)
	if diags := p.Configure(map[string]any{}); diags.Failed() {
		t.Fatal(diags)
	}
	return p
}

// TestValidate: what is wrong is said with its path before anything is asked; the nearest value that is fine passes,
// and so does one that is not known yet.
func TestValidate(t *testing.T) {
	t.Parallel()
	const (
		value, match, length = "Invalid Attribute Value", "Invalid Attribute Value Match", "Invalid Attribute Value Length"
		below, moment, plan  = "Policy Below min_count", "Invalid Time", "Invalid Schedule"
	)
	named := func(name string) attributes {
		return with(attributes{"utilization": attributes{name: attributes{"threshold": 80, "min": 3}}})
	}
	zero := attributes{"min_count": 0}
	for name, test := range map[string]struct {
		path, summary string
		bad, good     attributes
	}{
		"no URN":           {"function_urn", "Invalid Function URN", with(attributes{"function_urn": "orders"}), with(attributes{"function_urn": functionURN})},
		"count":            {"min_count", value, with(attributes{"min_count": 1001}), with(attributes{"min_count": 1000})},
		"negative":         {"min_count", value, with(attributes{"min_count": -1}), with(attributes{"min_count": acctest.Unknown})},
		"nothing":          {"min_count", "Nothing to Keep Ready", with(zero), plus(busy(nil), zero)},
		"nothing, empty":   {"min_count", "Nothing to Keep Ready", plus(with(zero), attributes{"schedules": attributes{}}), plus(with(zero), attributes{"schedules": acctest.Unknown})},
		"long name":        {`utilization["` + strings.Repeat("a", 61) + `"]`, length, named(strings.Repeat("a", 61)), named(strings.Repeat("a", 60))},
		"name":             {`utilization["1a"]`, match, named("1a"), named("a1")},
		"cron":             {`schedules["office"].cron`, plan, office(attributes{"cron": "0 6 * *"}), office(attributes{"cron": "0 0 */10 * * *"})},
		"policy below":     {`schedules["office"].count`, below, office(attributes{"count": 1}), office(attributes{"count": 2})},
		"policy unknown":   {`schedules["office"].count`, value, office(attributes{"count": 1001}), office(attributes{"count": acctest.Unknown})},
		"time":             {`schedules["office"].start_time`, moment, office(attributes{"start_time": "2099-01-01"}), office(attributes{"start_time": "2099-01-01T00:00:00+08:00"})},
		"half a second":    {`schedules["office"].end_time`, moment, office(attributes{"end_time": "2099-02-01T00:00:00.5Z"}), office(attributes{"end_time": "2099-02-01T00:00:00.0Z"})},
		"end before start": {`schedules["office"].end_time`, "End Before Start", office(attributes{"end_time": "2099-01-01T08:00:00+08:00"}), office(attributes{"end_time": "2099-01-01T00:00:01Z"})},
		"end unknown":      {`schedules["office"].end_time`, moment, office(attributes{"end_time": ""}), office(attributes{"end_time": acctest.Unknown})},
		"threshold":        {`utilization["busy"].threshold`, value, busy(attributes{"threshold": 100}), busy(attributes{"threshold": 99})},
		"threshold of 0":   {`utilization["busy"].threshold`, value, busy(attributes{"threshold": 0}), busy(attributes{"threshold": 1})},
		"min below":        {`utilization["busy"].min`, below, busy(attributes{"min": 1}), busy(attributes{"min": 2})},
		"type":             {`utilization["busy"].type`, "Misspelt Type", busy(attributes{"type": "concurrency "}), busy(attributes{"type": "Concurrency"})},
		"type unknown":     {`utilization["busy"].type`, "Misspelt Type", busy(attributes{"type": "CONCURRENCY"}), busy(attributes{"type": acctest.Unknown})},
		"null policy":      {"schedules", "Null Map Value", with(attributes{"schedules": attributes{"office": nil}}), with(attributes{"schedules": nil})},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			got := p.Validate(resourceType, test.bad)
			if len(got) == 0 || got[0].Severity != "ERROR" || got[0].Path != test.path ||
				!strings.HasPrefix(got[0].Summary, test.summary) {
				t.Errorf("got %s\nwant an error at %q: %s", got, test.path, test.summary)
			}
			if got := p.Validate(resourceType, test.good); len(got) > 0 {
				t.Errorf("the nearest one that is right: %s", got)
			}
			if n := len(e.Emulator.Requests()); n > 0 {
				t.Errorf("%d requests were made", n)
			}
		})
	}
}

// TestValidate_ended: a schedule that has ended is a warning: time passes.
func TestValidate_ended(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t)
	got := p.Validate(resourceType, office(attributes{
		"start_time": "2020-01-01T00:00:00Z", "end_time": "2020-02-01T00:00:00Z",
	}))
	if len(got) != 1 || got[0].Severity != "WARNING" || got[0].Summary != "Schedule Has Ended" ||
		got[0].Path != `schedules["office"].end_time` {
		t.Errorf("got %s", got)
	}
}

// TestPlan_version: whoever reserves for a published version is told of the alias.
func TestPlan_version(t *testing.T) {
	t.Parallel()
	p := configured(t, newEnv(t))
	for urn, warns := range map[any]bool{
		functionURN + ":v1": true, aliasURN: false, functionURN: false, functionURN + ":latest": false,
		acctest.Unknown: false,
	} {
		got := p.PlanCreate(resourceType, with(attributes{"function_urn": urn}))
		if got.Failed() || got.Has("each release takes them away") != warns {
			t.Errorf("%s: %s", urn, got)
		}
	}
}
