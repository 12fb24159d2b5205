// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// movedPart is something beside a function that another provider has in its state.
type movedPart struct {
	resource, oldType string
	config            map[string]any // what it is here, and how it is made
	// old is the state at the other provider of what was made, whose state here is values.
	old     func(values map[string]any) map[string]any
	changes []string // of the first plan
}

// movedParts are parts of a function, by test.
func movedParts(t *testing.T) map[string]movedPart {
	t.Helper()
	trigger := func(object string, config map[string]any) map[string]any {
		return map[string]any{"function_urn": functionURN + ":latest", object: config}
	}
	// as the resource with event_data has it: whatever the service answered last
	asData := func(data string) func(map[string]any) map[string]any {
		return func(values map[string]any) map[string]any {
			return map[string]any{
				"id": values["trigger_id"], "function_urn": functionURN + ":latest", "type": values["type"], "status": "ACTIVE",
				"event_data": data, "created_at": "x", "updated_at": "y", "region": "cn-north-4",
			}
		}
	}
	timer := map[string]any{"name": "nightly", "cron": "0 0 3 * * *", "user_event": "go"}
	dependency := func(more map[string]any) func(map[string]any) map[string]any {
		return func(values map[string]any) map[string]any {
			old := map[string]any{
				"id":      values["dependency_id"].(string) + "/" + values["version"].(string),
				"version": json.Number(values["version"].(string)), "dependency_id": values["dependency_id"],
				"version_id": values["id"], "name": "libs", "runtime": "Python3.9", "description": "for all",
				"etag": values["etag"], "size": json.Number(values["size"].(string)), "owner": values["owner"],
			}
			maps.Copy(old, more)
			return old
		}
	}
	const object = "https://b.obs.cn-north-4.myhuaweicloud.com/libs.zip"
	zipped := acctest.NewDir(t).Code("libs.zip", "libs")
	libs := func(code map[string]any) map[string]any {
		return map[string]any{"name": "libs", "runtime": "Python3.9", "description": "for all", "code": code}
	}
	parts := map[string]movedPart{
		"version": {
			resource: "fgs_function_version", oldType: "opentelekomcloud_fgs_publish_version_v2",
			config: map[string]any{"function_urn": functionURN, "version": "v1"},
			old: func(values map[string]any) map[string]any {
				return map[string]any{
					"id": functionURN + ":latest/v1", "function_urn": functionURN + ":latest", "version": "v1",
					"digest": values["digest"], "func_name": "orders", "last_modified": values["last_modified"],
				}
			},
		},
		"alias": {
			resource: "fgs_function_alias", oldType: "opentelekomcloud_fgs_alias_v2",
			config: map[string]any{"function_urn": functionURN, "name": "live", "version": "latest", "description": "prod"},
			old: func(map[string]any) map[string]any {
				return map[string]any{
					"id": functionURN + "/live", "function_urn": functionURN, "name": "live", "version": "latest",
					"description": "prod", "additional_version_weights": nil, "additional_version_strategy": []any{},
					"alias_urn": functionURN + ":!live", "last_modified": "x",
				}
			},
		},
		"alias with a share": {
			resource: "fgs_function_alias", oldType: "opentelekomcloud_fgs_alias_v2",
			config: map[string]any{
				"function_urn": functionURN, "name": "live", "version": "latest",
				"additional_version": map[string]any{"version": "v0", "weight": 10},
			},
			old: func(map[string]any) map[string]any {
				return map[string]any{
					"id": functionURN + "/live", "version": "latest", "description": "",
					"additional_version_weights": map[string]any{"v0": 10},
				}
			},
		},
		"alias with rules": {
			resource: "fgs_function_alias", oldType: "opentelekomcloud_fgs_alias_v2",
			config: map[string]any{
				"function_urn": functionURN, "name": "live", "version": "latest",
				"strategy": map[string]any{"version": "v0", "combine_type": "and", "rules": []any{map[string]any{
					"rule_type": "Header", "param": "beta", "op": "=", "value": "yes",
				}}},
			},
			old: func(map[string]any) map[string]any {
				return map[string]any{
					"id": functionURN + "/live", "version": "latest", "additional_version_strategy": []any{map[string]any{
						"version": "v0", "combine_type": "and", "rules": []any{map[string]any{
							"rule_type": "Header", "param": "beta", "op": "=", "value": "yes",
						}},
					}},
				}
			},
		},
		"timer": {
			resource: "fgs_function_trigger", oldType: "huaweicloud_fgs_function_trigger", config: trigger("timer", timer),
			old: asData(`{"name":"nightly","schedule":"0 0 3 * * *","schedule_type":"Cron","user_event":"go"}`),
		},
		"timer of OpenTelekomCloud": {
			resource: "fgs_function_trigger", oldType: "opentelekomcloud_fgs_trigger_v2", config: trigger("timer", timer),
			old: asData(`{"name":"nightly"}`),
		},
		"timer of the first resource": {
			resource: "fgs_function_trigger", oldType: "sbercloud_fgs_trigger", config: trigger("timer", timer),
			old: func(values map[string]any) map[string]any {
				return map[string]any{
					"id": values["trigger_id"], "function_urn": functionURN, "type": "TIMER", "status": "", "obs": []any{},
					"timer": []any{map[string]any{"name": "nightly", "schedule_type": "Cron", "schedule": "0 0 3 * * *"}},
				}
			},
		},
		"trigger of a kind without an attribute": {
			resource: "fgs_function_trigger", oldType: "huaweicloud_fgs_function_trigger",
			config: trigger("other", map[string]any{"type": "OPENSOURCEKAFKA", "data": `{"topics":["a"]}`}),
			old:    asData(`{"topics":["a"]}`),
		},
		"dependency from an object": {
			resource: "fgs_dependency_version", oldType: "huaweicloud_fgs_dependency_version",
			config: libs(map[string]any{"obs_url": object}), old: dependency(map[string]any{"link": object}),
		},
		"dependency of OpenTelekomCloud": {
			resource: "fgs_dependency_version", oldType: "opentelekomcloud_fgs_dependency_version_v2",
			config: libs(map[string]any{"obs_url": object}),
			old:    dependency(map[string]any{"link": object, "version_id": nil, "download_link": "x"}),
		},
	}
	parts["test event"] = movedPart{
		resource: "fgs_function_event", oldType: "huaweicloud_fgs_function_event",
		config: map[string]any{"function_urn": functionURN, "name": "sample", "content": `{"a":1}`},
		old: func(values map[string]any) map[string]any {
			return map[string]any{
				"id": values["event_id"], "function_urn": functionURN + ":latest", "name": "sample",
				"content": base64.StdEncoding.EncodeToString([]byte(`{"a":1}`)), "updated_at": "2026-01-02T03:04:05Z",
			}
		},
	}
	parts["asynchronous settings"] = movedPart{
		resource: "fgs_async_invoke_configuration", oldType: "huaweicloud_fgs_async_invoke_configuration",
		config: map[string]any{
			"function_urn": functionURN, "max_event_age": 3600, "max_retry_attempts": 2,
			"on_failure": map[string]any{"smn": map[string]any{"topic_urn": "urn:smn:cn-north-4:p:t"}},
		},
		old: func(map[string]any) map[string]any {
			return map[string]any{
				"id": functionURN + ":latest", "function_urn": functionURN + ":latest", "max_async_event_age_in_seconds": 3600,
				"max_async_retry_attempts": 2, "on_success": []any{map[string]any{"destination": "", "param": ""}},
				"on_failure": []any{map[string]any{
					"destination": "SMN", "param": `{"topic_urn":"urn:smn:cn-north-4:p:t"}`,
				}},
				"enable_async_status_log": false, "created_at": "x", "updated_at": "y",
			}
		},
	}
	if !acctest.SecondWorld() { // whose etags tell nothing: a new version is made there, as after an import
		parts["dependency from a file"] = movedPart{
			resource: "fgs_dependency_version", oldType: "opentelekomcloud_fgs_dependency_version_v2",
			config: libs(map[string]any{"zip_file": zipped}), old: dependency(map[string]any{"file": "UEs…", "link": ""}),
			changes: []string{"code", "source_hash"},
		}
	}
	return parts
}

