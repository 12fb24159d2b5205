// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// words says that an output contains a text, whatever the CLI's line breaks and frames.
func words(out, text string) bool {
	return strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(out, "│", " ")), " "), text)
}

// TestAccAdvice_untaint: a call after the creation keeps failing. The function is in the state, tainted; what the error
// advises keeps it.
func TestAccAdvice_untaint(t *testing.T) {
	s := newShell(t, emulator.Options{})
	s.env["HW_MAX_RETRIES"] = "1"
	s.config(orders(s.dir.Code("code.zip", "v1"), `tags = { team = "shop" }`))
	s.api.Inject(emulator.Fault{Op: "CreateTags", Status: 500, Code: "FSS.0500", Times: -1})
	out := s.applyFails()
	if !words(out, "Unable to Configure Function After Creation") || !words(out, "terraform untaint fgs_function.orders") {
		t.Errorf("no advice: %s", out)
	}
	before, _ := s.api.Function("default", "orders")
	s.api.ClearFaults()
	s.run(0, "untaint", "-no-color", "fgs_function.orders")
	s.apply()
	s.planned()
	if after, _ := s.api.Function("default", "orders"); after.ID != before.ID || after.Tags["team"] != "shop" {
		t.Errorf("%s with %v, was %s", after.ID, after.Tags, before.ID)
	}
}

// TestAccAdvice_import: function and version are there already. Nothing is taken over; the import blocks of the errors,
// pasted as they are, do that.
func TestAccAdvice_import(t *testing.T) {
	s := newShell(t, emulator.Options{})
	path := s.dir.Code("code.zip", "ours")
	s.api.Put(emulator.Function{
		Name: "orders", Package: "default",
		CodeState: emulator.CodeState{CodeType: "zip", Code: acctest.Zip(t, time.Unix(0, 0))},
		Settings:  emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
	})
	function := orders(path, "")
	s.config(function)
	out := s.applyFails()
	if !words(out, "FSS.1061") || !words(out, "create_before_destroy") || !words(out, "choose another name") {
		t.Errorf("the error does not say it all: %s", out)
	}
	function += s.importBlock(out)
	s.config(function)
	s.apply()
	s.planned()
	if err := s.api.Publish("default", "orders", "v1", ""); err != nil {
		t.Fatal(err)
	}
	s.config(function, version1)
	out = s.applyFails()
	if !words(out, "FSS.1062") {
		t.Errorf("the error does not say it all: %s", out)
	}
	s.config(function, version1, s.importBlock(out))
	s.apply()
	s.planned()
	if s.api.Count("DeleteFunction", "DeleteVersion") > 0 {
		t.Error("something was deleted")
	}
}

// TestAccForeignPlace: a provider for another project or region is an error for plan, refresh and destroy, before any
// request, and the state stays.
func TestAccForeignPlace(t *testing.T) {
	s := newShell(t, emulator.Options{})
	s.config(orders(s.dir.Code("code.zip", "v1"), ""), version1)
	s.apply()
	for variable, v := range map[string][2]string{
		"HW_PROJECT_ID":  {"ffffffffffffffffffffffffffffffff", "project"},
		"HW_REGION_NAME": {"cn-south-1", "region"},
	} {
		right := s.env[variable]
		s.env[variable] = v[0]
		s.api.ResetRequests()
		for _, args := range [][]string{
			{"plan"}, {"apply", "-auto-approve", "-refresh-only"}, {"destroy", "-auto-approve"},
			{"destroy", "-auto-approve", "-refresh=false"},
		} {
			out := s.run(1, append(args, "-no-color", "-input=false")...)
			if !words(out, right) || !words(out, v[0]) || !words(out, "for that "+v[1]) {
				t.Errorf("%s %v: %s", variable, args, out)
			}
		}
		if n := len(s.api.Requests()); n != 0 || !s.stateHas(`"v1"`) || !s.stateHas(`"fgs_function"`) {
			t.Errorf("%s: %d requests; the state has the function: %t", variable, n, s.stateHas(`"fgs_function"`))
		}
		s.env[variable] = right
	}
	s.planned()
}

