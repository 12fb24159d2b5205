// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"crypto/sha512"
	"encoding/hex"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
)

var (
	randomLives = flag.Int("random", defaultLives, "how many random configurations to take through their lives")
	randomSeed  = flag.Uint64("seed", 20261125, "seed of the random configurations")
)

// TestRandom takes random valid configurations through a whole life: apply, change one attribute, import, destroy.
// After each step the service holds exactly what is configured, no request was made that was not needed, and the next
// plan is empty, before and after a refresh.
func TestRandom(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	codes := []string{dir.Code("first.zip", "first"), dir.Code("second.zip", "second")}
	for n := range *randomLives {
		// A failure names its number: -run 'TestRandom/17$' takes it alone.
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := &randomLife{
					generator: generator{rand.New(rand.NewPCG(*randomSeed, uint64(n))), codes}, // repeatable on purpose
					wire:      &wire{api: newAPI()},
				}
				l.core = newCore(t, newServer(t, l.wire), functionType)
				l.run(t.Context())
			})
		})
	}
}

// randomLife is one function of a random configuration.
type randomLife struct {
	generator
	*core
	wire *wire
	step string // that a failure is of
}

func (l *randomLife) run(ctx context.Context) {
	config := l.generator.config()
	l.begin("the creation", config)
	l.applied(ctx, config, nil, l.creation(config))
	before := l.held()
	name, changed := l.mutate(config)
	l.begin(changeOf(name, config, changed), changed)
	l.applied(ctx, changed, before, l.update(name, before, config, changed))
	if l.t.Failed() {
		return
	}
	l.begin("the import", changed)
	l.imported(ctx, changed)
	if d := l.destroy(ctx); d.failed() || len(l.wire.api.Functions()) > 0 {
		l.t.Errorf("after the deletion %d functions are left: %s", len(l.wire.api.Functions()), d)
	}
}

// begin names a step for what fails in it. With -v it also shows its configuration, which has up to 40 attributes.
func (l *randomLife) begin(step string, config values) {
	l.t.Helper()
	l.step = step
	if testing.Verbose() {
		l.t.Logf("%s, of:%s", step, lineDiff(nil, leavesOf(object(l.t, l.typ, config))))
	}
}

func changeOf(name string, from, to values) string {
	return fmt.Sprintf("the change of %s from %v to %v", name, from[name], to[name])
}

func (l *randomLife) held() holding {
	l.t.Helper()
	all := l.wire.api.Functions()
	if len(all) != 1 {
		l.t.Fatalf("the service has %d functions", len(all))
	}
	return holdingOf(all[0])
}

// applied applies the configuration and demands what holds after each apply.
func (l *randomLife) applied(ctx context.Context, config values, before holding, requests []string) {
	l.t.Helper()
	if d := l.refresh(ctx); d.failed() {
		l.t.Fatal(d)
	}
	l.wire.api.ResetRequests()
	d := l.core.applyRefreshed(ctx, config)
	if d.failed() || len(d) > 0 && !d.has("Function Stays Disabled") {
		l.t.Fatalf("%s, want no diagnostics: %s", l.step, d)
	}
	if got := l.requested(); !slices.Equal(got, requests) {
		l.t.Errorf("%s (-want +got):%s", l.step, lineDiff(inOrder(requests), inOrder(got)))
	}
	if err := l.held().differ(wanted(l.t, config, before)); err != nil {
		l.t.Errorf("%s: %v", l.step, err)
	}
	l.settled(ctx, config)
}

// settled demands that the next plan is empty, without and with a refresh.
func (l *randomLife) settled(ctx context.Context, config values) {
	l.t.Helper()
	if err := l.emptyPlan(ctx, config); err != nil {
		l.t.Errorf("%s, without a refresh: %v", l.step, err)
	}
	if err := l.empty(ctx, config); err != nil {
		l.t.Errorf("%s, after a refresh: %v", l.step, err)
	}
}

// inOrder are requests for a lineDiff.
func inOrder(requests []string) map[string]string {
	return map[string]string{"requests": strings.Join(requests, " ")}
}

// requested are the requests so far, by name.
func (l *randomLife) requested() (ops []string) {
	for _, r := range l.wire.api.Requests() {
		ops = append(ops, r.Op)
	}
	return ops
}

// creation is what creating takes: one call and one read; a call for each endpoint whose settings that call does not
// take, and then another read.
func (l *randomLife) creation(config values) []string {
	have := wanted(l.t, config, nil)
	fresh := wanted(l.t, values{"code": config["code"], "type": config["type"]}, nil)
	later := []string{ // contract 3.1
		"peering_cidrs", "restore_hook", "heartbeat_handler", "enable_class_isolation", "enable_auth_in_header",
		"ephemeral_storage", "concurrency_num",
	}
	var code, settings []string
	if acctest.SecondWorld() {
		code = []string{"dependency_version_ids"}                                 // Q10
		later = append(later, "vpc", "mount_config", "initializer", "app_agency") // Q10
		later = append(later, "domain_names", "user_data_kms_key_id")             // not reported there
	}
	settings = later
	requests := []string{"CreateFunction", "GetConfig"}
	differs := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return have[name] != fresh[name] })
	}
	if differs(code...) {
		requests = append(requests, "UpdateCode")
	}
	if differs(settings...) {
		requests = append(requests, l.updateConfig(config, nil)...)
	}
	if differs("max_instance_num") {
		requests = append(requests, "SetMaxInstances")
	}
	if differs("tags") {
		requests = append(requests, "CreateTags")
	}
	if len(requests) > 2 {
		requests = append(requests, "GetConfig")
	}
	return requests
}

