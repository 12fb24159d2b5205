// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func configured(t *testing.T) (*acctest.Env, *acctest.Protocol) {
	t.Helper()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{
		Name: "orders", Versions: []emulator.Version{{Name: "v1"}}, Aliases: []emulator.Alias{{Name: "live", Version: "v1"}},
	})
	p := e.Protocol(t)
	if diags := p.Configure(map[string]any{}); diags.Failed() {
		t.Fatal(diags)
	}
	return e, p
}

// sent is the body of the last write.
func sent(t *testing.T, e *acctest.Env) (body map[string]any) {
	t.Helper()
	for _, r := range e.Emulator.Requests() {
		if r.Op == "SetAsyncSettings" {
			if err := json.Unmarshal(r.Body, &body); err != nil {
				t.Fatal(err)
			}
		}
	}
	return body
}

// TestUpdate_full: each write has all members, so that what a configuration leaves out is the default again, whatever a
// service does to what a request leaves out (Q50).
func TestUpdate_full(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	created, diags := p.Create(resourceType, with(attributes{
		"max_event_age": 60, "max_retry_attempts": 0, "enable_async_status_log": true,
		"on_success": attributes{"dis": attributes{"stream_name": "s"}},
		"on_failure": attributes{"smn": attributes{"topic_urn": "t"}},
	}))
	if diags.Failed() {
		t.Fatal(diags)
	}
	if got := sent(t, e); got["max_async_retry_attempts"] != 0.0 || got["max_async_event_age_in_seconds"] != 60.0 {
		t.Errorf("sent %v", got)
	}
	if _, diags = p.Update(resourceType, created.Imported, with(nil)); diags.Failed() {
		t.Fatal(diags)
	}
	got := sent(t, e)
	if to, ok := got["destination_config"].(map[string]any); !ok || len(to) > 0 || len(got) != 4 {
		t.Errorf("sent %v", got)
	}
	f, _ := e.Emulator.Function("default", "orders")
	if a := f.Async[0]; a.MaxAge != 3600 || a.Retries != 1 || a.OnFailure != nil || a.OnSuccess != nil || a.StatusLog {
		t.Errorf("the service has %+v", a)
	}
}

// TestQualifier: the settings of an alias are not those of its version, nor of the function.
func TestQualifier(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	for n, urn := range []string{aliasURN, functionURN + ":v1", functionURN} {
		if _, diags := p.Create(resourceType, attributes{"function_urn": urn, "max_event_age": 60 + n}); len(diags) > 0 {
			t.Fatalf("%s: %s", urn, diags)
		}
	}
	f, _ := e.Emulator.Function("default", "orders")
	got := map[string]int{}
	for _, a := range f.Async {
		got[a.Qualifier] = a.MaxAge
	}
	if len(got) != 3 || got["!live"] != 60 || got["v1"] != 61 || got["latest"] != 62 {
		t.Errorf("the service has %v", got)
	}
}

// TestPlan_statusLog: a log that the project does not write is a warning of the plan that turns it on; what cannot be
// read is none.
func TestPlan_statusLog(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	const warning = "Status Log Has No Effect"
	on := with(attributes{"enable_async_status_log": true})
	if got := p.PlanCreate(resourceType, on); got.Failed() || !got.Has(warning) {
		t.Errorf("off: %s", got)
	}
	if got := p.PlanCreate(resourceType, with(nil)); len(got) > 0 {
		t.Errorf("not asked for: %s", got)
	}
	e.Emulator.Inject(emulator.Fault{Op: "AsyncStatusLogDetail", Status: 404, Code: "APIGW.0101"})
	if got := p.PlanCreate(resourceType, on); len(got) > 0 {
		t.Errorf("no such call: %s", got)
	}
	enable(t, e)
	if got := p.PlanCreate(resourceType, on); len(got) > 0 {
		t.Errorf("on: %s", got)
	}
}

// enable turns the project's log on, as the console does.
func enable(t *testing.T, e *acctest.Env) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
		e.URL+"/v2/"+emulator.DefaultProjectID+"/fgs/functions/enable-async-status-logs", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Auth-Token", emulator.DefaultToken)
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp, err)
	}
	resp.Body.Close()
}

// TestImport_id: what names nothing says how it is named; 7 fields mean the latest code.
func TestImport_id(t *testing.T) {
	t.Parallel()
	e, p := configured(t)
	for _, id := range []string{"", "live", functionURN + "/live"} {
		if _, diags := p.Import(resourceType, id); !diags.Has("The import id gives no settings") {
			t.Errorf("%q: %s", id, diags)
		}
	}
	if _, diags := p.Import(resourceType, aliasURN); !diags.Has("non-existent") {
		t.Errorf("there are none: %s", diags)
	}
	if err := e.Emulator.PutAsyncSettings("default", "orders", emulator.AsyncSettings{Qualifier: "latest", MaxAge: 7,
		OnFailure: &emulator.AsyncDestination{Destination: "SMN", Param: `{"topic_urn":"t"}`}}); err != nil {
		t.Fatal(err)
	}
	imported, diags := p.Import(resourceType, functionURN)
	id, urn := p.Text(imported, "id"), p.Text(imported, "function_urn")
	if diags.Failed() || id != functionURN+":latest" || urn != functionURN {
		t.Errorf("%s: id %s, function_urn %s", diags, id, urn)
	}
}
