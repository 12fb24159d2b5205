// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// listBlocks are what finds the objects of identifiable, and their names in a list.
var listBlocks = map[string]struct {
	config values
	name   string
}{
	functionType:   {values{"name_prefix": "ord"}, "orders"},
	versionType:    {values{"function_urn": functionURN}, "orders v1"},
	aliasType:      {values{"function_urn": functionURN}, "orders stable"},
	triggerType:    {values{"type": "TIMER"}, "TIMER nightly of default:orders:!stable"},
	dependencyType: {values{"name_prefix": "libs"}, "libs/1"},
}

// TestList_schema: the resources can be listed, and each attribute of a list block says what it is.
func TestList_schema(t *testing.T) {
	t.Parallel()
	for resource := range listBlocks {
		schema := schemas().ListResourceSchemas[resource]
		if schema == nil || schema.Block.Description == "" {
			t.Errorf("%s has no list, or none that says what it is", resource)
			continue
		}
		for _, a := range schema.Block.Attributes {
			if a.Description == "" || a.Required == a.Optional {
				t.Errorf("%s: %+v", resource, a)
			}
		}
	}
}

// TestList: a list gives the identities, by one or two requests; with the objects each is what an import by its
// identity gives, and the configuration that is generated of it is valid and changes nothing.
func TestList(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, api *emulator.Server, id string, _ values) {
		block, ok := listBlocks[c.resource]
		if !ok {
			return
		}
		if d := c.validateList(c.t.Context(), block.config); len(d) > 0 {
			c.t.Error(d)
		}
		byID := newCore(c.t, c.server, c.resource)
		if d := byID.importID(c.t.Context(), id); len(d) > 0 {
			c.t.Fatal(d)
		}
		for _, include := range []bool{false, true} {
			api.ResetRequests()
			found, d := c.list(c.t.Context(), listing{config: block.config, include: include})
			if len(d) > 0 || len(found) != 1 || found[0].name != block.name {
				c.t.Fatalf("found %v: %s", found, d)
			}
			if n := len(api.Requests()); !include && n > 2 {
				c.t.Errorf("%d requests for one identity", n)
			}
			want := identityValue(c.t, c.resource, identityOf(c.t, c.resource, id))
			if got := identityValue(c.t, c.resource, found[0].identity); !got.Equal(want) {
				c.t.Errorf("the identity is %s", got)
			}
			if include && !found[0].state.Equal(byID.state) {
				c.t.Errorf("-imported +listed:%s", valueDiff(byID.state, found[0].state))
			}
		}
		if err := byID.planGenerated(c.t.Context()); err != nil {
			c.t.Error(err)
		}
	})
}

