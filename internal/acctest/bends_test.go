// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// The calls whose answers are read, by what they answer with (contract 5, 3.11 to 3.13). What they change stands first.
var (
	answersFunction = []string{"CreateFunction", "ImportFunction", "PublishVersion", "GetConfig"}
	answersAlias    = []string{"CreateAlias", "GetAlias"}
	answersMore     = []string{
		"GetTags", "ListVersions", "ListAliases", "ListReservedInstances", "ListTriggers", "LogDetail",
	}
	answersWrite = []string{
		"UpdateConfig", "UpdateCode", "SetMaxInstances", "UpdateAlias", "SetReservedInstances", "InvokeFunction",
		"InvokeFunctionAsync",
	}
	answersAsync = []string{"SetAsyncSettings", "GetAsyncSettings"}
	answersEvent = []string{"CreateEvent", "GetEvent", "UpdateEvent"}
)

// bends are answers that came whole from the service and arrive as something else, by name. Each once is asked again,
// so that nobody notices; and those that stay are an error that keeps the state.
func bends() map[string]wireFault {
	out := map[string]wireFault{}
	for name, body := range map[string]string{"{}": "{}", "[]": "[]", "null": "null", "nothing": ""} {
		f := wireFault{says: "The answer is empty", passes: true, bare: body == "{}", bend: replaced(body), hits: answered(
			answersFunction, answersAlias, answersMore, answersWrite, answersAsync, answersEvent)}
		if name == "[]" { // which is how a list says that it is empty
			f.hits = answered(answersFunction, answersAlias, []string{"GetTags", "ListVersions", "ListReservedInstances"})
		}
		if name == "{}" || name == "nothing" {
			f.modes = []mode{once, always}
		}
		out["200 "+name] = f
	}
	for member, other := range map[string]any{
		"func_urn": 7, "func_name": 7, "runtime": 7, "handler": []string{"x"}, "timeout": "three",
		"memory_size": map[string]any{},
	} {
		lack(out, member, other, answered(answersFunction))
	}
	lack(out, "version", 7, both(answered(answersFunction), ofVersions))
	lack(out, "digest", 7, both(answered(answersFunction), reported))
	digestless := out["digest of another type"] // some regions report none, so it may be taken for missing
	digestless.typed = false
	out["digest of another type"] = digestless
	lack(out, "async func_urn", 7, answered(answersAsync))
	lack(out, "event id", 7, answered(answersEvent))
	for member, other := range map[string]any{"name": 7, "version": []int{7}} {
		lack(out, "alias "+member, other, answered(answersAlias))
	}
	out["func_urn alone"] = wireFault{
		says: lacking, passes: true, modes: []mode{once, always}, hits: answered(answersFunction),
		bend: edited(func(answer map[string]any) {
			for name := range answer {
				if name != "func_urn" {
					delete(answer, name)
				}
			}
		}),
	}
	for name, f := range map[string]wireFault{
		"another function's answer": {hits: answered(answersFunction), bend: edited(ofOther)},
		"another version's answer": {
			hits: both(answered([]string{"GetConfig", "PublishVersion"}), ofNoAlias), bend: edited(ofOtherVersion),
		},
		"another alias's answer":      {hits: answered(answersAlias), bend: edited(ofOther)},
		"another function's settings": {hits: answered(answersAsync), bend: edited(ofOther)},
		"another event's answer": {hits: answered(answersEvent), bend: edited(func(answer map[string]any) {
			answer["id"], answer["name"], answer["content"] = "other", "other", "b3RoZXI="
		})},
	} {
		f.says, f.passes, f.modes = "The answer is about something else", true, []mode{once, always}
		out[name] = f
	}
	return out
}

const (
	lacking   = "The answer lacks what the service always tells"
	otherType = "A value in the answer has another type"
)

// lack adds the ways in which an answer can lack a member. A member of another type is no accident of the network: a
// read that has one is not made again, and the call that creates is looked up like one whose answer was lost.
func lack(out map[string]wireFault, name string, other any, hits func(scenario, []emulator.Request, int) bool) {
	member := name[strings.LastIndex(name, " ")+1:]
	set := func(to any) func(reply) {
		return edited(func(answer map[string]any) { answer[member] = to })
	}
	absent := edited(func(answer map[string]any) { delete(answer, member) })
	out["no "+name] = wireFault{says: lacking, passes: true, hits: hits, bend: absent}
	if slices.Contains([]string{"runtime", "alias version"}, name) {
		out["no "+name] = wireFault{says: lacking, passes: true, modes: []mode{once, always}, hits: hits, bend: absent}
	}
	hits = both(hits, firstOfItsKind)
	switch member { // one of each kind
	case "runtime", "version":
		out[name+" null"] = wireFault{says: lacking, passes: true, hits: hits, bend: set(nil)}
		out[name+" empty"] = wireFault{says: lacking, passes: true, hits: hits, bend: set("")}
	case "timeout":
		out[name+" null"] = wireFault{says: lacking, passes: true, hits: hits, bend: set(nil)}
		out[name+" 0"] = wireFault{says: lacking, passes: true, hits: hits, bend: set(0)}
	}
	out[name+" of another type"] = wireFault{
		says: otherType, typed: true, hits: both(both(hits, reads), needed), bend: set(other),
	}
	out[name+" of another type, made"] = wireFault{
		says: otherType, passes: true, hits: both(hits, makes), bend: set(other),
	}
}

