// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// blanks are configurations with all objects that have texts which may be left out, and are right without them.
func blanks() (resources, sources map[string][]fields) {
	const urn = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
	function := func(more fields) fields {
		out := fields{"name": "orders", "runtime": "Custom", "handler": "bootstrap", "timeout": 3, "memory_size": 128,
			"code": fields{"inline": "#"}}
		maps.Copy(out, more)
		return out
	}
	trigger := func(kind string, members fields) fields { return fields{"function_urn": urn, kind: members} }
	return map[string][]fields{
			"fgs_function": {
				function(nil),
				function(fields{
					"agency": "a", "vpc": fields{}, "initializer": fields{}, "pre_stop": fields{}, "restore_hook": fields{},
					"gpu": fields{}, "log": fields{}, "domain_names": []any{fields{}},
					"network_controller": fields{"trigger_access_vpcs": []any{fields{}}},
					"mount_config":       fields{"mounts": []any{fields{}}}, "image_config": fields{},
				}),
			},
			"fgs_function_version":           {fields{"function_urn": urn}},
			"fgs_function_event":             {fields{"function_urn": urn, "name": "e", "content": "{}"}},
			"fgs_reserved_instances":         {fields{"function_urn": urn + ":v1", "min_count": 1}},
			"fgs_async_invoke_configuration": {fields{"function_urn": urn}},
			"fgs_function_alias": {
				fields{"function_urn": urn, "name": "a", "version": "latest", "additional_version": fields{}},
			},
			"fgs_invocation":         {fields{"function_urn": urn + ":v1"}},
			"fgs_dependency_version": {fields{"name": "libs", "runtime": "Python3.9", "code": fields{"zip_file": "a.zip"}}},
			"fgs_function_trigger": {
				trigger("timer", fields{"name": "n", "rate": "1d"}),
				trigger("timer", fields{"name": "n", "cron": "0 0 3 * * *"}),
				trigger("apig", fields{"name": "n", "group_id": "g", "path": "/", "auth": "IAM"}),
				trigger("obs", fields{"bucket": "b", "events": []any{"ObjectCreated"}}),
				trigger("dds", fields{
					"instance_id": "i", "db_name": "d", "collection_name": "c", "batch_size": 1, "password": "p",
				}),
				trigger("kafka", fields{"instance_id": "i", "topic_ids": []any{"t"}, "batch_size": 1}),
				trigger("rabbitmq", fields{"instance_id": "i", "exchange_name": "e", "batch_size": 1, "password": "p"}),
				trigger("rocketmq", fields{"instance_id": "i", "batch_size": 1}),
				trigger("eventgrid", fields{}),
				trigger("other", fields{"type": "DMS", "data": "{}"}),
			},
		}, map[string][]fields{
			"fgs_function":           {fields{"name": "orders"}, fields{"urn": urn}},
			"fgs_functions":          {fields{}},
			"fgs_function_versions":  {fields{"name": "orders"}, fields{"function_urn": urn}},
			"fgs_function_aliases":   {fields{"name": "orders"}, fields{"function_urn": urn}},
			"fgs_function_triggers":  {fields{}},
			"fgs_dependency_version": {fields{"name": "libs"}},
			"fgs_dependencies":       {fields{}},
			"fgs_trigger_types":      {fields{}},
			"fgs_quotas":             {fields{}},
			"fgs_runtimes":           {fields{}},
			"fgs_reserved_instances": {fields{"name": "orders"}, fields{"function_urn": urn}},
		}
}

// notBlank are the texts that may be left out, but not be empty: others read them as they are configured, or an empty
// one may be meant.
var notBlank = []string{
	"fgs_function.runtime", "fgs_function.handler", "fgs_function_version.version",
	`fgs_function.image_config.command[""]`, `fgs_function.image_config.args[""]`,
}

// TestBlank: an empty text means the same as leaving it out, for each text that may be left out, of each resource and
// data source: modules pass "" for what is not wanted. Those that cannot be empty are refused before anything is sent.
func TestBlank(t *testing.T) {
	t.Parallel()
	server := provider.NewServer(t.Context(), "test")
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	p := acctest.New(t).Protocol(t)
	resources, sources := blanks()
	check := func(name string, schema *tfprotov6.Schema, configs []fields, validate func(fields) acctest.Diagnostics) {
		if len(configs) == 0 {
			t.Errorf("%s: a new one needs its rows in blanks", name)
		}
		for _, config := range configs {
			if diags := validate(config); len(diags) > 0 {
				t.Errorf("%s: %v: %s", name, config, diags)
			}
			for _, blank := range blanked(config, schema.Block.Attributes) {
				diags := validate(blank.config)
				if diags.Failed() != slices.Contains(notBlank, name+"."+blank.path) {
					t.Errorf("%s.%s: %s", name, blank.path, diags)
				}
			}
		}
	}
	for name, schema := range schemas.ResourceSchemas {
		check(name, schema, resources[name], func(c fields) acctest.Diagnostics { return p.Validate(name, c) })
	}
	for name, schema := range schemas.DataSourceSchemas {
		check(name, schema, sources[name], func(c fields) acctest.Diagnostics { return p.ValidateData(name, c) })
	}
}

//go:embed testdata/blank.tf
var blankConfig string

// TestAccBlank: what is passed as "" is as if it were left out: nothing is changed after it was made, and the next
// plan is empty.
func TestAccBlank(t *testing.T) {
	t.Parallel()
	switches := acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions, s.TriggerDelay = false, 0 })
	e := acctest.New(t, switches)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
		Steps: []resource.TestStep{{
			Config: blankConfig,
			Check: resource.ComposeAggregateTestCheckFunc(
				func(*terraform.State) error {
					if n := e.Emulator.Count("UpdateConfig", "UpdateAlias", "UpdateTrigger", "UpdateCode"); n > 0 {
						return fmt.Errorf("%d calls change what was just made", n)
					}
					return nil
				},
				resource.TestCheckOutput("found", "default 1 1 3"),
			),
		}},
	})
}

type blanking struct {
	path   string
	config fields
}

// blanked are copies of a configuration with "" for one text that may be left out and is: its own, and those of the
// objects that it has.
func blanked(config fields, attributes []*tfprotov6.SchemaAttribute) (out []blanking) {
	for _, a := range attributes {
		if isRefused(a) {
			continue
		}
		value, given := config[a.Name]
		put := func(path string, value any) {
			changed := maps.Clone(config)
			changed[a.Name] = value
			out = append(out, blanking{a.Name + path, changed})
		}
		switch {
		case a.NestedType != nil && given:
			members, isObject := value.(fields)
			list, _ := value.([]any)
			if !isObject {
				members, _ = list[0].(fields)
			}
			for _, inner := range blanked(members, a.NestedType.Attributes) {
				if isObject {
					put("."+inner.path, inner.config)
				} else {
					put("."+inner.path, []any{inner.config})
				}
			}
		case a.Optional && !given && a.NestedType == nil && tftypes.String.Equal(a.Type):
			put("", "")
		case a.Optional && !given && a.NestedType == nil && elementsAreTexts(a.Type):
			put(`[""]`, []any{""})
		}
	}
	return out
}

func elementsAreTexts(typ tftypes.Type) bool {
	return tftypes.List{ElementType: tftypes.String}.Equal(typ) || tftypes.Set{ElementType: tftypes.String}.Equal(typ)
}
