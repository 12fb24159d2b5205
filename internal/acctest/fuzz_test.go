// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// maxRequests is more than any command makes, also one that is throttled until its timeout.
const maxRequests = 400

// bender changes the answers from one request on, and ends what would go on for ever.
type bender struct {
	wire *wire
	bend func(n int, resp *http.Response) // may be nil

	mu   sync.Mutex
	seen int
}

// RoundTrip implements http.RoundTripper.
func (b *bender) RoundTrip(r *http.Request) (*http.Response, error) {
	b.mu.Lock()
	n := b.seen
	b.seen++
	b.mu.Unlock()
	if n > maxRequests {
		b.wire.kill()
	}
	resp, err := b.wire.RoundTrip(r)
	if err == nil && b.bend != nil {
		b.bend(n, resp)
	}
	return resp, err
}

// starts are the snapshots of scenarios, each made when it is first needed: a worker of a fuzz target uses few.
type starts struct {
	scenarios []scenario
	made      map[string]snapshot
}

func newStarts(f *testing.F) *starts {
	f.Helper()
	return &starts{scenarios(f), map[string]snapshot{}}
}

// named is the scenario of a name, and where it starts.
func (s *starts) named(t *testing.T, name string) (scenario, snapshot) {
	t.Helper()
	at := slices.IndexFunc(s.scenarios, func(one scenario) bool { return one.name == name })
	from, ok := s.made[name]
	if !ok {
		from = prepare(t, s.scenarios[at])
		s.made[name] = from
	}
	return s.scenarios[at], from
}

// fuzzed runs what a fuzz target does, in a world of its own, and demands what always holds: no panic, no loop, no wait
// without an end, and a state that is known.
func fuzzed(t *testing.T, s scenario, from snapshot, bend func(int, *http.Response), run func(w *world) diagnostics) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, s, from)
		b := &bender{wire: w.wire, bend: bend}
		w.server = newServer(t, b)
		w.core.server = w.server
		began := time.Now()
		diags := run(w)
		if took := time.Since(began); took > time.Hour {
			t.Errorf("it took %v", took)
		}
		if b.seen > maxRequests {
			t.Errorf("it goes round and round: %s", diags)
		}
		if diags.has("Provider Panic") {
			t.Errorf("it panicked: %s", diags)
		}
		if !w.state.IsFullyKnown() {
			t.Errorf("the state has unknown values: %s", w.state)
		}
		if odd := w.wire.api.Unhandled(); len(odd) > 0 {
			t.Errorf("%s %s is no call", odd[0].Method, odd[0].Path)
		}
	})
}

// FuzzImportID imports each resource by any text. No request changes anything, and none goes to another path.
func FuzzImportID(f *testing.F) {
	kinds := []string{"refresh", "delete version", "delete alias"} // each starts with its object
	for kind := range kinds {
		for _, id := range []string{
			functionURN, functionURN + ":v1", functionURN + ":!prod", functionURN + ":latest", "orders", "default/orders",
			functionURN + "x", "", ":", "urn:fss:::function::", functionURN + ":../x", functionURN + "?a=b#c",
			"default/../orders", "\x00\x1b[2J",
			"urn:fss:cn-north-4:x:function:a/b:c%2Fd", "default/orders/v1", "orders:!prod",
		} {
			f.Add(uint8(kind), id)
		}
	}
	made := newStarts(f)
	f.Fuzz(func(t *testing.T, kind uint8, id string) {
		s, from := made.named(t, kinds[int(kind)%len(kinds)])
		fuzzed(t, s, from, nil, func(w *world) diagnostics {
			w.core.state, w.core.private = tftypes.NewValue(w.core.typ, nil), nil
			diags := w.importID(w.t.Context(), id)
			for _, r := range w.wire.api.Requests() {
				if r.Method != http.MethodGet {
					t.Errorf("an import sends %s %s", r.Method, r.Path)
				}
			}
			return diags
		})
	})
}

