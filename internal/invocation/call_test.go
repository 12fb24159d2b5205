// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package invocation_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	resourceType = "fgs_invocation"
	actionType   = "fgs_invoke"

	functionURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	versionURN  = functionURN + ":v1"

	calls, asyncCalls = "InvokeFunction", "InvokeFunctionAsync"
)

type attributes = map[string]any

// of is a configuration of a call of v1, with changes.
func of(changes attributes) attributes {
	out := attributes{"function_urn": versionURN}
	maps.Copy(out, changes)
	return out
}

// newEnv has the function orders, with a secret in its environment, the version v1 and the alias live.
func newEnv(t testing.TB, options ...acctest.Option) *acctest.Env {
	t.Helper()
	e := acctest.New(t, options...)
	e.Emulator.Put(emulator.Function{Name: "orders", Settings: emulator.Settings{
		Timeout: 30, UserData: `{"TOKEN":"t0ken-0f-the-function"}`,
	}})
	if err := e.Emulator.Publish("default", "orders", "v1", ""); err != nil {
		t.Fatal(err)
	}
	if err := e.Emulator.PutAlias("default", "orders", "live", "v1", nil); err != nil {
		t.Fatal(err)
	}
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

// outcome is a call that ends somehow.
type outcome struct {
	reply  emulator.Reply
	fault  emulator.Fault
	config attributes
	before func(*emulator.Server) error

	want  string   // the summary of the error; "" for none
	says  []string // what it says
	never []string // what it does not say
	calls int      // that were sent; 0 is one, -1 none
}

// outcomes are the ways in which a call can end. The same happens to a resource and to an action.
func outcomes() map[string]outcome {
	const failed, may, unable = "Function Failed", "Function May Have Run", "Unable to Call Function"
	broken := emulator.Reply{Status: 500, Result: `{"errorMessage":"no table"}`, Log: "the last line"}
	fault := func(status int, code string) emulator.Fault {
		return emulator.Fault{Op: calls, Status: status, Code: code, Message: "no",
			Header: http.Header{"Retry-After": {"0"}}}
	}
	disable := func(api *emulator.Server) error {
		return api.Edit("default", "orders", func(f *emulator.Function) { f.Concurrency = 0 })
	}
	disabledVersion := func(api *emulator.Server) error {
		return api.Edit("default", "orders", func(f *emulator.Function) { f.Versions[0].Concurrency = 0 })
	}
	return map[string]outcome{
		"success":           {},
		"by its alias":      {config: attributes{"function_urn": functionURN + ":!live"}},
		"its latest code":   {config: attributes{"function_urn": functionURN + ":latest"}},
		"asynchronous":      {config: attributes{"asynchronous": true}, reply: broken},
		"failure":           {reply: broken, want: failed, says: []string{versionURN, "no table", "Status: 500", "Error code: 500", "Request ID: ", "show_log = true"}, never: []string{"the last line"}},
		"failure, log":      {reply: broken, config: attributes{"show_log": true}, want: failed, says: []string{"The end of its log:\n\nthe last line"}},
		"failure, no log":   {reply: emulator.Reply{Status: 404, Result: "x"}, config: attributes{"show_log": true}, want: failed, says: []string{"log is empty"}},
		"failure, any":      {reply: broken, config: attributes{"expect": "any"}},
		"failure, by code":  {reply: emulator.Reply{Status: 200, ErrorCode: "7"}, want: failed, says: []string{"Status: 200", "Error code: 7"}},
		"long result":       {reply: emulator.Reply{Status: 500, Result: strings.Repeat("x", 9000)}, want: failed, says: []string{strings.Repeat("x", 2048) + "…"}, never: []string{strings.Repeat("x", 2049)}},
		"its secrets":       {reply: emulator.Reply{Status: 500, Result: "TOKEN=t0ken-0f-the-function s3cret-1nput-99 \x1b[2J", Log: "with s3cret-1nput-99"}, config: attributes{"input": `{"key":"s3cret-1nput-99"}`, "show_log": true}, want: failed, says: []string{"TOKEN=(hidden)", "log:\n\nwith (hidden)"}, never: []string{"t0ken", "s3cret", "\x1b"}},
		"lost answer":       {fault: emulator.Fault{Op: calls, Kind: emulator.DropAfter}, want: may, says: []string{versionURN, "it may have run"}},
		"cut answer":        {fault: emulator.Fault{Op: calls, Kind: emulator.TruncateAfter}, want: may},
		"lost request":      {fault: emulator.Fault{Op: calls, Kind: emulator.DropBefore}, want: may},
		"a proxy's page":    {fault: emulator.Fault{Op: calls, Kind: emulator.HTML}, want: may},
		"no status":         {fault: emulator.Fault{Op: calls, Status: 200, RawBody: []byte(`{"result":"x"}`)}, want: may},
		"the answer is odd": {fault: emulator.Fault{Op: calls, Status: 204}, want: may},
		"too slow":          {fault: emulator.Fault{Op: calls, Delay: time.Minute}, config: timeout("1s"), want: may, says: []string{"It was given 1s; the function may take 30 s", "timeouts"}},
		"unavailable":       {fault: fault(503, "FSS.0503"), want: may},
		"gateway timeout":   {fault: fault(504, "APIGW.0201"), want: may},
		"service timeout":   {fault: fault(408, "FSS.0408"), want: may},
		"senseless":         {fault: fault(500, "FSS.1202"), want: unable, says: []string{"ran, and gave an answer that is none"}},
		"throttled":         {fault: fault(429, "FSS.0429"), want: unable, says: []string{"it did not run", "FSS.0429"}},
		"refused":           {fault: fault(400, "FSS.0400"), want: unable, says: []string{"it did not run"}, never: []string{"disabled"}},
		"forbidden":         {fault: fault(403, "FSS.0403"), want: unable, never: []string{"is disabled"}},
		"disabled":          {before: disable, want: unable, says: []string{"it did not run", "is disabled: its max_instance_num is 0", "FSS.0403"}},
		"disabled version":  {before: disabledVersion, want: unable, says: []string{"is disabled: its max_instance_num is 0"}},
		"disabled, 500":     {before: disable, fault: fault(500, "FSS.0500"), want: may, says: []string{"is disabled"}},
		"gone":              {before: func(api *emulator.Server) error { return api.Delete("default", "orders") }, want: unable, says: []string{"It was not called", "FSS.1051"}, calls: -1},
		"no such version":   {config: attributes{"function_urn": functionURN + ":v9"}, want: unable, says: []string{"It was not called", "FSS.1052"}, calls: -1},
		"another region":    {config: attributes{"function_urn": strings.Replace(versionURN, "cn-north-4", "eu-west-101", 1)}, want: unable, says: []string{"eu-west-101"}, calls: -1},
	}
}

func timeout(within string) attributes { return attributes{"timeouts": within} }

// for the resource and for the action: the timeout has another name in each.
func (o outcome) configOf(timeoutName string) attributes {
	config := of(o.config)
	if within, ok := config["timeouts"]; ok {
		config["timeouts"] = attributes{timeoutName: within}
	}
	return config
}

func (o outcome) prepare(t *testing.T) *acctest.Env {
	t.Helper()
	e := newEnv(t)
	e.Emulator.PutReply("default", "orders", "", o.reply)
	if o.before != nil {
		if err := o.before(e.Emulator); err != nil {
			t.Fatal(err)
		}
	}
	if o.fault.Op != "" {
		e.Emulator.Inject(o.fault)
	}
	return e
}

func (o outcome) compare(t *testing.T, e *acctest.Env, diags acctest.Diagnostics) {
	t.Helper()
	if diags.Failed() != (o.want != "") || !diags.Has(o.want) {
		t.Errorf("want the error %q; got:%s", o.want, diags)
	}
	for _, text := range o.says {
		if !diags.Has(text) {
			t.Errorf("it does not say %q:%s", text, diags)
		}
	}
	for _, text := range o.never {
		if diags.Has(text) {
			t.Errorf("it says %q:%s", text, diags)
		}
	}
	want := max(0, o.calls)
	if o.calls == 0 {
		want = 1
	}
	e.Emulator.Release() // a request is counted when it was answered, or would be
	for try := 0; try < 100 && e.Emulator.Count(calls, asyncCalls) < want; try++ {
		time.Sleep(10 * time.Millisecond)
	}
	if got := e.Emulator.Count(calls, asyncCalls); got != want {
		t.Errorf("%d calls were sent, want %d", got, want)
	}
	if len(e.Emulator.PendingFaults()) > 0 {
		t.Error("the fault never happened")
	}
}

// TestOutcomes: whatever comes of a call, it is sent once, what went wrong is said, and only one that went well is in
// the state.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	for name, o := range outcomes() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := o.prepare(t)
			created, diags := configured(t, e).Create(resourceType, o.configOf("create"))
			o.compare(t, e, diags)
			if created.InState != (o.want == "") {
				t.Errorf("in the state: %t", created.InState)
			}
			if ran(o.want) && !diags.Has("Nothing that depends on the call is changed; the next apply calls again.") {
				t.Errorf("it does not say what follows:%s", diags)
			}
		})
		t.Run(name+", action", func(t *testing.T) {
			t.Parallel()
			e := o.prepare(t)
			progress, diags := configured(t, e).InvokeAction(actionType, o.configOf("invoke"))
			o.compare(t, e, diags)
			if said := strings.Join(progress, "\n"); strings.Contains(said, "request ID") != (o.want == "") ||
				!strings.HasPrefix(said, "Calling urn:") {
				t.Errorf("it told %s", said)
			}
			// What comes after an action is not held back by it, and nothing remembers that it has failed.
			if ran(o.want) && (diags.Has("depends on the call") || diags.Has("next apply calls again.") ||
				!diags.Has("before_update") || !diags.Has("only if something triggers it again")) {
				t.Errorf("it says what is true of a resource only:%s", diags)
			}
		})
	}
}

