// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

const (
	timerID      = "f0b1c2d3-0000-4000-8000-000000000001"
	dependencyID = "6a1b2c3d-0000-4000-8000-000000000002"
	libs         = "resources/fgs_dependency_version/build/orders.zip"
)

// identifiable are the resources of which releases has one each: the import id, the names of its parts, and a
// configuration that they have.
var identifiable = map[string]struct {
	id     string
	parts  []string
	config values
}{
	functionType: {functionURN, []string{"urn"}, values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
	}},
	versionType: {functionURN + ":v1", []string{"urn"}, values{"function_urn": functionURN, "version": "v1"}},
	aliasType: {functionURN + ":!stable", []string{"urn"},
		values{"function_urn": functionURN, "version": "v1", "name": "stable"}},
	triggerType: {functionURN + ":!stable/TIMER/" + timerID, []string{"function_urn", "type", "trigger_id"},
		values{"function_urn": functionURN + ":!stable", "timer": values{"name": "nightly", "rate": "1d"}}},
	dependencyType: {dependencyID + "/1", []string{"dependency_id", "version"},
		values{"name": "libs", "runtime": "Python3.9", "code": values{"zip_file": examplesRoot + "/" + libs}}},
	// The alias has them: see eachIdentified.
	reservedType: {functionURN + ":!stable", []string{"urn"},
		values{"function_urn": functionURN + ":!stable", "min_count": 2}},
	asyncType: {functionURN + ":!stable", []string{"urn"},
		values{"function_urn": functionURN + ":!stable", "max_event_age": 60}},
}

// eachIdentified runs a test for each resource with an identity, where there is a function with a version, an alias and
// a trigger, and a dependency.
func eachIdentified(t *testing.T, run func(c *core, api *emulator.Server, id string, config values)) {
	t.Helper()
	content := exampleFile(t, libs)
	for resource, one := range identifiable {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				if d := r.apply(values{"function_urn": functionURN, "version": "v1"}); d.failed() {
					r.t.Fatal(d)
				}
				alias := newCore(r.t, r.server, aliasType)
				if d := alias.apply(r.t.Context(), identifiable[aliasType].config); d.failed() {
					r.t.Fatal(d)
				}
				trigger := emulator.Trigger{
					ID: timerID, Type: "TIMER", Status: "ACTIVE", Qualifier: "!stable",
					EventData: map[string]any{"name": "nightly", "schedule_type": "Rate", "schedule": "1d"},
				}
				if err := r.wire.api.PutTrigger("default", "orders", trigger); err != nil {
					r.t.Fatal(err)
				}
				if err := errors.Join(
					r.wire.api.PutReservation("default", "orders", emulator.Reservation{Qualifier: "!stable", MinCount: 2}),
					r.wire.api.PutAsyncSettings("default", "orders",
						emulator.AsyncSettings{Qualifier: "!stable", MaxAge: 60, Retries: 1}),
				); err != nil {
					r.t.Fatal(err)
				}
				r.wire.api.AddDependency(emulator.Dependency{
					ID: "7b1b2c3d-0000-4000-8000-000000000003", DependencyID: dependencyID, Name: "libs", Runtime: "Python3.9",
					Content: content,
				})
				run(newCore(r.t, newServer(r.t, r.wire), resource), r.wire.api, one.id, one.config)
			}, func(s *emulator.Switches) { s.MultipartETag = false })
		})
	}
}

// TestIdentity_schema: an import by identity takes all of it, and no identity was stored by another schema yet.
func TestIdentity_schema(t *testing.T) {
	t.Parallel()
	for resource := range schemas().ResourceSchemas {
		schema, parts := identitySchemas()[resource], identifiable[resource].parts
		switch resource {
		case eventType:
			parts = []string{"function_urn", "name"}
		case "fgs_invocation": // a call is nothing that could be imported
			continue
		}
		if schema == nil || parts == nil {
			t.Errorf("%s has no identity", resource)
			continue
		}
		if len(schema.IdentityAttributes) != len(parts) || schema.Version != 0 {
			t.Errorf("%s: %d attributes, version %d", resource, len(schema.IdentityAttributes), schema.Version)
		}
		for _, a := range schema.IdentityAttributes {
			if !slices.Contains(parts, a.Name) || !a.RequiredForImport || a.Description == "" {
				t.Errorf("%s: %+v", resource, a)
			}
		}
	}
}

