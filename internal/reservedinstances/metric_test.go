// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// metrics are policies of the alias, as others may set them: no rule is applied.
func metrics(t *testing.T, e *acctest.Env, policies ...emulator.MetricPolicy) {
	t.Helper()
	err := e.Emulator.PutReservation("default", "orders",
		emulator.Reservation{Qualifier: "!live", MinCount: 2, Metric: policies})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOtherMetric: a policy of another type than the usual one that somebody has set is drift: the plan shows it, and
// the apply takes it away; nothing of it is lost without a word.
func TestOtherMetric(t *testing.T) {
	t.Parallel()
	own := emulator.MetricPolicy{Name: "busy", Type: "Concurrency", Threshold: 80, Min: 3}
	changed, added := own, own
	changed.Type, added.Type, added.Name = "CPU", "CPU", "theirs"
	for name, there := range map[string][]emulator.MetricPolicy{"changed": {changed}, "added": {own, added}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			p := configured(t, e)
			made, diags := p.Create(resourceType, busy(nil))
			if diags.Failed() {
				t.Fatal(diags)
			}
			metrics(t, e, there...)
			read, _, diags := p.Refresh(resourceType, made.Imported)
			if changes, more := p.Changes(resourceType, read, busy(nil)); !slices.Equal(changes, []string{"utilization"}) {
				t.Errorf("the plan changes %v: %s%s", changes, diags, more)
			}
			if state := p.Values(read)["utilization"]; !strings.Contains(fmt.Sprint(state), "CPU") {
				t.Errorf("the state does not show whose policy it is: %v", state)
			}
			repaired, diags := p.Update(resourceType, made.Imported, busy(nil))
			f, _ := e.Emulator.Function("default", "orders")
			if diags.Failed() || !slices.Equal(f.Reservations[0].Metric, []emulator.MetricPolicy{own}) {
				t.Errorf("after the apply: %+v, %s", f.Reservations[0].Metric, diags)
			}
			if changes, _ := p.Changes(resourceType, repaired.Imported, busy(nil)); len(changes) > 0 {
				t.Errorf("the next plan changes %v", changes)
			}
		})
	}
}

// TestOtherMetric_kept: a policy of another type that is configured as it is, after an import for example, is sent so
// with every change; a warning tells that the type is not known.
func TestOtherMetric_kept(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	p := configured(t, e)
	theirs := []emulator.MetricPolicy{{Name: "busy", Type: "CPU", Threshold: 80, Min: 3}}
	metrics(t, e, theirs...)
	imported, diags := p.Import(resourceType, aliasURN)
	if diags.Failed() {
		t.Fatal(diags)
	}
	as := busy(attributes{"type": "CPU"})
	if got := p.Validate(resourceType, as); got.Failed() || !got.Has("Unknown Type of a Policy") {
		t.Errorf("validate: %s", got)
	}
	if changes, _ := p.Changes(resourceType, imported, as); len(changes) > 0 {
		t.Errorf("a plan changes %v", changes)
	}
	// The documents know no such type, and neither does the emulator: it has what is asked for, and is not asked.
	three := emulator.Reservation{Qualifier: "!live", MinCount: 3, Metric: theirs}
	if err := e.Emulator.PutReservation("default", "orders", three); err != nil {
		t.Fatal(err)
	}
	e.Emulator.Inject(emulator.Fault{Op: "SetReservedInstances", Status: 200, RawBody: []byte(`{"count":3}`)})
	updated, diags := p.Unrefreshed(resourceType, imported, plus(as, attributes{"min_count": 3}))
	if diags.Failed() || p.Text(updated.Imported, "min_count") != "3" {
		t.Errorf("an update: %s", diags)
	}
	sent := e.Emulator.Requests("SetReservedInstances")
	const policy = `{"name":"busy","type":"CPU","threshold":80,"min":3}`
	if len(sent) != 1 || !strings.Contains(string(sent[0].Body), policy) {
		t.Errorf("sent %v", sent)
	}
}

// TestOtherMetric_spelling: the usual type, an empty text and none are the same, and no change.
func TestOtherMetric_spelling(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	p := configured(t, e)
	made, diags := p.Create(resourceType, busy(nil))
	if diags.Failed() {
		t.Fatal(diags)
	}
	for _, kind := range []any{"Concurrency", "", nil} {
		made, diags = p.Update(resourceType, made.Imported, busy(attributes{"type": kind}))
		read, _, _ := p.Refresh(resourceType, made.Imported)
		changes, more := p.Changes(resourceType, read, busy(attributes{"type": kind}))
		if diags.Failed() || more.Failed() || len(changes) > 0 {
			t.Errorf("%q: the next plan changes %v: %s%s", kind, changes, diags, more)
		}
	}
	if n := e.Emulator.Count("SetReservedInstances"); n != 1 {
		t.Errorf("%d calls were made", n)
	}
	e.Emulator.ResetRequests()
	metrics(t, e, emulator.MetricPolicy{Name: "busy", Type: "CPU", Threshold: 80, Min: 3})
	p = configured(t, e)
	_, diags = p.Create(resourceType, busy(nil))
	if !diags.Has("They have other policies of utilization: busy (of the type CPU).") ||
		e.Emulator.Count("SetReservedInstances") > 0 {
		t.Errorf("over those of others: %s", diags)
	}
}

// TestOtherMetric_data: the data source tells the type of each policy, the usual one too.
func TestOtherMetric_data(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	metrics(t, e, emulator.MetricPolicy{Name: "busy", Type: "Concurrency", Threshold: 80, Min: 3},
		emulator.MetricPolicy{Name: "theirs", Type: "CPU", Threshold: 50, Min: 4})
	got, diags := configured(t, e).Data(resourceType, attributes{"name": "orders"})
	const want = "map[busy:map[min:3 threshold:80 type:Concurrency] theirs:map[min:4 threshold:50 type:CPU]]"
	if text := fmt.Sprint(got["reserved_instances"]); diags.Failed() || !strings.Contains(text, want) {
		t.Errorf("got %s, want %s: %s", text, want, diags)
	}
}