// ran says that an error is about a call that ran, or may have.
func ran(summary string) bool {
	return summary == "Function Failed" || summary == "Function May Have Run"
}

// TestNothingListens: a call that never left may be tried again, and did not run.
func TestNothingListens(t *testing.T) {
	t.Parallel()
	e := newEnv(t, acctest.WithVariable("FGS_MAX_RETRIES", "1"))
	p := configured(t, e)
	_, diags := p.Create(resourceType, of(nil))
	if diags.Failed() || e.Emulator.Count(calls) != 1 {
		t.Fatal(diags)
	}
	closed := newEnv(t, acctest.WithVariable("FGS_ENDPOINT", "http://127.0.0.1:1"))
	created, diags := configured(t, closed).Create(resourceType, of(nil))
	if !diags.Failed() || created.InState || diags.Has("May Have Run") || !diags.Has("not called") {
		t.Errorf("%s", diags)
	}
}

// TestState: what a call leaves in the state, and what it does not.
func TestState(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config attributes
		want   map[string]string
		sent   string
	}{
		"by default": {attributes{}, map[string]string{"status": "201", "result": ""}, "{}"},
		"kept":       {attributes{"keep_result": true, "input": `{"a": 1}`}, map[string]string{"status": "201", "result": "done"}, `{"a": 1}`},
		"secret": {
			attributes{"input_wo": `{"key":"s3cret"}`, "input_wo_version": "1"},
			map[string]string{"input_wo": "", "input": "", "input_wo_version": "1"}, `{"key":"s3cret"}`,
		},
		"asynchronous": {attributes{"asynchronous": true, "input": `{"a":1}`}, map[string]string{"status": "", "result": ""}, `{"a":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := newEnv(t)
			e.Emulator.PutReply("default", "orders", "", emulator.Reply{Status: 201, Result: "done", Log: "log"})
			p := configured(t, e)
			created, diags := p.Create(resourceType, of(c.config))
			if diags.Failed() {
				t.Fatal(diags)
			}
			for attribute, want := range c.want {
				if got := p.Text(created.Imported, attribute); got != want {
					t.Errorf("%s is %q, want %q", attribute, got, want)
				}
			}
			request := e.Emulator.Requests(calls, asyncCalls)[0]
			if id := p.Text(created.Imported, "request_id"); id == "" || p.Text(created.Imported, "id") != versionURN+"/"+id {
				t.Errorf("request_id %q, id %q", id, p.Text(created.Imported, "id"))
			}
			if string(request.Body) != c.sent || request.Header.Get("X-Cff-Log-Type") != "" {
				t.Errorf("sent: %s, %v", request.Body, request.Header)
			}
			e.Emulator.ResetRequests()
			again, diags := p.Update(resourceType, created.Imported, of(plusLog(c.config)))
			if diags.Failed() || p.Text(again.Imported, "id") != p.Text(created.Imported, "id") {
				t.Errorf("an update: %s", diags)
			}
			if diags := p.Destroy(resourceType, again.Imported); diags.Failed() || len(e.Emulator.Requests()) > 0 {
				t.Errorf("update and deletion made %d requests: %s", len(e.Emulator.Requests()), diags)
			}
		})
	}
}

// plusLog changes how the next call is made, which is none.
func plusLog(config attributes) attributes {
	out := maps.Clone(config)
	delete(out, "input_wo") // a plan that calls nothing does not need it
	if config["asynchronous"] != true {
		out["show_log"] = true
	}
	return out
}

// TestImport: there is nothing to import, and that is said.
func TestImport(t *testing.T) {
	t.Parallel()
	e := newEnv(t)
	defer func() {
		if n := len(e.Emulator.Requests()); n > 0 {
			t.Errorf("%d requests", n)
		}
	}()
	if _, diags := configured(t, e).Import(resourceType, versionURN+"/r-1"); !diags.Has("Cannot Be Imported") {
		t.Errorf("%s", diags)
	}
}

// TestJustPublished: a version that has not arrived everywhere is waited for by a read, and then called once.
func TestJustPublished(t *testing.T) {
	t.Parallel()
	e := newEnv(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
	if err := e.Emulator.SetCode("default", "orders", "inline", "index.py", []byte("print(2)")); err != nil {
		t.Fatal(err)
	}
	p := configured(t, e)
	version, diags := p.Create("fgs_function_version", attributes{"function_urn": functionURN, "version": "v2"})
	if diags.Failed() {
		t.Fatal(diags)
	}
	e.Emulator.Inject(emulator.Fault{Op: "GetConfig", Status: 404, Code: "FSS.1052", Message: "not yet"})
	_, diags = p.Create(resourceType, of(attributes{"function_urn": p.Text(version.Imported, "urn")}))
	if diags.Failed() || e.Emulator.Count(calls) != 1 || len(e.Emulator.PendingFaults()) > 0 {
		t.Errorf("%d calls: %s", e.Emulator.Count(calls), diags)
	}
}
