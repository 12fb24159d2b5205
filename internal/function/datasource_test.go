// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	lookupSource = "fgs_function"
	listSource   = "fgs_functions"
	ordersURN    = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"
)

// TestDataSource_validate: each rule refuses a value at its attribute and accepts its nearest neighbour. Nothing is
// requested.
func TestDataSource_validate(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		source, path, summary, says string
		bad, good                   attributes
	}{
		"nothing": {
			lookupSource, "", "Missing Function", "Either urn or name", attributes{"urn": ""},
			attributes{"name": acctest.Unknown},
		},
		"both": {
			lookupSource, "name", "Invalid Attribute Combination", "not both",
			attributes{"urn": ordersURN, "name": "orders"}, attributes{"urn": ordersURN, "name": "", "package": ""},
		},
		"package of a URN": {
			lookupSource, "package", "Invalid Attribute Combination", "package goes with name",
			attributes{"urn": ordersURN, "package": "default"}, attributes{"name": "orders", "package": "default"},
		},
		"URN of a version": {
			lookupSource, "urn", "Invalid Function URN", "as qualifier",
			attributes{"urn": ordersURN + ":v1"}, attributes{"urn": ordersURN, "qualifier": "v1"},
		},
		"no URN": {
			lookupSource, "urn", "Invalid Function URN", "expected 7 or 8", attributes{"urn": "orders"},
			attributes{"name": "orders"},
		},
		"name": {
			lookupSource, "name", summaryMatch, "begin with a letter", attributes{"name": "1a"}, attributes{"name": "a1"},
		},
		"package": {
			lookupSource, "package", summaryMatch, "letters, digits",
			attributes{"name": "a", "package": "x/y"}, attributes{"name": "a", "package": "x-y"},
		},
		"qualifier": {
			lookupSource, "qualifier", summaryMatch, "an alias",
			attributes{"name": "a", "qualifier": "!"}, attributes{"name": "a", "qualifier": "!prod"},
		},

		"package of a list": {
			listSource, "package", summaryMatch, "letters, digits", attributes{"package": "a.b"}, attributes{"package": "shop"},
		},
		"part of a name": {
			listSource, "name_contains", summaryMatch, "a part of a name", attributes{"name_contains": "a.b"},
			attributes{"name_contains": "-b"},
		},
		"part of a name too long": {
			listSource, "name_contains", summaryLength, "at most 60", attributes{"name_contains": strings.Repeat("a", 61)},
			attributes{"name_contains": strings.Repeat("a", 60)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			p := e.Protocol(t)
			expectOne(t, p.ValidateData(test.source, test.bad), "ERROR", test.path, test.summary, test.says)
			expectNone(t, p.ValidateData(test.source, test.good))
			expectSilence(t, e)
		})
	}
}

