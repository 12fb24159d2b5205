// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build query

package acctest_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// What holds of actions at the protocol is in internal/invocation.

const (
	actionExamples = "actions/fgs_invoke/"
	invokeCall     = "InvokeFunction"
)

// afterRelease is a release that calls its version when it is published.
const afterRelease = `variable "code" {}
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256
  code        = { inline = var.code }
}
resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.fgs_invoke.check]
    }
  }
}
resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.orders.version
}
action "fgs_invoke" "check" {
  config {
    function_urn = fgs_function_version.orders.urn
    input        = jsonencode({ check = true })
  }
}
`

// noTable is the answer of a function that fails.
var noTable = emulator.Reply{Status: 503, ErrorCode: "101", Result: `{"errorMessage":"no table"}`, Log: "the last line"}

// actionLife is a CLI that knows actions.
type actionLife struct {
	*exampleCLI
	env *acctest.Env
}

func newActionLife(t *testing.T) actionLife {
	t.Helper()
	if !knowsActions(t) {
		t.Fatal("the CLI knows no actions")
	}
	env, c := exampleWorld(t, buildProvider(t))
	return actionLife{c, env}
}

// does runs a command, which has to end with the code and make so many calls, and returns what it says.
func (l actionLife) does(code, calls int, args ...string) string {
	l.t.Helper()
	l.env.Emulator.ResetRequests()
	out := l.run(code, args...)
	if n := l.env.Emulator.Count(invokeCall); n != calls {
		l.t.Errorf("%v made %d calls, want %d:\n%s", args, n, calls, out)
	}
	return out
}

// says demands a text, whatever lines the CLI breaks it into.
func (l actionLife) says(out string, texts ...string) {
	l.t.Helper()
	for _, text := range texts {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), text) {
			l.t.Errorf("it does not say %q:\n%s", text, out)
		}
	}
}

// version is the one that the alias points to.
func (l actionLife) version() string {
	l.t.Helper()
	f, ok := l.env.Emulator.Function("default", "orders")
	if !ok || len(f.Aliases) != 1 {
		l.t.Fatalf("the function is %+v", f)
	}
	return f.Aliases[0].Version
}

// failed demands what an error says of a function that failed.
func (l actionLife) failed(out string) {
	l.t.Helper()
	l.says(out, "Error when invoking action", "Function Failed", "was called once, and failed", "no table",
		"Status: 503", "Error code: 101", "before_update", "only if something triggers it again")
	if !regexp.MustCompile(`Request ID: [0-9a-f]{32}\s`).MatchString(out) || strings.Contains(out, "the last line") {
		l.t.Errorf("no request ID, or a log that nobody asked for:\n%s", out)
	}
}

// TestQuery_actionAfter: a version that is published is called once, by an apply alone; one that fails fails the apply,
// and holds nothing back.
func TestQuery_actionAfter(t *testing.T) {
	t.Parallel()
	l := newActionLife(t)
	l.write("versions.tf", []byte(requiredProviders))
	l.write("main.tf", []byte(afterRelease))
	code := func(n string) { l.write("code.auto.tfvars", []byte("code = \"return "+n+"\"\n")) }

	code("1")
	l.does(0, 0, "validate")
	l.says(l.does(0, 0, "plan"), "Actions to be invoked after this change", "Plan: 3 to add, 0 to change, 0 to destroy. "+
		"Actions: 1 to invoke.")
	out := l.does(0, 1, "apply", "-auto-approve")
	sent := l.env.Emulator.Requests(invokeCall)[0]
	if !strings.Contains(sent.Path, ":orders:"+l.version()+"/") || string(sent.Body) != `{"check":true}` {
		t.Errorf("it sent %s %s", sent.Path, sent.Body)
	}
	l.says(out, "Action action.fgs_invoke.check (triggered by fgs_function_version.orders): The function answered with "+
		"status 200: request ID ", "Actions: 1 invoked.")
	l.does(0, 0, "plan", "-detailed-exitcode")

	const invoke = "-invoke=action.fgs_invoke.check"
	l.says(l.does(0, 0, "plan", invoke), "action.fgs_invoke.check will be invoked")
	l.says(l.does(0, 1, "apply", "-auto-approve", invoke), "status 200", "0 changed", "Actions: 1 invoked.")
	l.env.Emulator.PutReply("default", "orders", "", noTable)
	l.failed(l.does(1, 1, "apply", "-auto-approve", invoke))
	l.does(0, 0, "plan", "-detailed-exitcode")

	before := l.version()
	code("2")
	l.does(2, 0, "plan", "-detailed-exitcode")
	l.failed(l.does(1, 1, "apply", "-auto-approve"))
	if l.version() == before {
		t.Error("an action after a change has held the alias back: the documentation says that it does not")
	}
	l.does(0, 0, "plan", "-detailed-exitcode") // as the error says
	l.does(0, 0, "destroy", "-auto-approve")
}

// TestQuery_actionBefore: the example of a gate is one: the alias moves only if the call succeeds, and what failed is
// called again by the next apply.
func TestQuery_actionBefore(t *testing.T) {
	t.Parallel()
	l := newActionLife(t)
	l.place(l.env, actionExamples+"action-gate.tf")
	l.does(0, 1, "apply", "-auto-approve")
	first := l.version()
	l.does(0, 0, "plan", "-detailed-exitcode")

	l.env.Emulator.PutReply("default", "orders", "", noTable)
	example := exampleFile(t, actionExamples+"action-gate.tf")
	l.write("action-gate.tf", []byte(strings.Replace(string(example), "return event", "return 2", 1)))
	l.failed(l.does(1, 1, "apply", "-auto-approve"))
	l.says(l.does(2, 0, "plan", "-detailed-exitcode"), "Actions to be invoked before this change",
		"Plan: 0 to add, 1 to change, 0 to destroy. Actions: 1 to invoke.")
	l.env.Emulator.PutReply("default", "orders", "", emulator.Reply{})
	l.env.Emulator.Inject(emulator.Fault{Op: invokeCall, Kind: emulator.DropAfter, Times: 1})
	l.says(l.does(1, 1, "apply", "-auto-approve"), "Function May Have Run", "it may have run", "before_update")
	if l.version() != first {
		t.Error("the alias has moved to what did not answer")
	}
	l.does(0, 1, "apply", "-auto-approve")
	if l.version() == first {
		t.Error("the alias has not moved")
	}
	l.does(0, 0, "plan", "-detailed-exitcode")
	l.does(0, 0, "destroy", "-auto-approve")
}

// TestQuery_actionExample: the example calls after each change of the code, and by the command that it names.
func TestQuery_actionExample(t *testing.T) {
	t.Parallel()
	l := newActionLife(t)
	l.place(l.env, actionExamples+"action.tf")
	l.does(0, 1, "apply", "-auto-approve")
	l.does(0, 0, "plan", "-detailed-exitcode")
	example := string(exampleFile(t, actionExamples+"action.tf"))
	command := regexp.MustCompile("`terraform (apply) (-invoke=[a-z_.]+)`").FindStringSubmatch(example)
	if len(command) != 3 {
		t.Fatalf("the example names no command:\n%s", example)
	}
	l.does(0, 1, command[1], command[2], "-auto-approve")
	l.write("action.tf", []byte(strings.Replace(example, "return event", "return 2", 1)))
	l.does(0, 1, "apply", "-auto-approve")
	l.does(0, 0, "plan", "-detailed-exitcode")
	l.does(0, 0, "destroy", "-auto-approve")
}