// TestList_filters: what a list block asks for, and nothing else, whatever the service makes of the filter.
func TestList_filters(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		api := r.wire.api
		for _, f := range []emulator.Function{
			{Name: "my-orders", Settings: emulator.Settings{Runtime: "Python3.9"}},
			{Name: "orders", Package: "shop", Settings: emulator.Settings{Runtime: "Java11", Handler: "a.B.c"}},
		} {
			api.Put(f)
		}
		for n, version := range []string{"v1", "v2"} {
			if d := errorOf(api.Publish("default", "orders", version, ""),
				api.PutAlias("default", "orders", fmt.Sprint("a", n), version, nil)); d != nil {
				r.t.Fatal(d)
			}
			r.code(version)
		}
		for _, trigger := range []emulator.Trigger{
			{ID: "t-1", Type: "TIMER", Qualifier: "!a0", EventData: timer("one")},
			{ID: "t-2", Type: "TIMER", EventData: timer("two")},
			{ID: "t-3", Type: "OBS", EventData: map[string]any{"bucket": "b", "events": []any{"ObjectCreated"}}},
		} {
			if err := api.PutTrigger("default", "orders", trigger); err != nil {
				r.t.Fatal(err)
			}
		}
		for _, name := range []string{"libs", "libs", "more"} {
			api.AddDependency(emulator.Dependency{Name: name, Runtime: "Python3.9", Content: []byte(name)})
		}
		for _, test := range []struct {
			resource string
			config   values
			want     string
		}{
			{functionType, nil, "my-orders, orders, shop/orders"},
			{functionType, values{"name_prefix": "orders"}, "orders, shop/orders"},
			{functionType, values{"package": "default"}, "my-orders, orders"},
			{functionType, values{"runtime": "Java11"}, "shop/orders"},
			{functionType, values{"name_prefix": "none"}, ""},
			{versionType, values{"function_urn": functionURN}, "orders v1, orders v2"},
			{versionType, values{"function_urn": functionURN, "newest_only": true}, "orders v2"},
			{aliasType, values{"function_urn": functionURN}, "orders a0, orders a1"},
			{aliasType, values{"function_urn": functionURN, "version": "v2"}, "orders a1"},
			{triggerType, nil, "OBS t-3 of default:orders, TIMER one of default:orders:!a0, TIMER two of default:orders"},
			{triggerType, values{"type": "OBS"}, "OBS t-3 of default:orders"},
			{triggerType, values{"function_urn": functionURN, "type": "TIMER"}, "TIMER two of default:orders"},
			{triggerType, values{"function_urn": functionURN + ":!a0"}, "TIMER one of default:orders:!a0"},
			{dependencyType, values{"name_prefix": "l"}, "libs/1, libs/2"},
			{dependencyType, values{"name_prefix": "l", "newest_only": true}, "libs/2"},
			{dependencyType, values{"runtime": "Python3.9", "name_prefix": "more"}, "more/1"},
		} {
			found, d := newCore(r.t, newServer(r.t, r.wire), test.resource).list(r.t.Context(), listing{config: test.config})
			if got := strings.Join(namesOf(found), ", "); got != test.want || len(d) > 0 {
				r.t.Errorf("%s %v: found %q, want %q: %s", test.resource, test.config, got, test.want, d)
			}
		}
	})
}

func timer(name string) map[string]any {
	return map[string]any{"name": name, "schedule_type": "Rate", "schedule": "1d"}
}

// namesOf are the names of what was found, in order.
func namesOf(found []foundObject) (names []string) {
	for _, one := range found {
		names = append(names, one.name)
	}
	slices.Sort(names)
	return names
}

func errorOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestList_refused: what is wrong with a list block is said at its attribute, before anything is asked or by what the
// service says.
func TestList_refused(t *testing.T) {
	t.Parallel()
	eachIdentified(t, func(c *core, api *emulator.Server, _ string, _ values) {
		for _, test := range map[string][]struct {
			config     values
			path, text string
		}{
			functionType: {{values{"package": ""}, "package", "at least 1"}},
			versionType: {
				{values{"function_urn": functionURN + ":v1"}, "function_urn", "of a function"},
				{values{"function_urn": "orders"}, "function_urn", "it has 1 field,"},
			},
			aliasType:      {{values{"function_urn": functionURN, "version": ""}, "version", "at least 1"}},
			triggerType:    {{values{"type": "timer"}, "type", "capital letters"}, {values{"function_urn": "x"}, "function_urn", "1 field,"}},
			dependencyType: {{values{"name_prefix": ""}, "name_prefix", "at least 1"}},
		}[c.resource] {
			d := c.validateList(c.t.Context(), test.config)
			if d.errors() != 1 || !d.has(test.text) || d[0].Attribute.String() != `AttributeName("`+test.path+`")` {
				c.t.Errorf("%v: want %q at %s: %s", test.config, test.text, test.path, d)
			}
		}
		if _, ok := listBlocks[c.resource]; !ok {
			return
		}
		api.ResetRequests()
		none := strings.Replace(functionURN, "orders", "none", 1)
		if config := listBlocks[c.resource].config; config["function_urn"] != nil || c.resource == triggerType {
			_, d := c.list(c.t.Context(), listing{config: config.with(values{"function_urn": none})})
			if d.errors() != 1 || !d.has("There is no") || !strings.Contains(d[0].Attribute.String(), "function_urn") {
				c.t.Errorf("of a function that is not there: %s", d)
			}
		}
	})
}