// TestAccUnknownProvider: a token that another resource makes. Resources that exist keep their state with one warning;
// a data source, which needs an answer now, fails and names the attribute.
func TestAccUnknownProvider(t *testing.T) {
	s := newShell(t, emulator.Options{})
	delete(s.env, "HW_ACCESS_KEY")
	delete(s.env, "HW_SECRET_KEY")
	made := func(generation int) string {
		return fmt.Sprintf(`
resource "terraform_data" "token" {
  input            = %q
  triggers_replace = %d
}
provider "fgs" {
  token = terraform_data.token.output
}
`, emulator.DefaultToken, generation)
	}
	function := orders(s.dir.Code("code.zip", "v1"), "")
	s.config(made(1), function, version1)
	s.apply() // even a creation: by then the token is known
	s.planned()

	s.config(made(2), function, version1)
	s.api.ResetRequests()
	out := s.run(2, "plan", "-detailed-exitcode", "-no-color", "-input=false")
	if !words(out, "Provider Configuration Not Known Yet") || !words(out, "Plan: 1 to add, 0 to change, 1 to destroy") {
		t.Errorf("the plan is not the token's alone, with a warning: %s", out)
	}
	if n := len(s.api.Requests()); n != 0 {
		t.Errorf("%d requests with an unknown token", n)
	}
	s.config(made(2), function, version1, `data "fgs_function_versions" "all" {
  name = "orders"
}`)
	if out := s.run(1, "plan", "-no-color", "-input=false"); !words(out, "attribute token gets its value during apply") {
		t.Errorf("the attribute is not named: %s", out)
	}
	s.config(made(2), function, version1)
	s.apply()
	s.planned()
	if f, _ := s.api.Function("default", "orders"); s.api.Count("CreateFunction", "DeleteFunction", "UpdateConfig") > 0 ||
		len(f.Versions) != 1 {
		t.Error("the function or its version was touched")
	}
}

// TestAccAdvice_unread: a creation and a publication that cannot be read back are done, with a warning.
func TestAccAdvice_unread(t *testing.T) {
	s := newShell(t, emulator.Options{})
	s.env["HW_MAX_RETRIES"] = "1"
	function := orders(s.dir.Code("code.zip", "v1"), "")
	unread := emulator.Fault{Op: "GetConfig", Status: 500, Code: "FSS.0500", Times: 2} // both attempts
	s.config(function)
	s.api.Inject(unread)
	if out := s.apply(); !words(out, "Warning: Unable to Read Function After Creation") {
		t.Errorf("no warning: %s", out)
	}
	s.planned()
	s.config(function, version1)
	unread.Skip = 2 // the refresh, and the look at what is to be published
	s.api.Inject(unread)
	if out := s.apply(); !words(out, "Warning: Unable to Read Function Version After Publication") {
		t.Errorf("no warning: %s", out)
	}
	s.planned()
	if pending := s.api.PendingFaults(); len(pending) > 0 {
		t.Errorf("%d faults never happened", len(pending))
	}
}