// TestDataSource_requests: what a read costs, and what it says of what is not there.
func TestDataSource_requests(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config        attributes
		fault         *emulator.Fault
		unlisted      bool // the region has no list of tags
		requests      []string
		path, summary string // "" for no error
		says          string
	}{
		"by name": {config: attributes{"name": "orders"}, requests: []string{"GetConfig"}},
		"by URN":  {config: attributes{"urn": ordersURN}, requests: []string{"GetConfig"}},
		"version": {config: attributes{"name": "orders", "qualifier": "v1"}, requests: []string{"GetConfig"}},
		"alias":   {config: attributes{"name": "orders", "qualifier": "!prod"}, requests: []string{"GetConfig"}},
		"tags":    {config: attributes{"name": "orders", "include_tags": true}, requests: []string{"GetConfig", "GetTags"}},
		"tags of a region without the call": {
			config:   attributes{"name": "orders", "include_tags": true},
			requests: []string{"GetConfig", "GetTags", "FilterResources"},
			fault:    &emulator.Fault{Op: "GetTags", Status: 404, Code: "APIGW.0101"},
		},
		"tags of a region without any call": {
			config:   attributes{"name": "orders", "include_tags": true},
			requests: []string{"GetConfig", "GetTags", "FilterResources"},
			fault:    &emulator.Fault{Op: "GetTags", Status: 404, Code: "APIGW.0101"},
			unlisted: true, path: "name", summary: "Unable to Read Function", says: "leave include_tags out",
		},
		"tags of a version": {
			config:   attributes{"name": "orders", "include_tags": true, "qualifier": "v1"},
			requests: []string{"GetConfig", "GetTags"},
		},
		"no function": {
			config: attributes{"name": "nobody"}, requests: []string{"GetConfig"},
			path: "name", summary: "Function Not Found", says: `There is no function "nobody" in package "default".`,
		},
		"no function in the package": {
			config: attributes{"name": "orders", "package": "shop"}, requests: []string{"GetConfig"},
			path: "name", summary: "Function Not Found", says: `There is no function "orders" in package "shop".`,
		},
		"no function of the URN": {
			config: attributes{"urn": ordersURN + "2"}, requests: []string{"GetConfig"},
			path: "urn", summary: "Function Not Found", says: "There is no function " + ordersURN + "2.",
		},
		"no version": {
			config: attributes{"name": "orders", "qualifier": "v2"}, requests: []string{"GetConfig"},
			path: "qualifier", summary: "Function Not Found",
			says: `There is no version "v2" of the function "orders" in package "default".`,
		},
		"no alias": {
			config: attributes{"name": "orders", "qualifier": "!v1"}, requests: []string{"GetConfig"},
			path: "qualifier", summary: "Function Not Found",
			says: `There is no alias "v1" of the function "orders" in package "default".`,
		},
		"another region": {
			config: attributes{"urn": strings.Replace(ordersURN, emulator.DefaultRegion, "moon", 1)},
			path:   "urn", summary: "Unable to Read Function", says: "Use a provider configuration (an alias) for that region.",
		},
		"refused": {
			config: attributes{"name": "orders"}, requests: []string{"GetConfig"},
			fault: &emulator.Fault{Op: "GetConfig", Status: 403, Code: "FSS.0403"},
			path:  "name", summary: "Unable to Read Function", says: "permissions of the provider's user",
		},
		"tags lost": {
			config: attributes{"name": "orders", "include_tags": true}, requests: []string{"GetConfig", "GetTags"},
			fault: &emulator.Fault{Op: "GetTags", Status: 404, Code: "FSS.1051"},
			path:  "name", summary: "Unable to Read Function", says: "its tags were not found",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoFilterResources = test.unlisted }))
			e.Emulator.Put(emulator.Function{Name: "orders"})
			publish(t, e, "v1")
			if err := e.Emulator.PutAlias("default", "orders", "prod", "v1", nil); err != nil {
				t.Fatal(err)
			}
			if test.fault != nil {
				e.Emulator.Inject(*test.fault)
			}
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			got := p.ReadData(lookupSource, test.config)
			if test.summary == "" {
				expectNone(t, got)
			} else {
				expectOne(t, got, "ERROR", test.path, test.summary, test.says)
			}
			expectRequests(t, e, test.requests...)
		})
	}
}

func publish(t *testing.T, e *acctest.Env, version string) {
	t.Helper()
	if err := e.Emulator.Publish("default", "orders", version, ""); err != nil {
		t.Fatal(err)
	}
}

func expectRequests(t *testing.T, e *acctest.Env, want ...string) {
	t.Helper()
	var got []string
	for _, r := range e.Emulator.Requests() {
		got = append(got, r.Op)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("requests were %v, want %v", got, want)
	}
}

// TestDataSource_withoutRegion: the URN then comes from the list of functions.
func TestDataSource_withoutRegion(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, acctest.WithVariable("HW_REGION_NAME", ""))
	e.Emulator.Put(emulator.Function{Name: "orders"})
	p := e.Protocol(t)
	expectNone(t, p.Configure(nil))
	expectNone(t, p.ReadData(lookupSource, attributes{"name": "orders"}))
	expectRequests(t, e, "ListFunctions", "GetConfig")
	e.Emulator.ResetRequests()
	expectOne(t, p.ReadData(lookupSource, attributes{"name": "order"}), "ERROR", "name", "Function Not Found",
		`There is no function "order" in package "default".`)
	expectRequests(t, e, "ListFunctions")
}