// TestList_triggers: of each type, what is generated from an import is valid without its secret, and changes nothing.
func TestList_triggers(t *testing.T) {
	t.Parallel()
	for name, trigger := range map[string]emulator.Trigger{
		"timer, JSON": {Type: "TIMER", EventData: map[string]any{
			"name": "n", "schedule_type": "Cron", "schedule": "@every 3m", "user_event": `{ "b": [1.50], "a": "<x>" }`,
		}},
		"timer, off": {Type: "TIMER", Status: "DISABLED", EventData: timer("n")},
		"obs": {Type: "OBS", EventData: map[string]any{
			"bucket": "b", "events": []any{"s3:ObjectCreated:Put"}, "prefix": "p", "suffix": "s",
		}},
		"smn": {Type: "SMN", EventData: map[string]any{"topic_urn": "urn:smn:a:b:c"}},
		"lts": {Type: "LTS", EventData: map[string]any{"log_group_id": "g", "log_topic_id": "s"}},
		"dds": {Type: "DDS", EventData: map[string]any{
			"instance_id": "i", "db_name": "d", "collection_name": "c", "batch_size": 10, "db_password": "secret",
		}},
		"kafka": {Type: "KAFKA", EventData: map[string]any{
			"instance_id": "i", "topic_ids": []any{"t"}, "batch_size": 10, "kafka_user": "u", "kafka_password": "secret",
			"kafka_ssl_enable": true,
		}},
		"rabbitmq": {Type: "RABBITMQ", EventData: map[string]any{
			"instance_id": "i", "exchange_name": "e", "batch_size": 10, "access_user": "u", "access_password": "secret",
		}},
		"rocketmq": {Type: "ROCKETMQ", EventData: map[string]any{
			"instance_id": "i", "batch_size": 10, "access_key": "u", "secret_key": "secret", "enable_acl": true,
		}},
		"apig": {Type: "APIG", EventData: map[string]any{
			"name": "n", "group_id": "g", "path": "/p", "auth": "NONE", "protocol": "HTTPS", "req_method": "GET",
			"match_mode": "SWA", "env_id": "e", "env_name": "RELEASE", "type": 1,
			"func_info": map[string]any{"timeout": 5000, "invocation_type": "sync"},
		}},
		"other": {Type: "APIC", EventData: map[string]any{"z": map[string]any{"b": 1, "a": []any{"x"}}, "password": "secret"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				trigger.ID = timerID
				if err := r.wire.api.PutTrigger("default", "orders", trigger); err != nil {
					r.t.Fatal(err)
				}
				c := newCore(r.t, newServer(r.t, r.wire), triggerType)
				found, d := c.list(r.t.Context(), listing{include: true})
				if len(found) != 1 || len(d) > 0 {
					r.t.Fatalf("found %v: %s", found, d)
				}
				if d := c.importID(r.t.Context(), functionURN+"/"+trigger.Type+"/"+timerID); d.failed() {
					r.t.Fatal(d)
				}
				if !found[0].state.Equal(c.state) || strings.Contains(c.state.String(), "secret\"") {
					r.t.Errorf("-imported +listed:%s\n%s", valueDiff(c.state, found[0].state), c.state)
				}
				if err := c.planGenerated(r.t.Context()); err != nil {
					r.t.Error(err)
				}
			})
		})
	}
}

// TestList_pages: a list of many functions is read page by page, as far as it is wanted.
func TestList_pages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &wire{api: newAPI(func(s *emulator.Switches) { s.FunctionQuota = 0 })}
		for n := range 900 {
			w.api.Put(emulator.Function{Name: fmt.Sprint("f", n)})
		}
		c := newCore(t, newServer(t, w), functionType)
		for _, test := range []struct {
			block       listing
			found, asks int
		}{
			{listing{}, 900, 3},
			{listing{limit: 5}, 5, 1},
			{listing{limit: 400}, 400, 1},
			{listing{limit: 401}, 401, 2},
			{listing{config: values{"name_prefix": "f9"}}, 11, 1}, // the service looks for it
			{listing{limit: 2, include: true, config: values{"name_prefix": "f1"}}, 2, 1},
		} {
			w.api.ResetRequests()
			found, d := c.list(t.Context(), test.block)
			lists, reads := w.api.Count("ListFunctions"), w.api.Count("GetConfig")
			if len(found) != test.found || lists != test.asks || len(d) > 0 || !test.block.include && reads > 0 {
				t.Errorf("%v: found %d by %d lists and %d reads: %s", test.block, len(found), lists, reads, d)
			}
		}
		w.api.ResetRequests()
		for range c.results(t.Context(), listing{}).Results {
			break // a CLI that wants no more
		}
		if n := len(w.api.Requests()); n != 1 {
			t.Errorf("%d requests for one object", n)
		}
	})
}

