// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

const (
	eventsFolder   = "guides/events/"
	packagesFolder = "guides/packages/"
)

// eventFiles are the configurations of the guide "From an event to a function".
var eventFiles = []string{"timer.tf", "http.tf", "bucket.tf", "kafka.tf", "many.tf"}

// guideStage is an emulator whose clock stands still, and a CLI for it.
type guideStage struct {
	*exampleCLI
	api   *emulator.Server
	clock *guideClock
	env   *acctest.Env
}

func newGuideStage(t *testing.T, provider string, variables map[string]string) guideStage {
	t.Helper()
	clock := &guideClock{}
	clock.hour.Store(9)
	api := emulator.New(emulator.Options{Now: clock.now})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	c := newExampleCLI(t, provider, map[string]string{
		"FGS_ENDPOINT": server.URL, "HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, // the emulator's clock stands still: signatures would be too young
	})
	for name, value := range variables {
		c.env = append(c.env, "TF_VAR_"+name+"="+value)
	}
	return guideStage{c, api, clock, &acctest.Env{Emulator: api, URL: server.URL}}
}

// What is made up depends on the order of the requests, which go in parallel.
var (
	madeUpUUID = regexp.MustCompile(
		`(/[A-Z]+/|\b(?:id|trigger_id|dependency_id) += "|[~-] ")[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b`)
	madeUpHex = regexp.MustCompile(`(/DEDICATEDGATEWAY/|\b(?:trigger|api)_id += ")[0-9a-f]{32}\b`)
	// A stamp counts the ids of dependencies, and the digest the stamp.
	madeUpStamp = regexp.MustCompile(`(\bdigest += "|\+settings\.)[0-9a-f]{6,12}…`)
	// OpenTofu shows it in two lines.
	otherElement = regexp.MustCompile(`- ("\S+"),\n +\+ \(known after apply\),`)
)

// plan compares the plan of a file of the guide with what the guide quotes.
func (s guideStage) plan(file string, args ...string) {
	s.t.Helper()
	text := planText(s.t, s.run(2, append([]string{"plan", "-detailed-exitcode"}, args...)...))
	text = madeUpUUID.ReplaceAllString(text, "${1}f0b1c2d3-0000-4000-8000-000000000001")
	text = madeUpHex.ReplaceAllString(text, "${1}f0b1c2d300004000800000000000000a")
	if strings.Contains(text, "dependency_version_ids") {
		text = madeUpStamp.ReplaceAllString(text, "${1}2cd97a…")
		text = otherElement.ReplaceAllString(text, "~ $1 -> (known after apply),")
	}
	golden(s.t, file, []byte(text))
}

// apply applies, and demands how often these operations were called; the next plan is empty.
func (s guideStage) apply(want map[string]int, args ...string) {
	s.t.Helper()
	s.clock.hour.Add(1)
	s.api.ResetRequests()
	s.run(0, append([]string{"apply", "-auto-approve"}, args...)...)
	for operation, n := range want {
		if got := s.api.Count(operation); got != n {
			s.t.Errorf("%d calls of %s, want %d", got, operation, n)
		}
	}
	s.run(0, append([]string{"plan", "-detailed-exitcode"}, args...)...)
}

// eventsGuide lives through the guide "From an event to a function". Its configurations touch each other nowhere, so
// that all can be in one folder.
func eventsGuide(t *testing.T, provider string) {
	t.Helper()
	s := newGuideStage(t, provider, map[string]string{"kafka_password": "not-shown"})
	var files []string
	for _, name := range eventFiles {
		isWhole(t, eventsFolder+name)
		files = append(files, eventsFolder+name)
	}
	s.place(s.env, files...)
	timer := exampleFile(t, eventsFolder+"timer.tf")
	without, _, _ := bytes.Cut(timer, []byte(`resource "fgs_function_trigger"`))
	s.write("timer.tf", without)
	s.run(0, "apply", "-auto-approve")

	s.write("timer.tf", timer)
	s.plan(eventsFolder + "timer.txt")
	s.apply(map[string]int{"CreateTrigger": 1})
	s.write("functions/report/index.py", []byte("def handler(event, context):\n    return \"a better report\"\n"))
	s.plan(eventsFolder + "release.txt")
	s.apply(map[string]int{"UpdateAlias": 1, "CreateTrigger": 0, "UpdateTrigger": 0, "DeleteTrigger": 0})
	s.plan(eventsFolder+"off.txt", "-var", "nightly=false")

	s.plan(eventsFolder+"http.txt", "-var", "path=/store")
	s.plan(eventsFolder+"bucket.txt", "-var", "suffix=.tsv")
	s.plan(eventsFolder+"kafka.txt", "-var", "kafka_password_version=2")
	// Two switches: the timer off, and Kafka on, which begins as off.
	s.apply(map[string]int{"CreateTrigger": 3, "UpdateTrigger": 2, "DeleteTrigger": 3},
		"-var", "nightly=false", "-var", "path=/store", "-var", "suffix=.tsv", "-var", "kafka_password_version=2")
	s.destroy(s.env)
}

// isWhole: what a configuration refers to is in the same file.
func isWhole(t *testing.T, name string) {
	t.Helper()
	content := string(exampleFile(t, name))
	found := references.FindAllStringSubmatch(content, -1)
	for _, r := range found {
		block := fmt.Sprintf("resource %q %q", r[1], r[2])
		if r[1] == "var" {
			block = fmt.Sprintf("variable %q", r[2])
		}
		if !strings.Contains(content, block) {
			t.Errorf("%s needs %s, which is elsewhere", name, r[0])
		}
	}
	if len(found) < 6 {
		t.Errorf("%s: only %d references were found", name, len(found))
	}
}

var references = regexp.MustCompile(`\b(fgs_\w+|var)\.(\w+)`)

// packagesGuide lives through the guide "Packages and dependencies": a layer goes through three versions under two
// functions, then code that brings its packages along, and a public package.
func packagesGuide(t *testing.T, provider string) {
	t.Helper()
	s := newGuideStage(t, provider, nil)
	s.place(s.env, packagesFolder+"layer.tf")
	s.run(0, "apply", "-auto-approve")
	layer := func(rate string) {
		prices := bytes.Replace(exampleFile(t, packagesFolder+"build/layer/prices.py"), []byte("1.19"), []byte(rate), 1)
		s.write("build/layer/prices.py", prices)
	}
	layer("1.20")
	s.run(0, "apply", "-auto-approve")
	layer("1.21")
	s.plan(packagesFolder + "layer.txt")
	s.apply(map[string]int{
		"CreateDependencyVersion": 1, "DeleteDependencyVersion": 1, // the first, by prune
		"UpdateCode": 2, "UpdateConfig": 0, // code and ids together, once for each function
	})
	s.destroy(s.env)

	s.place(s.env, packagesFolder+"bundled.tf", packagesFolder+"public.tf")
	s.apply(map[string]int{"CreateFunction": 2, "CreateDependencyVersion": 0})
	s.destroy(s.env)
}