// providerOf is an address of the provider that an old type is of.
func providerOf(oldType string) string {
	name, _, _ := strings.Cut(oldType, "_")
	return "registry.terraform.io/any/" + name
}

// TestMoves: of each part of a function that another provider has in its state, the first plan shows nothing, or only
// what was recorded; nothing is sent; and the next plan is empty. So it is for a plan without a refresh.
func TestMoves(t *testing.T) {
	t.Parallel()
	for name, v := range movedParts(t) {
		for _, refreshes := range []bool{true, false} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				e := acctest.New(t)
				p := configured(t, e)
				code := acctest.NewDir(t)
				orders := map[string]any{
					"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
					"code": map[string]any{"zip_file": code.Code("v0.zip", "v0")},
				}
				function := makePart(t, p, "fgs_function", orders)
				makePart(t, p, "fgs_function_version", map[string]any{"function_urn": functionURN, "version": "v0"})
				orders["code"] = map[string]any{"zip_file": code.Code("v1.zip", "v1")} // which a version can be published of
				if _, diags := p.Update("fgs_function", function, orders); diags.Failed() {
					t.Fatal(diags)
				}
				made := makePart(t, p, v.resource, v.config)
				e.Emulator.ResetRequests()

				p = configured(t, e) // another run, which has created nothing
				text, err := json.Marshal(v.old(p.Values(made)))
				if err != nil {
					t.Fatal(err)
				}
				moved, diags := p.Move(v.resource, providerOf(v.oldType), v.oldType, text)
				if len(diags) > 0 || len(e.Emulator.Requests()) > 0 {
					t.Fatalf("the move says %s, after %d requests", diags, len(e.Emulator.Requests()))
				}
				if refreshes {
					var there bool
					if moved, there, diags = p.Refresh(v.resource, moved); !there || len(diags) > 0 {
						t.Fatalf("there: %t, %s", there, diags)
					}
					changes, diags := p.Changes(v.resource, moved, v.config)
					if !slices.Equal(changes, v.changes) || len(diags) > 0 {
						t.Errorf("the first plan changes %v, want %v: %s", changes, v.changes, diags)
					}
				}
				after, diags := p.Unrefreshed(v.resource, moved, v.config)
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				if err := e.ExpectWrites()(nil); err != nil {
					t.Error(err)
				}
				now, there, diags := p.Refresh(v.resource, after.Imported)
				if !there || len(diags) > 0 {
					t.Fatalf("there: %t, %s", there, diags)
				}
				if changes, diags := p.Changes(v.resource, now, v.config); len(changes) > 0 || len(diags) > 0 {
					t.Errorf("a plan after that changes %v: %s", changes, diags)
				}
				if got, want := p.Text(now, "id"), p.Text(made, "id"); got != want {
					t.Errorf("the id is %s, want %s", got, want)
				}
			})
		}
	}
}

