// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http/httptest"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const comingFolder = "guides/coming-from-huaweicloud/"

// comingRun is a project of the huaweicloud provider on its way here, and back.
type comingRun struct {
	*testing.T
	c   *exampleCLI
	env *acctest.Env
}

// comingGuide lives through the guide "Coming from the huaweicloud provider", and compares what the CLI says with what
// the guide quotes. Nothing of it changes the function.
func comingGuide(t *testing.T, provider string) {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	old := madeBefore(t, api)
	environment := map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, // the emulator's clock stands still: signatures would be too young
	}
	alone := newExampleCLI(t, provider, environment).env // without the old provider
	environment["TF_REATTACH_PROVIDERS"] = serveOldProvider(t, old["huaweicloud_fgs_function"])
	g := comingRun{t, newExampleCLI(t, provider, environment), &acctest.Env{Emulator: api, URL: server.URL}}
	g.c.write("terraform.tfstate", oldStateFile(t, old))

	g.refuses()
	// The function moves, which needs the old provider. Its trigger stays, and is not replaced.
	g.place("moved.tf", "providers.tf")
	reattached := g.c.env
	g.c.env = alone
	g.c.run(1, "plan")
	g.c.env = reattached
	g.plan("moved")
	g.apply()
	// So do versions and aliases, by import, and the trigger.
	g.place("moved.tf", "providers.tf", "releases.tf")
	g.without("moved.tf", `resource "huaweicloud_fgs_function_trigger"`)
	g.c.write("trigger.tf", exampleFile(t, comingFolder+"trigger.tf"))
	g.plan("releases")
	g.apply()
	g.holds("fgs_function.orders", "fgs_function_alias.live", "fgs_function_trigger.nightly",
		"fgs_function_version.orders")

	// The old provider can go.
	g.place("function.tf", "releases.tf")
	g.c.write("trigger.tf", withoutMoved(exampleFile(t, comingFolder+"trigger.tf")))
	g.c.env = alone
	g.c.run(0, "plan", "-detailed-exitcode")

	// Back, and by removed and import here again. What belongs to the function is forgotten before.
	g.c.env = reattached
	for _, address := range []string{
		"fgs_function_alias.live", "fgs_function_version.orders", "fgs_function_trigger.nightly",
	} {
		g.c.run(0, "state", "rm", address)
	}
	g.place("back.tf", "before.tf", "providers.tf")
	g.without("before.tf", `resource "huaweicloud_fgs_function_trigger"`)
	g.apply()
	g.holds("huaweicloud_fgs_function.orders")
	g.place("removed.tf", "function.tf", "providers.tf")
	g.apply()
	g.holds("fgs_function.orders")
}

// refuses: what is left of an old configuration gets the names that it has here.
func (g comingRun) refuses() {
	g.Helper()
	g.place("before.tf", "providers.tf")
	function, _, _ := strings.Cut(string(exampleFile(g.T, comingFolder+"before.tf")), "  user_data ") // a text there
	function = strings.Replace(function, "huaweicloud_fgs_function", "fgs_function", 1)
	g.c.write("before.tf", []byte(function+"}\n"))
	said := strings.Join(strings.Fields(g.c.run(1, "validate")), " ")
	for _, now := range []string{
		"app is what the huaweicloud provider has. Here it is package:", "Here it is type:", "Here it is code.zip_file,",
		"code_type cannot be set:", "code_filename cannot be set:",
	} {
		if !strings.Contains(said, now) {
			g.Errorf("an old configuration is not told %q:\n%s", now, said)
		}
	}
	if strings.Contains(said, "Unsupported") || strings.Contains(strings.ToLower(said), "deprecated") {
		g.Errorf("an old configuration is told more:\n%s", said)
	}
}