// firstOfItsKind are the first requests to each call: all answers to one call are read by the same code.
func firstOfItsKind(_ scenario, requests []emulator.Request, at int) bool {
	return !slices.ContainsFunc(requests[:at], func(r emulator.Request) bool {
		return r.Path == requests[at].Path && r.Method == requests[at].Method
	})
}

// answered are the requests to some calls that succeed.
func answered(ops ...[]string) func(scenario, []emulator.Request, int) bool {
	all := slices.Concat(ops...)
	return func(_ scenario, requests []emulator.Request, at int) bool {
		return slices.Contains(all, requests[at].Op) && requests[at].Status < http.StatusMultipleChoices
	}
}

func both(a, b func(scenario, []emulator.Request, int) bool) func(scenario, []emulator.Request, int) bool {
	return func(s scenario, requests []emulator.Request, at int) bool {
		return a(s, requests, at) && b(s, requests, at)
	}
}

func reads(_ scenario, requests []emulator.Request, at int) bool {
	return requests[at].Method == http.MethodGet
}

// needed leaves out the look at what was just made, which the read at the end can stand in for.
func needed(s scenario, requests []emulator.Request, at int) bool {
	return !s.readAtTheEnd || !followsCreation(s, requests, at)
}

func makes(_ scenario, requests []emulator.Request, at int) bool {
	return requests[at].Method == http.MethodPost
}

// ofNoAlias leaves out what is asked of an alias, which answers for any version.
func ofNoAlias(_ scenario, requests []emulator.Request, at int) bool {
	return !strings.Contains(requests[at].Path, ":!")
}

// ofVersions are the requests about versions, and the look at the function that a publication begins with.
func ofVersions(s scenario, _ []emulator.Request, _ int) bool { return s.versioned }

// reported leaves out an import: nobody knows yet whether this region reports a digest.
func reported(s scenario, requests []emulator.Request, at int) bool {
	return s.id == "" && ofVersions(s, requests, at)
}

// replaced answers something else under the same status.
func replaced(body string) func(reply) {
	return func(resp reply) { setBody(resp, []byte(body)) }
}

// edited changes an answer that is an object; others stay.
func edited(change func(answer map[string]any)) func(reply) {
	return func(resp reply) {
		reshape(resp, func(v any) any {
			if answer, ok := v.(map[string]any); ok && resp.StatusCode == http.StatusOK {
				change(answer)
			}
			return v
		})
	}
}

// reshape lets change make another answer of one that is JSON.
func reshape(resp reply, change func(v any) any) {
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return
	}
	var v any
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if decoder.Decode(&v) == nil {
		if changed, err := json.Marshal(change(v)); err == nil {
			data = changed
		}
	}
	setBody(resp, data)
}

func setBody(resp reply, data []byte) {
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(data)), int64(len(data))
	resp.Header.Del("Content-Length")
}

// ofOther makes the answer one about another function, or another alias.
func ofOther(answer map[string]any) {
	for name, value := range answer {
		if text, ok := value.(string); ok {
			text = strings.ReplaceAll(text, ":orders", ":others")
			answer[name] = strings.ReplaceAll(text, ":!prod", ":!test")
		}
	}
	if _, alias := answer["name"]; alias {
		answer["name"], answer["version"], answer["description"] = "test", "v9", "theirs"
		return
	}
	for name, value := range map[string]any{
		"func_name": "others", "runtime": "Node.js18.15", "handler": "theirs.handler", "timeout": 30, "memory_size": 1024,
		"description": "theirs", "digest": strings.Repeat("f", 128),
	} {
		answer[name] = value
	}
}

// ofOtherVersion makes it one about another version of the function.
func ofOtherVersion(answer map[string]any) {
	if urn, ok := answer["func_urn"].(string); ok {
		if function, _, published := strings.Cut(urn, ":orders:"); published {
			answer["func_urn"] = function + ":orders:v9"
		}
	}
	answer["version"], answer["digest"] = "v9", strings.Repeat("f", 128)
}