// TestIdentity_import: by identity comes what comes by id, and the plan after it is empty.
func TestIdentity_import(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, api *emulator.Server, id string, config values) {
		byID := newCore(c.t, c.server, c.resource)
		if d := byID.importID(c.t.Context(), id); len(d) > 0 {
			c.t.Fatal(d)
		}
		if d := c.importIdentity(c.t.Context(), id); len(d) > 0 {
			c.t.Fatal(d)
		}
		if !c.state.Equal(byID.state) {
			c.t.Errorf("-by id +by identity:%s", valueDiff(byID.state, c.state))
		}
		c.record(api, config)
		if err := c.empty(c.t.Context(), config); err != nil {
			c.t.Error(err)
		}
	})
}

// record makes the apply that records the content of an imported dependency, and sends nothing.
func (c *core) record(api *emulator.Server, config values) {
	c.t.Helper()
	if c.resource != dependencyType {
		return
	}
	made := api.Count("CreateDependencyVersion")
	if d := c.apply(c.t.Context(), config); len(d) > 0 || api.Count("CreateDependencyVersion") != made {
		c.t.Fatalf("the apply after an import: %s", d)
	}
}

// TestIdentity_importRefused: an identity is checked as an id is, and what is short for it is told in full.
func TestIdentity_importRefused(t *testing.T) {
	t.Parallel()
	whole := func(texts ...string) []string { return append(texts, "An identity is given in full") }
	complete := func(urn string) []string { return whole("urn = \"" + urn + "\"") }
	refused := map[string]map[string][]string{
		functionType: {
			"orders":               complete(functionURN),
			"default/orders":       complete(functionURN),
			functionURN + ":v1":    complete(functionURN),
			functionURN + "::v1":   {"has 9 fields"},
			"urn:fss:r:p:function": {"has 5 fields"},
			"":                     {"invalid import id"},
		},
		triggerType: {
			functionURN + ":latest/TIMER/1": whole(`function_urn = "` + functionURN + `" type = "TIMER" trigger_id = "1"`),
			functionURN + "/timer/1":        {"is not <URN>/<TYPE>/<trigger id>"},
			functionURN + "/TIMER/":         {"is not <URN>/<TYPE>/<trigger id>"},
			functionURN + "/TIMER/1/2":      {"is not <URN>/<TYPE>/<trigger id>"},
			"orders/TIMER/1":                {"it has 1 field,"},
		},
		dependencyType: {
			"libs/1":            whole(`dependency_id = "` + dependencyID + `" version = 1`),
			dependencyID + "/0": {`"0" is not the number of a version`},
			dependencyID + "/2": {"there is no version 2"},
			"/1":                {"write the id or the name"},
		},
		versionType: {
			functionURN:              {"is not the URN of a published version"},
			functionURN + ":latest":  {"is not the URN of a published version"},
			functionURN + ":!stable": {"is not the URN of a published version"},
			"v1":                     {"it has 1 field"},
			"":                       {"it has 1 field"},
		},
		aliasType: {
			functionURN:             {"is not the URN of an alias"},
			functionURN + "/stable": complete(functionURN + ":!stable"),
			functionURN + ":v1":     {"is not the URN of an alias"},
			"":                      {"it has 1 field"},
		},
		reservedType: {
			functionURN:             complete(functionURN + ":latest"),
			functionURN + "/stable": {"field 7 must consist of"},
			"":                      {"it has 1 field,"},
		},
		asyncType: {
			functionURN:             complete(functionURN + ":latest"),
			functionURN + "/stable": {"field 7 must consist of"},
			"":                      {"it has 1 field,"},
		},
	}
	eachIdentified(t, func(c *core, _ *emulator.Server, _ string, _ values) {
		for id, texts := range refused[c.resource] {
			d := c.importIdentity(c.t.Context(), id)
			if !d.failed() || !c.state.IsNull() {
				c.t.Errorf("%q is imported: %s", id, d)
			}
			for _, text := range texts {
				if !d.has(text) {
					c.t.Errorf("%q: want %q in %s", id, text, d)
				}
			}
		}
	})
}

// TestIdentity_stored: a state from before there were identities, or of a CLI that knows none, gets one by its first
// read, a plan of it is what it was, and a CLI that drops it again is answered as before.
func TestIdentity_stored(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, api *emulator.Server, id string, config values) {
		if d := c.importID(c.t.Context(), id); len(d) > 0 {
			c.t.Fatal(d)
		}
		c.record(api, config)
		for range 2 {
			c.identity = nil
			if err := c.emptyPlan(c.t.Context(), config); err != nil { // without a refresh
				c.t.Error(err)
			}
			if err := c.empty(c.t.Context(), config); err != nil {
				c.t.Error(err)
			}
			if c.identity == nil { // that it is the right one is looked at after each operation
				c.t.Error("after a refresh there is no identity")
			}
		}
	})
}