// TestAccAdvice_oneWorker: with one worker an alias that waits for another keeps it from moving. It gives up soon, and
// says what then works: apply again. So a direction takes one apply, or two where Terraform comes to the wrong one
// first.
func TestAccAdvice_oneWorker(t *testing.T) {
	s := newShell(t, emulator.Options{})
	s.api.Put(emulator.Function{Name: "orders"})
	for _, version := range []string{"v1", "v2", "v3"} {
		if err := s.api.Publish("default", "orders", version, ""); err != nil {
			t.Fatal(err)
		}
	}
	both := func(stable, canary string) {
		var config string
		for name, version := range map[string]string{"stable": stable, "canary": canary} {
			config += fmt.Sprintf("resource \"fgs_function_alias\" %[1]q {\n function_urn = %[2]q\n name = %[1]q\n version = "+
				"%[3]q\n}\n",
				name, functionURN, version)
		}
		s.config(config)
	}
	both("v1", "v2")
	s.apply()
	for _, versions := range [][2]string{{"v2", "v3"}, {"v1", "v2"}} {
		both(versions[0], versions[1])
		began := time.Now()
		out, status := s.start("apply", "-auto-approve", "-no-color", "-input=false", "-parallelism=1").end(t)
		if took := time.Since(began); took > time.Minute {
			t.Errorf("it took %v", took)
		}
		if status != 0 {
			if !words(out, "If this apply moves or deletes that one too, apply again") {
				t.Errorf("no advice: %s", out)
			}
			s.run(0, "apply", "-auto-approve", "-no-color", "-input=false", "-parallelism=1")
		}
		s.planned()
	}
}

// TestAccAdvice_reserved: the block of an alias is removed that has reserved instances. The plan warns.
func TestAccAdvice_reserved(t *testing.T) {
	s := newShell(t, emulator.Options{})
	s.api.Put(emulator.Function{Name: "orders"})
	s.config(fmt.Sprintf("resource \"fgs_function_alias\" \"prod\" {\n function_urn = %q\n name = \"prod\"\n version = "+
		"\"latest\"\n}\n", functionURN))
	s.apply()
	if err := s.api.PutReservation("default", "orders",
		emulator.Reservation{Qualifier: "!prod", MinCount: 2}); err != nil {
		t.Fatal(err)
	}
	s.config()
	const warning = "Deleting the alias prod of the function orders deletes its 2 reserved instances, whoever asked for " +
		"them."
	if out := s.run(0, "plan", "-no-color", "-input=false"); !words(out, warning) || !words(out, "1 to destroy") {
		t.Errorf("no warning: %s", out)
	}
	s.apply()
	if f, _ := s.api.Function("default", "orders"); len(f.Aliases)+len(f.Reservations) > 0 {
		t.Errorf("left are %v, %v", f.Aliases, f.Reservations)
	}
}

// TestAccAdvice_replace: -replace of a version, by habit. What is retained is taken over, since nothing else could be;
// what is not is deleted and published again, unless an alias points to it.
func TestAccAdvice_replace(t *testing.T) {
	s := newShell(t, emulator.Options{})
	function := orders(s.dir.Code("code.zip", "v1"), "")
	version := func(more string) string {
		return "resource \"fgs_function_version\" \"v\" {\n  function_urn = fgs_function.orders.urn\n  version = \"v1\"\n" +
			"  source_hash = fgs_function.orders.source_hash\n  digest = fgs_function.orders.digest\n" + more + "\n}\n"
	}
	const alias = "resource \"fgs_function_alias\" \"prod\" {\n  function_urn = fgs_function.orders.urn\n  name = " +
		"\"prod\"\n  version = fgs_function_version.v.version\n}\n"
	again := []string{"apply", "-auto-approve", "-no-color", "-input=false", "-replace=fgs_function_version.v"}
	s.config(function, version("retain_on_destroy = true"), alias)
	s.apply()
	if out := s.run(0, again...); !words(out, "Existing Version Taken Over") ||
		!words(out, "1 added, 0 changed, 1 destroyed.") {
		t.Errorf("retained: %s", out)
	}
	s.planned()
	s.config(function, version(""), alias)
	s.apply()
	if out := s.run(1, again...); !words(out, "v1 is used by alias prod") {
		t.Errorf("with an alias: %s", out)
	}
	s.planned()
	s.config(function, version(""))
	s.apply()
	s.run(0, again...)
	s.planned()
	if n := s.api.Count("DeleteVersion"); n != 1 || !s.there("v1") {
		t.Errorf("%d deletions, v1 there: %t", n, s.there("v1"))
	}
}