func configured(t *testing.T, e *acctest.Env) *acctest.Protocol {
	t.Helper()
	p := e.Protocol(t)
	if diags := p.Configure(nil); len(diags) > 0 {
		t.Fatal(diags)
	}
	return p
}

// makePart creates an object.
func makePart(t *testing.T, p *acctest.Protocol, resource string, config map[string]any) acctest.Imported {
	t.Helper()
	made, diags := p.Create(resource, config)
	if diags.Failed() {
		t.Fatal(diags)
	}
	return made.Imported
}

// TestMoves_sources: each resource takes over the types that it says it does, with an identity, and says of another one
// what to do instead. A state that is about nothing is an error, too.
func TestMoves_sources(t *testing.T) {
	t.Parallel()
	const dependency = `{"id":"d-1/3"}`
	function, version, alias := functionURN, functionURN+":v1", functionURN+":!live"
	trigger := `{"id":"t-1","function_urn":"` + functionURN + `:!live","type":"TIMER"}`
	for _, v := range []struct {
		resource, state, id, nothing string
		types                        []string
	}{
		{"fgs_function", `{"id":"` + functionURN + `"}`, function, `{"id":"x"}`, []string{
			"huaweicloud_fgs_function", "huaweicloud_fgs_function_v2", "sbercloud_fgs_function",
			"flexibleengine_fgs_function", "g42cloud_fgs_function", "hcs_fgs_function", "opentelekomcloud_fgs_function_v2",
		}},
		{"fgs_function_version", `{"id":"` + functionURN + `/v1"}`, version, `{"id":"` + functionURN + `/latest"}`, []string{
			"opentelekomcloud_fgs_publish_version_v2",
		}},
		{"fgs_function_alias", `{"id":"` + functionURN + `/live"}`, alias, `{"id":"` + functionURN + `"}`, []string{
			"opentelekomcloud_fgs_alias_v2",
		}},
		{"fgs_function_trigger", trigger, alias + "/TIMER/t-1", `{"id":"t-1","type":"TIMER"}`, []string{
			"huaweicloud_fgs_function_trigger", "huaweicloud_fgs_trigger", "sbercloud_fgs_trigger",
			"flexibleengine_fgs_trigger", "g42cloud_fgs_trigger", "hcs_fgs_trigger", "opentelekomcloud_fgs_trigger_v2",
		}},
		{"fgs_function_event", `{"id":"e","function_urn":"` + functionURN + `","name":"sample"}`, "",
			`{"id":"e","name":"sample"}`, []string{
				"huaweicloud_fgs_function_event", "sbercloud_fgs_function_event", "opentelekomcloud_fgs_event_v2",
			}},
		{"fgs_async_invoke_configuration", `{"id":"` + functionURN + `:!live"}`, alias, `{"id":"orders"}`, []string{
			"huaweicloud_fgs_async_invoke_configuration", "g42cloud_fgs_async_invoke_configuration",
			"opentelekomcloud_fgs_async_invoke_config_v2",
		}},
		{"fgs_dependency_version", dependency, "", `{"id":"d-1"}`, []string{
			"huaweicloud_fgs_dependency_version", "sbercloud_fgs_dependency_version",
			"opentelekomcloud_fgs_dependency_version_v2",
		}},
	} {
		for _, oldType := range v.types {
			resp := moveState(t, v.resource, providerOf(oldType), oldType, v.state)
			if len(resp.Diagnostics) > 0 || resp.TargetState == nil {
				t.Errorf("%s to %s: %s", oldType, v.resource, diagnostics(resp.Diagnostics))
				continue
			}
			if identitySchemas()[v.resource] != nil {
				identity := attributesOf(identityValue(t, v.resource, resp.TargetIdentity))
				if urn, ok := identity["urn"]; ok && !urn.Equal(tftypes.NewValue(tftypes.String, v.id)) {
					t.Errorf("%s to %s: the identity is %s, want %s", oldType, v.resource, urn, v.id)
				} else if identity == nil {
					t.Errorf("%s to %s: there is no identity", oldType, v.resource)
				}
			}
			nothing := moveState(t, v.resource, providerOf(oldType), oldType, v.nothing)
			if got := diagnostics(nothing.Diagnostics); len(got) != 1 || !got.has("Unable to Move") ||
				nothing.TargetState != nil {
				t.Errorf("%s of nothing to %s: %s", oldType, v.resource, got)
			}
		}
		resp := moveState(t, v.resource, "registry.terraform.io/acme/acme", "acme_fgs_thing", v.state)
		for _, words := range []string{v.types[0], "acme_fgs_thing from the provider registry.terraform.io/acme/acme",
			"removed {", "import {", "to = " + v.resource} {
			if got := diagnostics(resp.Diagnostics); len(got) != 1 || !got.has(words) {
				t.Errorf("%s does not say %q: %s", v.resource, words, got)
			}
		}
	}
}