// updateConfig is a write of the settings. Logs that the service keeps by itself stay as long as the agency does; where
// it goes, they are sent, with their names.
func (l *randomLife) updateConfig(config values, before holding) []string {
	want := wanted(l.t, config, before)
	if want["log"] == ownLog && before["agency"] != "" && want["agency"] == "" {
		return []string{"LogDetail", "UpdateConfig"}
	}
	return []string{"UpdateConfig"}
}

// update is what a change of one attribute takes: one call to its endpoint, and one read; nothing if the service
// holds what is wanted.
func (l *randomLife) update(name string, before holding, from, to values) []string {
	if isStamped(from) && isStamped(to) && name != "code" {
		return l.restamp(name, before, from, to)
	}
	requests := l.changes(name, before, from, to)
	// no version has that: is there one that an alias serves?
	if name != "code" && before.unreleased(wanted(l.t, to, before)) {
		return append([]string{"ListAliases"}, requests...)
	}
	return requests
}

// changes are the requests of the apply.
func (l *randomLife) changes(name string, before holding, from, to values) []string {
	after := wanted(l.t, to, before)
	if before.differ(after) == nil {
		return nil
	}
	switch name {
	case "code", "dependency_version_ids":
		if name == "code" && to["runtime"] == "Custom Image" { // the image goes with the settings
			break
		}
		return []string{"UpdateCode", "GetConfig"}
	case "max_instance_num":
		return []string{"SetMaxInstances", "GetConfig"}
	case "tags":
		was, _ := from["tags"].(map[string]string)
		is, _ := to["tags"].(map[string]string)
		var requests []string
		for key := range was {
			if _, kept := is[key]; !kept {
				requests = []string{"DeleteTags"}
			}
		}
		for key, value := range is {
			if old, there := was[key]; !there || old != value {
				return append(requests, "CreateTags", "GetConfig")
			}
		}
		return append(requests, "GetConfig")
	}
	return append(l.updateConfig(to, before), "GetConfig")
}

// imported imports the function anew. The next plan records the source and the form of empty values, and no more;
// applying it writes nothing.
func (l *randomLife) imported(ctx context.Context, config values) {
	l.t.Helper()
	f := l.wire.api.Functions()[0]
	again := newCore(l.t, l.server, functionType)
	if d := again.importID(ctx, f.Package+"/"+f.Name); d.failed() {
		l.t.Fatal(d)
	}
	if err := again.planGenerated(ctx); err != nil {
		l.t.Errorf("%s: %v", l.step, err)
	}
	config = config.with(values{"package": f.Package})
	l.core = again
	plan := again.plan(ctx, object(l.t, again.typ, config), again.state)
	if d := diagnostics(plan.Diagnostics); d.failed() {
		l.t.Fatal(d)
	}
	allowed := append([]string{"code", "source_hash"}, zeros(config)...)
	secrets, _ := config["encrypted_user_data"].(map[string]string)
	uploads := isStamped(config) && len(secrets) > 0 // which a stamp stands for that nobody remembers
	if uploads {
		allowed = append(allowed, "digest", "code_size", "last_modified")
	}
	if len(secrets) > 0 { // their values never come back
		allowed = append(allowed, "encrypted_user_data", "last_modified")
	}
	if acctest.SecondWorld() { // what the service does not report, and the logs that it keeps by itself
		allowed = append(allowed, "domain_names", "restore_hook", "user_data_kms_key_id", "log", "last_modified", "tags_all")
	}
	now := attributesOf(again.state)
	for name, v := range attributesOf(again.value(plan.PlannedState)) {
		if !v.Equal(now[name]) && !slices.Contains(allowed, name) {
			l.t.Errorf("%s: the plan changes %s (-state +plan):%s", l.step, name, valueDiff(now[name], v))
		}
	}
	l.wire.api.ResetRequests()
	if d := again.applyRefreshed(ctx, config); d.failed() {
		l.t.Fatal(d)
	}
	for _, op := range l.requested() {
		if !acctest.SecondWorld() && len(secrets) == 0 && !uploads && !strings.HasPrefix(op, "Get") {
			l.t.Errorf("%s: recording it made the request %s, want none", l.step, op)
		}
	}
	l.settled(ctx, config)
}

// digest is what the service reports of an archive (contract 2.7).
func digest(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum512(content)
	return hex.EncodeToString(sum[:])
}