// TestAccDataSource reads a function that Terraform manages, a version of it and an alias: what is read is what the
// resource says.
func TestAccDataSource(t *testing.T) {
	t.Parallel()
	e := acctest.New(t, withoutOwnLogs)
	managed := function(`
  description    = "of the shop"
  code           = { inline = "print()" }
  agency         = "functions"
  user_data      = { STAGE = "test" }
  vpc            = { vpc_id = "vpc-1", subnet_id = "subnet-1" }
  encrypted_user_data = { PASSWORD = "canary", KEY = "canary" }
  tags           = { team = "shop" }
`)
	read := func(label, attributes string) string {
		return fmt.Sprintf("\ndata \"fgs_function\" %q {\n  %s\n}\n", label, attributes)
	}
	at := func(label, attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.fgs_function."+label, tfjsonpath.New(attribute), check)
	}
	exact := knownvalue.StringExact
	config := managed + read("test", "urn = fgs_function.test.urn\n  include_tags = true") + `
output "differences" {
  value = [for name in ["id", "urn", "name", "package", "type", "runtime", "handler", "timeout", "memory_size", "cpu",
    "description", "digest", "code_size", "code_filename", "code_type", "agency", "user_data", "vpc", "enabled",
    "last_modified", "project_id", "region", "enterprise_project_id", "tags", "max_instance_num", "concurrency_num"] :
    name if jsonencode(fgs_function.test[name]) != jsonencode(data.fgs_function.test[name])]
}
`
	qualified := managed + read("version", "name = \"orders\"\n  qualifier = \"v1\"") +
		read("alias", "name = \"orders\"\n  qualifier = \"!prod\"")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownOutputValue("differences", knownvalue.TupleExact(nil)),
					at("test", "version", exact("latest")), at("test", "qualified_urn", exact(ordersURN+":latest")),
					at("test", "encrypted_user_data_names", knownvalue.SetExact([]knownvalue.Check{exact("KEY"), exact("PASSWORD")})),
					at("test", "image", knownvalue.Null()), at("test", "obs_url", knownvalue.Null()),
					at("test", "log", knownvalue.Null()),
				},
			},
			{
				PreConfig: func() {
					publish(t, e, "v1")
					if err := e.Emulator.PutAlias("default", "orders", "prod", "v1", nil); err != nil {
						t.Fatal(err)
					}
				},
				Config: qualified,
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{
					plancheck.ExpectEmptyPlan(),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					at("version", "urn", exact(ordersURN)), at("version", "version", exact("v1")),
					at("version", "tags", knownvalue.Null()),
					at("version", "qualified_urn", exact(ordersURN+":v1")),
					at("alias", "urn", exact(ordersURN)), at("alias", "version", exact("v1")),
					at("alias", "qualified_urn", exact(ordersURN+":!prod")),
				},
			},
		},
	})
}

