// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestTriggerGone: a deletion ends when the trigger does not show any more. One that still shows after half a minute,
// or that cannot be read, is an error that says so, and the next deletion ends it.
func TestTriggerGone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		delay time.Duration // for which reads show it
		fault emulator.Fault
		want  string // of the error; "" for none
		takes time.Duration
	}{
		"at once":    {0, emulator.Fault{}, "", 0},
		"later":      {20 * time.Second, emulator.Fault{}, "", 20 * time.Second},
		"much later": {40 * time.Second, emulator.Fault{}, "it still shows", 30 * time.Second},
		"not read":   {0, emulator.Fault{Op: "GetTrigger", Status: 403, Code: "FSS.0403"}, "could not be read", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := newAPI(func(s *emulator.Switches) { s.TriggerDelay = test.delay })
				api.Put(emulator.Function{Name: "orders"})
				c := newCore(t, newServer(t, &wire{api: api}), triggerType)
				if err := api.PutTrigger("default", "orders", emulator.Trigger{ID: "t-1", Type: "TIMER",
					EventData: map[string]any{"name": "nightly", "schedule_type": "Rate", "schedule": "1d"}}); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Minute)
				if d := c.importID(t.Context(), functionURN+"/TIMER/t-1"); d.failed() {
					t.Fatal(d)
				}
				if test.fault.Op != "" {
					api.Inject(test.fault)
				}
				began := time.Now()
				d := c.destroy(t.Context())
				if took := time.Since(began); d.failed() != (test.want != "") || !d.has(test.want) || took < test.takes ||
					took > test.takes+2*time.Second {
					t.Errorf("want the error %q after %v, got after %v: %s", test.want, test.takes, took, d)
				}
				if !d.failed() {
					return
				}
				time.Sleep(time.Minute)
				if d := c.destroy(t.Context()); d.failed() || !c.state.IsNull() {
					t.Errorf("the next one: %s", d)
				}
			})
		})
	}
}
