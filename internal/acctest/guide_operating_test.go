// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const operatingFolder = "guides/operating/"

// operatingGuide lives through the guide "Operating": a function that is turned off and on again, what became of an
// asynchronous call, a quota that is nearly used up.
func operatingGuide(t *testing.T, provider string) {
	t.Helper()
	g, env := newGuideRun(t, provider)
	g.c.place(env, operatingFolder+"function.tf")
	g.c.run(0, "apply", "-auto-approve")
	g.variables("instances = 0\n")
	golden(t, operatingFolder+"disable.txt", []byte(planText(t, g.c.run(2, "plan", "-detailed-exitcode"))))
	g.c.run(0, "apply", "-auto-approve")
	if f, _ := g.api.Function("default", "orders"); f.Concurrency != 0 {
		t.Errorf("it may have %d instances", f.Concurrency)
	}
	g.c.run(0, "plan", "-detailed-exitcode")
	g.asyncCalls(env)
	if f, _ := g.api.Function("default", "orders"); f.Concurrency != -1 {
		t.Errorf("it may have %d instances", f.Concurrency)
	}

	g.c.place(env, operatingFolder+"quotas.tf")
	g.c.run(0, "apply", "-auto-approve")
	g.api.Inject(emulator.Fault{Op: "ListQuotas", Status: 200, Times: -1, RawBody: []byte(
		`{"quotas":{"resources":[{"type":"fgs_func_num","used":391,"quota":400},{"type":"fgs_func_occurs","quota":90}]}}`)})
	if out := g.c.run(0, "plan"); !strings.Contains(out, "is nearly used up") || !strings.Contains(out, "fgs_func_num") ||
		strings.Contains(out, "fgs_func_occurs") {
		t.Errorf("of 391 of 400 functions, a plan says:\n%s", out)
	}
}

// asyncCalls applies what the guide says of asynchronous calls, and runs its commands: the status log is turned on, the
// function is turned on, too, and called, fails, and is found.
func (g releaseRun) asyncCalls(env *acctest.Env) {
	g.Helper()
	_, err := exec.LookPath("curl")
	curl := err == nil // without it the emulator's own tests are all that makes the calls
	if curl {
		g.commands(env, "status-log.sh", nil)
	}
	g.c.place(env, operatingFolder+"function.tf", operatingFolder+"async.tf")
	g.variables("instances = -1\n")
	g.api.PutReply("default", "orders", "", emulator.Reply{Status: 500, Result: `{"errorMessage":"no table orders"}`})
	out := g.c.run(0, "apply", "-auto-approve")
	g.c.run(0, "plan", "-detailed-exitcode")
	if !curl {
		return
	}
	if strings.Contains(out, "Status Log Has No Effect") {
		g.Errorf("the command has not turned the log on:\n%s", out)
	}
	var call struct {
		URN string `json:"urn"`
		ID  string `json:"request_id"`
	}
	g.c.check(json.Unmarshal([]byte(g.c.run(0, "output", "-json", "call")), &call))
	answers := g.commands(env, "async-calls.sh", map[string]string{"URN": call.URN, "ID": call.ID})
	if len(answers) != 3 {
		g.Fatalf("%d answers: %s", len(answers), answers)
	}
	for _, answer := range answers {
		if !bytes.Equal(answer, answers[0]) || !bytes.Contains(answer, []byte(call.ID)) {
			g.Errorf("another answer than the first one, %s: %s", answers[0], answer)
		}
	}
	golden(g.T, operatingFolder+"async-calls.json", regexp.MustCompile(`("request_id": ")[^"]*`).ReplaceAll(answers[0],
		[]byte("${1}1167bf8c87b043ab8f5f26b16c64f252")))
}

// commands runs a script of the guide against the emulator, with what a reader has to set, and returns what each of its
// calls answers, indented.
func (g releaseRun) commands(env *acctest.Env, name string, variables map[string]string) (answers [][]byte) {
	g.Helper()
	script := string(exampleFile(g.T, operatingFolder+name))
	const service = "https://functiongraph.$REGION.myhuaweicloud.com"
	if !strings.Contains(script, service) {
		g.Fatalf("%s does not call %s:\n%s", name, service, script)
	}
	cmd := exec.CommandContext(g.Context(), "sh", "-e", "-c", strings.ReplaceAll(script, service, env.URL))
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "TOKEN=" + emulator.DefaultToken, "PROJECT_ID=" + emulator.DefaultProjectID,
	}
	for name, value := range variables {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.Output()
	if err != nil {
		g.Fatalf("%s: %v\n%s", name, err, out)
	}
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var answer json.RawMessage
		g.c.check(decoder.Decode(&answer))
		var indented bytes.Buffer
		g.c.check(json.Indent(&indented, answer, "", "  "))
		answers = append(answers, append(indented.Bytes(), '\n'))
	}
	return answers
}