// TestAccDataSource_list: all pages are read, whatever their number, and the rows come in a stable order.
func TestAccDataSource_list(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	const many = 401 // one more than a page has
	for i := range many {
		e.Emulator.Put(emulator.Function{Name: fmt.Sprintf("f%03d", many-i)})
	}
	disabled := emulator.Function{Name: "orders", Package: "shop"}
	disabled.Runtime, disabled.Description = "Go1.x", "of the shop"
	e.Emulator.Put(disabled)
	if err := e.Emulator.Edit("shop", "orders", func(f *emulator.Function) { f.Concurrency = 0 }); err != nil {
		t.Fatal(err)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories,
		Steps: []resource.TestStep{{
			Config: `
data "fgs_functions" "all" {}
data "fgs_functions" "shop" { package = "shop" }
data "fgs_functions" "go" { runtime = "Go1.x" }
data "fgs_functions" "part" { name_contains = "f00" }
data "fgs_functions" "none" { name_contains = "F00" }
output "all" {
  value = [length(data.fgs_functions.all.functions), data.fgs_functions.all.functions[0].name,
    data.fgs_functions.all.functions[401].name]
}
output "same" { value = data.fgs_functions.shop.functions == data.fgs_functions.go.functions }
output "part" { value = join(",", data.fgs_functions.part.functions[*].name) }
output "none" { value = length(data.fgs_functions.none.functions) }
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("all", knownvalue.TupleExact([]knownvalue.Check{
					knownvalue.Int64Exact(many + 1), knownvalue.StringExact("f001"), knownvalue.StringExact("orders"),
				})),
				statecheck.ExpectKnownOutputValue("same", knownvalue.Bool(true)),
				statecheck.ExpectKnownOutputValue("part", knownvalue.StringExact("f001,f002,f003,f004,f005,f006,f007,f008,f009")),
				statecheck.ExpectKnownOutputValue("none", knownvalue.Int64Exact(0)),
				statecheck.ExpectKnownValue("data.fgs_functions.shop", tfjsonpath.New("functions").AtSliceIndex(0),
					knownvalue.ObjectPartial(map[string]knownvalue.Check{
						"urn":     knownvalue.StringExact(strings.Replace(ordersURN, "default", "shop", 1)),
						"package": knownvalue.StringExact("shop"), "runtime": knownvalue.StringExact("Go1.x"),
						"handler": knownvalue.StringExact("index.handler"), "timeout": knownvalue.Int64Exact(3),
						"memory_size": knownvalue.Int64Exact(128), "description": knownvalue.StringExact("of the shop"),
						"enabled": knownvalue.Bool(false),
					})),
			},
		}},
	})
}

// TestDataSource_listRequests: a page is a request, and there are 400 functions on one.
func TestDataSource_listRequests(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		functions int
		config    attributes
		requests  []string
	}{
		{0, attributes{}, []string{"ListFunctions"}},
		{400, attributes{}, []string{"ListFunctions"}},
		{401, attributes{"package": "default", "runtime": "Python3.9"}, []string{"ListFunctions", "ListFunctions"}},
		{401, attributes{"name_contains": "1"}, []string{"ListFunctions"}},
	} {
		t.Run(fmt.Sprint(test.functions, test.config), func(t *testing.T) {
			t.Parallel()
			e := acctest.New(t)
			for i := range test.functions {
				e.Emulator.Put(emulator.Function{Name: fmt.Sprintf("f%d", i)})
			}
			p := e.Protocol(t)
			expectNone(t, p.Configure(nil))
			expectNone(t, p.ReadData(listSource, test.config))
			expectRequests(t, e, test.requests...)
		})
	}
	t.Run("refused", func(t *testing.T) {
		t.Parallel()
		e := acctest.New(t)
		e.Emulator.Inject(emulator.Fault{Op: "ListFunctions", Status: 403, Code: "FSS.0403"})
		p := e.Protocol(t)
		expectNone(t, p.Configure(nil))
		expectOne(t, p.ReadData(listSource, attributes{}), "ERROR", "", "Unable to Read Functions",
			"permissions of the provider's user")
	})
}

// TestAccDataSource_foreign reads what somebody else deployed: code that lies elsewhere, logging, a disabled function.
func TestAccDataSource_foreign(t *testing.T) {
	t.Parallel()
	e := acctest.New(t)
	image := emulator.Function{Name: "image"}
	image.CodeType, image.Runtime, image.Handler = "Custom-Image-Swr", "Custom Image", "-"
	image.CustomImage = &emulator.CustomImage{Enabled: true, Image: testImage}
	image.EnableLTSLog, image.LogConfig = true, &emulator.LogConfig{GroupID: "group-1", StreamID: "stream-1"}
	object := emulator.Function{Name: "object"}
	object.CodeType, object.CodeURL = "obs", "https://shop.obs.cn-north-4.myhuaweicloud.com/orders.zip"
	e.Emulator.Put(image)
	e.Emulator.Put(object)
	if err := e.Emulator.Edit("default", "object", func(f *emulator.Function) { f.Concurrency = 0 }); err != nil {
		t.Fatal(err)
	}
	at := func(label, attribute string, check knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.fgs_function."+label, tfjsonpath.New(attribute), check)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: e.Factories,
		Steps: []resource.TestStep{{
			Config: `
data "fgs_function" "image" { name = "image" }
data "fgs_function" "object" { name = "object" }
`,
			ConfigStateChecks: []statecheck.StateCheck{
				at("image", "image", knownvalue.StringExact(testImage)), at("image", "obs_url", knownvalue.Null()),
				at("image", "runtime", knownvalue.StringExact("Custom Image")), at("image", "enabled", knownvalue.Bool(true)),
				at("image", "code_type", knownvalue.StringExact("Custom-Image-Swr")),
				at("image", "log", knownvalue.ObjectExact(map[string]knownvalue.Check{
					"group_id": knownvalue.StringExact("group-1"), "stream_id": knownvalue.StringExact("stream-1"),
					"custom_tags": knownvalue.Null(),
				})),
				at("object", "obs_url", knownvalue.StringExact(object.CodeURL)), at("object", "image", knownvalue.Null()),
				at("object", "enabled", knownvalue.Bool(false)), at("object", "max_instance_num", knownvalue.Int64Exact(0)),
				at("object", "log", knownvalue.Null()), at("object", "is_stateful_function", knownvalue.Bool(false)),
			},
		}},
	})
}