// madeBefore makes what the old provider had made, and gives its attributes there, by type.
func madeBefore(t *testing.T, api *emulator.Server) map[string]map[string]any {
	t.Helper()
	code := exampleFile(t, comingFolder+"build/orders.zip")
	sum := sha1.Sum(code)
	api.Put(emulator.Function{
		Name: "orders", CodeState: emulator.CodeState{CodeType: "zip", CodeFilename: "index.zip", Code: code},
		Settings: emulator.Settings{
			Runtime: "Python3.9", Handler: "index.handler", Timeout: 10, MemorySize: 256, UserData: `{"STAGE":"prod"}`,
		},
	})
	data := map[string]any{"name": "nightly", "schedule": "0 0 3 * * *", "schedule_type": "Cron"}
	text, _ := json.Marshal(data) // texts have a JSON form
	const id = "f0b1c2d3-0000-4000-8000-000000000001"
	err := errors.Join(
		api.Publish("default", "orders", "v1", ""), api.PutAlias("default", "orders", "live", "v1", nil),
		api.PutTrigger("default", "orders", emulator.Trigger{
			ID: id, Type: "TIMER", Status: "ACTIVE", EventData: data,
		}),
	)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]map[string]any{
		"huaweicloud_fgs_function": {
			"id": functionURN + ":latest", "urn": functionURN + ":latest", "name": "orders", "app": "default",
			"functiongraph_version": "v2", "runtime": "Python3.9", "handler": "index.handler", "timeout": 10,
			"memory_size": 256, "code_type": "zip", "code_filename": "index.zip", "func_code": hex.EncodeToString(sum[:]),
			"max_instance_num": "400", "user_data": `{"STAGE":"prod"}`, "tags": map[string]any{},
		},
		"huaweicloud_fgs_function_trigger": {
			"id": id, "function_urn": functionURN + ":latest", "type": "TIMER", "event_data": string(text), "status": "ACTIVE",
		},
	}
}

// oldStateFile is a state with resources of the old provider.
func oldStateFile(t *testing.T, old map[string]map[string]any) []byte {
	t.Helper()
	var resources []any
	for typ, name := range map[string]string{
		"huaweicloud_fgs_function": "orders", "huaweicloud_fgs_function_trigger": "nightly",
	} {
		resources = append(resources, map[string]any{
			"mode": "managed", "type": typ, "name": name, "provider": `provider["` + huaweicloud + `"]`,
			"instances": []any{map[string]any{"schema_version": 0, "attributes": old[typ], "private": "bnVsbA=="}},
		})
	}
	text, err := json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.8.0", "serial": 7, "lineage": "d6e22ea6-2c04-4116-cafb-744068a9f849",
		"outputs": map[string]any{}, "resources": resources,
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// place makes the folder a project of these files.
func (g comingRun) place(names ...string) {
	g.Helper()
	for i, name := range names {
		names[i] = comingFolder + name
	}
	g.c.place(g.env, names...)
}

// without takes a block, which is the last of its file, out of it.
func (g comingRun) without(name, block string) {
	g.Helper()
	text, _, found := strings.Cut(string(exampleFile(g.T, comingFolder+name)), block)
	if !found {
		g.Fatalf("%s has no %s", name, block)
	}
	g.c.write(name, []byte(text))
}

// withoutMoved is a configuration without the moved block that it begins with.
func withoutMoved(text []byte) []byte {
	_, rest, _ := strings.Cut(string(text), "\n}\n\n")
	return []byte(rest)
}

// plan demands a plan that does something, and compares it with the one in the guide.
func (g comingRun) plan(name string) {
	g.Helper()
	text := planText(g.T, g.c.run(2, "plan", "-detailed-exitcode"))
	golden(g.T, comingFolder+name+".txt", []byte(importedLine.ReplaceAllString(text, "")))
}

// importedLine is what one CLI says of each import, and the other only of those that change.
var importedLine = regexp.MustCompile(`(?m)^  # \(imported from .*\)\n`)

// apply applies, and demands that nothing was sent and nothing is left to do.
func (g comingRun) apply() {
	g.Helper()
	before, _ := g.env.Emulator.Function("default", "orders")
	g.env.Emulator.ResetRequests()
	g.c.run(0, "apply", "-auto-approve")
	if err := g.env.ExpectWrites()(nil); err != nil {
		g.Error(err)
	}
	if after, _ := g.env.Emulator.Function("default", "orders"); !reflect.DeepEqual(after, before) {
		g.Errorf("the function changed from %+v to %+v", before, after)
	}
	g.c.run(0, "plan", "-detailed-exitcode")
}

// holds demands what is in the state.
func (g comingRun) holds(want ...string) {
	g.Helper()
	if got := strings.Fields(g.c.run(0, "state", "list")); !reflect.DeepEqual(got, want) {
		g.Errorf("the state has %v, want %v", got, want)
	}
}