// TestList_oneFails: an object that cannot be read is a warning, and does not end the list; one that has gone since it
// was listed is no object any more; a list that fails is an error, behind what it had given.
func TestList_oneFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &wire{api: newAPI()}
		for _, name := range []string{"one", "two", "three"} {
			w.api.Put(emulator.Function{Name: name})
		}
		c := newCore(t, newServer(t, w), functionType)
		w.bend = func(_ int, r *http.Request, resp reply) {
			if strings.Contains(r.URL.Path, ":two") {
				resp.forbid()
			}
		}
		found, d := c.list(t.Context(), listing{include: true})
		if got := fmt.Sprint(namesOf(found)); got != "[one three]" || d.failed() || len(d) != 1 ||
			!d.has("two is there, but could not be read.") || !d.has("FSS.0403") {
			t.Errorf("found %s: %s", got, d)
		}
		w.bend = func(_ int, r *http.Request, _ reply) {
			if strings.HasSuffix(r.URL.Path, "/functions") {
				_ = w.api.Delete("default", "two")
			}
		}
		found, d = c.list(t.Context(), listing{include: true})
		if got := fmt.Sprint(namesOf(found)); got != "[one three]" || len(d) > 0 {
			t.Errorf("found %s: %s", got, d)
		}
		w.bend = func(_ int, r *http.Request, resp reply) {
			if strings.HasSuffix(r.URL.Path, "/functions") {
				resp.forbid()
			}
		}
		if found, d = c.list(t.Context(), listing{}); len(found) > 0 || d.errors() != 1 ||
			!d.has("Unable to List Functions") || !d.has("FSS.0403") {
			t.Errorf("found %v: %s", found, d)
		}
	})
}

// TestList_panic: a defect is an error of the list, and of no more.
func TestList_panic(t *testing.T) {
	t.Parallel()
	w := &wire{api: newAPI()}
	w.api.Put(emulator.Function{Name: "one"})
	for name, when := range map[string]func(r *http.Request) bool{
		"in the list": func(*http.Request) bool { return true },
		"in a read":   func(r *http.Request) bool { return !strings.HasSuffix(r.URL.Path, "/functions") },
	} {
		c := newCore(t, newServer(t, &panicking{next: w, when: when}), functionType)
		_, d := c.list(t.Context(), listing{include: true})
		if len(d) != 1 || !d.has("Provider Panic") || d.has("s3cret") {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestList_notConfigured: without a provider that is configured nothing is listed, which is an error.
func TestList_notConfigured(t *testing.T) {
	t.Parallel()
	c := newCore(t, provider.NewServer(t.Context(), "test",
		provider.WithEnvironment(func(string) string { return "" })), functionType)
	configureUnknown(c)
	for resource, block := range listBlocks {
		c := newCore(t, c.server, resource)
		if found, d := c.list(t.Context(), listing{config: block.config}); len(found) > 0 || d.errors() != 1 ||
			!d.has("Provider Configuration Not Known Yet") {
			t.Errorf("%s: found %v: %s", resource, found, d)
		}
	}
}

// configureUnknown configures a provider whose region is not known yet.
func configureUnknown(c *core) {
	c.t.Helper()
	typ := schemas().Provider.ValueType()
	block := object(c.t, typ.(tftypes.Object), values{"region": tftypes.UnknownValue})
	config, err := tfprotov6.NewDynamicValue(typ, block)
	if err != nil {
		c.t.Fatal(err)
	}
	resp, err := c.server.ConfigureProvider(c.t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config})
	if err != nil || len(resp.Diagnostics) > 0 {
		c.t.Fatal(err, diagnostics(resp.Diagnostics))
	}
}

// forbid makes an answer a refusal.
func (r reply) forbid() {
	const refusal = `{"error_code":"FSS.0403","error_msg":"not you"}`
	r.StatusCode, r.Status = http.StatusForbidden, "403 Forbidden"
	r.Body, r.ContentLength = io.NopCloser(strings.NewReader(refusal)), int64(len(refusal))
}