// FuzzMove moves any state of another provider. It asks nobody; what it makes is a whole state, or one error.
func FuzzMove(f *testing.F) {
	resources := []string{
		"fgs_function", "fgs_function_version", "fgs_function_alias", "fgs_function_trigger", "fgs_dependency_version",
		"fgs_function_event", "fgs_async_invoke_configuration",
	}
	oldTypes := []string{
		"huaweicloud_fgs_function", "opentelekomcloud_fgs_publish_version_v2", "opentelekomcloud_fgs_alias_v2",
		"huaweicloud_fgs_trigger", "huaweicloud_fgs_dependency_version",
		"huaweicloud_fgs_function_event", "huaweicloud_fgs_async_invoke_configuration",
	}
	for kind := range resources {
		for _, state := range []string{
			`{"id":"` + functionURN + `:latest","tags":{"a":null},"user_data":"{\"A\":1}","func_code":"x",` +
				`"timeouts":{"create":"1"}}`,
			`{"id":"` + functionURN + `/live","version":"v1","additional_version_weights":{"v2":"x"},` +
				`"additional_version_strategy":[{"rules":[1,null,{}]}]}`,
			`{"id":"t","function_urn":"` + functionURN + `","type":"TIMER","status":1}`,
			`{"id":"d/1","link":"https://x","size":"1e3","version_id":[]}`, `{"id":1,"custom_image":{"url":2},` +
				`"func_mounts":[null,1],"dns_list":"{","max_instance_num":"x","network_controller":[{"trigger_access_vpcs":3}]}`,
			`[]`, `{`, ``,
		} {
			f.Add(uint8(kind), []byte(state))
		}
	}
	server := provider.NewServer(context.Background(), "test")
	f.Fuzz(func(t *testing.T, kind uint8, state []byte) {
		at := int(kind) % len(resources)
		resp, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			TargetTypeName: resources[at], SourceTypeName: oldTypes[at], SourceProviderAddress: providerOf(oldTypes[at]),
			SourceState: &tfprotov6.RawState{JSON: state},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := diagnostics(resp.Diagnostics); got.has("Panic") || got.has("defect") {
			t.Errorf("it panicked: %s", got)
		}
		if (resp.TargetState == nil) != (len(resp.Diagnostics) > 0) {
			t.Errorf("a state: %t, %s", resp.TargetState != nil, diagnostics(resp.Diagnostics))
		}
	})
}

// FuzzState reads a state in which two attributes have any value, or a whole state that is any text, and plans with it.
func FuzzState(f *testing.F) {
	kinds := []string{"refresh", "delete version", "refresh alias"}
	for kind := range kinds {
		for _, one := range []struct{ name, value, private string }{
			{"urn", `"urn:fss:::function::"`, ""}, {"urn", "null", ""}, {"id", `"x"`, "{}"}, {"name", `""`, `{"a":"b"}`},
			{"code", `{"zip_file":null}`, ""}, {"timeout", "1e400", ""}, {"tags_all", `{"a":null}`, ""}, {"version", `"!"`, ""},
			{"function_urn", `"` + functionURN + `:v1"`, ""}, {"digest", `"DEFAULT"`, ""}, {"timeouts", `{"read":"x"}`, ""},
			{"additional_version", `{"version":"v1","weight":-1}`, ""}, {"log", `{}`, ""}, {"user_data", `{"":""}`, "\x00"},
		} {
			f.Add(uint8(kind), one.name, one.value, "description", `"x"`, one.private, "")
		}
		f.Add(uint8(kind), "", "", "", "", "", "{}")
		f.Add(uint8(kind), "", "", "", "", "", "[1]")
	}
	made := newStarts(f)
	f.Fuzz(func(t *testing.T, kind uint8, name1, value1, name2, value2, private, raw string) {
		s, from := made.named(t, kinds[int(kind)%len(kinds)])
		state := []byte(raw)
		if raw == "" {
			members, _ := plain(from.state).(map[string]any)
			for name, text := range map[string]string{name1: value1, name2: value2} {
				if _, ok := members[name]; ok {
					members[name] = jsonOr(text)
				}
			}
			state = marshal(t, members)
		}
		fuzzed(t, s, from, nil, func(w *world) diagnostics {
			upgraded, err := w.server.UpgradeResourceState(w.t.Context(), &tfprotov6.UpgradeResourceStateRequest{
				TypeName: s.resource, RawState: &tfprotov6.RawState{JSON: state},
			})
			if err != nil {
				t.Fatal(err)
			}
			diags := diagnostics(upgraded.Diagnostics)
			if diags.failed() {
				return diags
			}
			w.core.state = w.core.value(upgraded.UpgradedState)
			if private != "" {
				w.core.private = []byte(private)
			}
			if w.core.state.IsNull() {
				return diags
			}
			diags = append(diags, w.refresh(w.t.Context())...)
			if !w.state.IsNull() {
				plan := w.plan(w.t.Context(), object(t, w.core.typ, s.config), w.state)
				diags = append(diags, plan.Diagnostics...)
			}
			for _, r := range w.wire.api.Requests() {
				if r.Method != http.MethodGet {
					t.Errorf("reading and planning sends %s %s", r.Method, r.Path)
				}
			}
			return diags
		})
	})
}