// moveState moves a state by a provider that is not configured, of a CLI that knows identities.
func moveState(t *testing.T, resource, address, oldType, state string) *tfprotov6.MoveResourceStateResponse {
	t.Helper()
	resp, err := provider.NewServer(t.Context(), "test").MoveResourceState(t.Context(),
		&tfprotov6.MoveResourceStateRequest{
			TargetTypeName: resource, SourceProviderAddress: address, SourceTypeName: oldType,
			SourceState: &tfprotov6.RawState{JSON: []byte(state)},
		})
	if err != nil {
		t.Fatal(err)
	}
	return resp
}

// TestMoves_otherTrigger: a trigger that is not as configured is replaced by the plan after a refresh. Without one it
// shows only in the apply, which changes nothing.
func TestMoves_otherTrigger(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	e.Emulator.Put(emulator.Function{Name: "orders"})
	config := func(cron string) map[string]any {
		return map[string]any{"function_urn": functionURN, "timer": map[string]any{"name": "nightly", "cron": cron}}
	}
	p := configured(t, e)
	made := p.Values(makePart(t, p, "fgs_function_trigger", config("0 0 3 * * *")))
	e.Emulator.ResetRequests()
	moved, diags := p.Move("fgs_function_trigger", providerOf("huaweicloud_"), "huaweicloud_fgs_trigger", []byte(
		`{"id":"`+made["trigger_id"].(string)+`","function_urn":"`+functionURN+`","type":"TIMER"}`))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	_, diags = p.Unrefreshed("fgs_function_trigger", moved, config("0 0 4 * * *"))
	if len(diags) != 1 || !diags.Has("Trigger Is Another One") || !diags.Has("timer.cron") ||
		!diags.Has("The next plan shows that it is replaced") {
		t.Error(diags)
	}
	if err := e.ExpectWrites()(nil); err != nil {
		t.Error(err)
	}
}

