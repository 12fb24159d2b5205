// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestFault_readShowsAnother: what cannot change at the service is not replaced because a read shows another value. It
// is an error that says what is odd, and keeps the state.
func TestFault_readShowsAnother(t *testing.T) {
	for name, v := range map[string]struct {
		scenario, member string
		other            any
	}{
		"runtime":                 {"refresh", "runtime", "Node.js18.15"},
		"type":                    {"refresh", "type", "v1"},
		"package":                 {"refresh", "package", "shop"},
		"name":                    {"refresh", "func_name", "bills"},
		"runtime of a version":    {"refresh version", "runtime", "Node.js18.15"},
		"function of a version":   {"refresh version", "func_name", "bills"},
		"version":                 {"refresh version", "version", "v9"},
		"name of an alias":        {"refresh alias", "name", "test"},
		"runtime, before a write": {"update", "runtime", "Node.js18.15"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, v.scenario, func(w *world) {
				w.wire.bend = func(_ int, r *http.Request, resp reply) {
					if r.Method == http.MethodGet {
						edited(func(answer map[string]any) {
							if _, ok := answer[v.member]; ok {
								answer[v.member] = v.other
							}
						})(resp)
					}
				}
				before := w.state
				diags := w.apply(w.t.Context(), w.s.config)
				speaksPlainly(w.t, diags)
				if !diags.failed() || !w.state.Equal(before) {
					w.t.Errorf("want an error and the state as it was, got %s of %q: %s", v.member, w.text(v.member), diags)
				}
				if text, ok := v.other.(string); ok && !strings.Contains(diags.String(), text) {
					w.t.Errorf("the error does not show %q: %s", text, diags)
				}
				if n := w.wire.api.Count("DeleteFunction", "DeleteVersion", "DeleteAlias", "CreateFunction"); n > 0 {
					w.t.Errorf("%d deletions and creations were sent", n)
				}
				w.mend()
				w.recover(diags)
			})
		})
	}
}

// TestFault_cancelIsNoNotFound: who cancels while the service says "not yet" hears of the cancel, not that there is
// nothing.
func TestFault_cancelIsNoNotFound(t *testing.T) {
	for _, name := range []string{"create", "import", "update", "publish", "create alias", "move alias"} {
		t.Run(name, func(t *testing.T) {
			bubble(t, name, func(w *world) {
				ctx, cancel := context.WithCancel(w.t.Context())
				defer cancel()
				wrote := false
				hidden := emulator.Fault{Status: 404, Code: "FSS.1051", Message: "Not found the function", Times: -1}
				w.wire.bend = func(_ int, r *http.Request, resp reply) {
					if r.Method == http.MethodGet || wrote || resp.StatusCode >= 300 {
						return
					}
					wrote = true
					for _, op := range []string{"GetConfig", "GetAlias"} {
						hidden.Op = op
						w.wire.api.Inject(hidden)
					}
					time.AfterFunc(3*time.Second, cancel)
				}
				diags := w.run(ctx)
				if len(diags) == 0 || !diags.has("cancel") {
					w.t.Errorf("nobody says that it was cancelled: %s", diags)
				}
				if diags.has("HTTP status: 404") || diags.has("there is no such function") {
					w.t.Errorf("the service is blamed for a cancel: %s", diags)
				}
				if w.there() && w.state.IsNull() {
					w.t.Errorf("orphaned: %s", diags)
				}
				w.mend()
				w.recover(diags)
			})
		})
	}
}