// TestIdentity_gone: what is gone leaves the state without an error, with the identity and for a CLI without.
func TestIdentity_gone(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, api *emulator.Server, id string, _ values) {
		if d := c.importID(c.t.Context(), id); len(d) > 0 {
			c.t.Fatal(d)
		}
		state, identity := c.state, c.identity
		if err := api.Delete("default", "orders"); err != nil {
			c.t.Fatal(err)
		}
		for _, dependency := range api.Dependencies() {
			api.DeleteDependency(dependency.ID)
		}
		for _, stored := range []*tfprotov6.ResourceIdentityData{nil, identity} {
			c.state, c.identity = state, stored
			if d := c.refresh(c.t.Context()); len(d) > 0 || !c.state.IsNull() {
				c.t.Errorf("with the identity %v: %s", stored, d)
			}
		}
	})
}

// TestIdentity_notConfigured: a refresh by a provider that is not known yet warns, and leaves the state, whether or not
// there is an identity.
func TestIdentity_notConfigured(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, _ *emulator.Server, id string, _ values) {
		if d := c.importID(c.t.Context(), id); len(d) > 0 {
			c.t.Fatal(d)
		}
		typ := schemas().Provider.ValueType()
		block := object(c.t, typ.(tftypes.Object), values{"region": tftypes.UnknownValue})
		config, err := tfprotov6.NewDynamicValue(typ, block)
		if err != nil {
			c.t.Fatal(err)
		}
		c.server = provider.NewServer(c.t.Context(), "test", provider.WithEnvironment(func(string) string { return "" }))
		resp, err := c.server.ConfigureProvider(c.t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config})
		if err != nil || len(resp.Diagnostics) > 0 {
			c.t.Fatal(err, diagnostics(resp.Diagnostics))
		}
		for _, stored := range []*tfprotov6.ResourceIdentityData{nil, c.identity} {
			before := c.state
			c.identity = stored
			if d := c.refresh(c.t.Context()); d.failed() || len(d) != 1 || !c.state.Equal(before) {
				c.t.Errorf("with the identity %v: %s", stored, d)
			}
		}
	})
}

// TestIdentity_otherFunction: a function never becomes another one in place. Both ways say so.
func TestIdentity_otherFunction(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &wire{api: newAPI()}
		for _, options := range [][]provider.Option{nil, {provider.WithoutFastWay()}} {
			c := newCore(t, newServer(t, w, options...), functionType)
			given := values{
				"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
				"code": values{"inline": "def handler(event, context): pass"},
			}
			if d := c.apply(t.Context(), given); d.failed() {
				t.Fatal(d)
			}
			c.identity = identityOf(t, functionType, functionURN+"2")
			if d := c.refresh(t.Context()); !d.has("Unexpected Identity Change") {
				t.Errorf("the refresh says: %s", d)
			}
			if d := c.destroy(t.Context()); d.failed() {
				t.Fatal(d)
			}
		}
	})
}

// TestIdentity_release: the identity of a version changes with a release in place, and only with one that succeeds;
// that of its alias stays. A CLI without identities releases as before.
func TestIdentity_release(t *testing.T) {
	t.Parallel()
	for name, forgets := range map[string]bool{"kept": false, "unknown to the CLI": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				version := func(want string) {
					r.t.Helper()
					if got := identityValue(r.t, versionType, r.identity).String(); !strings.Contains(got, functionURN+":"+want+`"`) {
						r.t.Errorf("the identity is %s, want that of %s", got, want)
					}
					if forgets {
						r.identity = nil
					}
				}
				r.started(nil)
				version("v1")
				r.code("2")
				failing := r.config("2", values{"version": "v2", "digest": strings.Repeat("0", 128)})
				if d := r.apply(failing); !d.failed() {
					r.t.Error("other code than the guard's was published")
				}
				version("v1")
				if d := r.apply(r.config("2", values{"version": "v2"})); d.failed() {
					r.t.Fatal(d)
				}
				version("v2")
				for _, stored := range []*tfprotov6.ResourceIdentityData{
					r.identity, identityOf(r.t, versionType, functionURN+":v1"), // of before a release by a CLI without
				} {
					r.identity = stored
					if err := r.empty(r.t.Context(), r.config("2", values{"version": "v2"})); err != nil {
						r.t.Error(err)
					}
					version("v2")
				}
			})
		})
	}
}
