// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestTurn: writes on one function wait for one another. The time of a resource begins when its turn comes, and who
// waits for it can be interrupted at once.
func TestTurn(t *testing.T) {
	for name, v := range map[string]struct {
		interrupt time.Duration // after which the waiting one is interrupted; 0 for never
		least     time.Duration
		failed    bool
	}{
		"longer than its timeout": {0, time.Minute, false}, "interrupted": {5 * time.Second, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &wire{api: newAPI()}
				server := newServer(t, w)
				small := values{
					"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
					"code": values{"inline": "pass"},
				}
				function, alias := newCore(t, server, functionType), newCore(t, server, aliasType)
				if d := function.apply(t.Context(), small); d.failed() {
					t.Fatal(d)
				}
				time.Sleep(time.Minute)
				w.api.Inject(emulator.Fault{Op: "UpdateConfig", Delay: time.Minute})
				go func() {
					if d := function.applyRefreshed(t.Context(), small.with(values{"timeout": 4})); d.failed() {
						t.Error(d)
					}
				}()
				time.Sleep(time.Second)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if v.interrupt > 0 {
					time.AfterFunc(v.interrupt, cancel)
				}
				began := time.Now()
				d := alias.apply(ctx, values{
					"function_urn": functionURN, "name": "prod", "version": "latest", "timeouts": values{"create": "10s"},
				})
				took := time.Since(began)
				if d.failed() != v.failed || took < v.least-2*time.Second || v.failed && took != v.interrupt {
					t.Errorf("after %v: %s", took, d)
				}
				if v.failed && (!d.has("cancel") || w.api.Count("CreateAlias") > 0) {
					t.Errorf("%d aliases were made: %s", w.api.Count("CreateAlias"), d)
				}
				time.Sleep(2 * time.Minute)
			})
		})
	}
}