// TestMoves_guide: what the guide's table of the resources beside functions leads to exists, and what it comes from
// does not, or only shows something.
func TestMoves_guide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/coming-from-huaweicloud.md.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(guide), "| Resource | There | Here |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	name := regexp.MustCompile("`([a-z_.]+)`")
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		resource := schemas().ResourceSchemas[strings.Trim(cells[1], " `")]
		if resource == nil || len(cells) != 5 {
			t.Fatalf("not a row of a resource: %s", row)
		}
		typ := resource.ValueType().(tftypes.Object)
		there, here := name.FindAllStringSubmatch(cells[2], -1), name.FindAllStringSubmatch(cells[3], -1)
		if len(there) == 0 || len(here) == 0 {
			t.Errorf("a row without names: %s", row)
		}
		for _, old := range there {
			root, _, nested := strings.Cut(old[1], ".")
			for _, a := range resource.Block.Attributes {
				if a.Name == root && (a.Optional || a.Required) && !nested && root != "on_failure" {
					t.Errorf("%s is an attribute here, too: %s", old[1], row)
				}
			}
		}
		for _, now := range here {
			if now[1] != "true" && now[1] != "false" && now[1] != "dependency_version_ids" && !has(typ, now[1]) {
				t.Errorf("%s is no attribute: %s", now[1], row)
			}
		}
	}
}

// has says that an object has an attribute, by its path.
func has(typ tftypes.Type, path string) bool {
	name, rest, nested := strings.Cut(path, ".")
	object, _ := typ.(tftypes.Object)
	inner, ok := object.AttributeTypes[name]
	return ok && (!nested || has(inner, rest))
}