// FuzzAnswer bends one answer of the service, or all from there on: another status, a Retry-After, another value for
// one member, or any bytes at all. What it is the answer of is any request of the commands that make all calls.
func FuzzAnswer(f *testing.F) {
	made := newStarts(f)
	for s := range made.scenarios {
		for at := range 8 {
			f.Add(uint8(s), uint8(at), false, uint16(0), "", "{}", "")
			f.Add(uint8(s), uint8(at), false, uint16(0), "", "", "")
			f.Add(uint8(s), uint8(at), true, uint16(0), "func_urn", "null", "")
			f.Add(uint8(s), uint8(at), true, uint16(429), "", `{"error_code":"APIGW.0308","error_msg":"limit:5,time:1 day"}`,
				"-1")
		}
		f.Add(uint8(s), uint8(1), false, uint16(0), "runtime", `""`, "")
		f.Add(uint8(s), uint8(0), false, uint16(0), "runtime", `""`, "")
		f.Add(uint8(s), uint8(0), true, uint16(429), "", "{}", "0")
		f.Add(uint8(s), uint8(1), false, uint16(0), "timeout", `"3"`, "")
		f.Add(uint8(s), uint8(1), false, uint16(0), "versions", `[{}, null, 1]`, "")
		f.Add(uint8(s), uint8(2), false, uint16(0), "tags", `{"key":1}`, "")
		f.Add(uint8(s), uint8(0), true, uint16(204), "", "", "")
	}
	f.Fuzz(func(t *testing.T, which, at uint8, always bool, status uint16, member, value, retryAfter string) {
		s, from := made.named(t, made.scenarios[int(which)%len(made.scenarios)].name)
		hit := int(at) % len(from.requests)
		bend := func(n int, resp *http.Response) {
			if n == hit || always && n > hit {
				bendAnswer(resp, status, member, value, retryAfter)
			}
		}
		fuzzed(t, s, from, bend, func(w *world) diagnostics {
			diags := w.run(w.t.Context())
			if !s.destroy && w.wire.api.Count("DeleteFunction") > 0 {
				t.Errorf("an answer led to a deletion: %s", diags)
			}
			return diags
		})
	})
}

func bendAnswer(resp *http.Response, status uint16, member, value, retryAfter string) {
	if 200 <= status && status < 600 {
		resp.StatusCode = int(status)
	}
	if retryAfter != "" {
		resp.Header.Set("Retry-After", retryAfter)
	}
	body := []byte(value)
	if member != "" {
		body, _ = io.ReadAll(resp.Body) // of the emulator, in memory
		var members map[string]any
		if json.Unmarshal(body, &members) == nil && members != nil {
			members[member] = jsonOr(value)
			body, _ = json.Marshal(members) // what was unmarshalled
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Set("Content-Length", strconv.Itoa(len(body)))
}

// jsonOr is the JSON value of a text, or the text itself.
func jsonOr(text string) any {
	if json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	return text
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// plain is a value as it stands in a state file.
func plain(v tftypes.Value) any {
	var (
		members map[string]tftypes.Value
		list    []tftypes.Value
		text    string
		number  big.Float
		flag    bool
	)
	switch {
	case v.IsNull():
		return nil
	case v.As(&text) == nil:
		return text
	case v.As(&flag) == nil:
		return flag
	case v.As(&number) == nil:
		return json.Number(number.Text('f', -1))
	case v.As(&list) == nil:
		out := []any{}
		for _, element := range list {
			out = append(out, plain(element))
		}
		return out
	case v.As(&members) == nil:
		out := map[string]any{}
		for name, member := range members {
			out[name] = plain(member)
		}
		return out
	}
	return nil
}
