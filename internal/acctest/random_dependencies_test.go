// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// dependencyLife is the versions of one dependency, of which the configuration makes one after the other.
type dependencyLife struct {
	*rand.Rand
	*core
	api   *emulator.Server
	codes []string
}

// TestRandomDependencies takes random versions of a dependency through their lives at a service that reads each open
// question as it likes: create, change, what somebody else does, import, destroy. After each step the newest version is
// as it is configured, a version that was there before is gone only where it should be, and the next plan is empty.
func TestRandomDependencies(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	codes := []string{dir.Code("first.zip", "first"), dir.Code("second.zip", "second")}
	for n := range *randomLives / 20 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				dice := rand.New(rand.NewPCG(*randomSeed, uint64(3_000_000+n))) // repeatable on purpose
				l := &dependencyLife{Rand: dice, api: newAPI(anyReading(dice)), codes: codes}
				l.core = newCore(t, newServer(t, &wire{api: l.api}), dependencyType)
				l.run(t.Context())
			})
		})
	}
}

func (l *dependencyLife) run(ctx context.Context) {
	config := l.config()
	l.brings(ctx, "the creation", config)
	for range 3 {
		config = l.changed(config)
		l.brings(ctx, "a change", config)
		if l.IntN(2) == 0 {
			l.brings(ctx, "what somebody else did: "+l.meddle(), config)
		}
	}
	id := []string{
		"libs", fmt.Sprint("libs/", l.number("version")), fmt.Sprint(l.text("dependency_id"), "/", l.number("version")),
	}[l.IntN(3)]
	again := newCore(l.t, newServer(l.t, &wire{api: l.api}), dependencyType)
	if d := again.importID(ctx, id); d.failed() {
		l.t.Fatal(d)
	}
	told := len(again.text("etag")) == 32 // else another version is made, unless the content is left alone
	before := again.text("id")
	l.core = again
	l.brings(ctx, "the import of "+id, config)
	if (l.text("id") == before) != (told && l.isOf(before, config)) {
		l.t.Errorf("after the import of %s with etag %q the state has %s", before, l.text("etag"), l.text("id"))
	}
	kept, mine := config["retain_on_destroy"] == true, l.text("id")
	if d := l.destroy(ctx); d.failed() {
		l.t.Error(d)
	}
	if there := l.find(mine) != nil; there != kept {
		l.t.Errorf("after the deletion it is there: %t, want %t", there, kept)
	}
}

// config is a random version.
func (l *dependencyLife) config() values {
	out := values{"name": "libs", "runtime": "Python3.9", "code": values{"zip_file": l.codes[l.IntN(2)]}}
	return l.changed(l.changed(out))
}

// changed is the configuration with one change.
func (l *dependencyLife) changed(config values) values {
	for {
		out := config.with(nil)
		switch l.IntN(5) {
		case 0, 1:
			out["code"] = values{"zip_file": l.codes[l.IntN(2)]}
		case 2:
			out["description"] = []any{nil, "one", "zwei ü"}[l.IntN(3)]
		case 3:
			out["retain_on_destroy"] = []any{nil, false, true}[l.IntN(3)]
		default:
			out["prune"] = []any{nil, values{"keep": 1}, values{"keep": 2}}[l.IntN(3)]
		}
		if !same(out, config) {
			return out
		}
	}
}

// brings applies the configuration and demands what the service holds then, and that the next plans are empty.
func (l *dependencyLife) brings(ctx context.Context, step string, config values) {
	l.t.Helper()
	before, state, kept := l.all(), l.text("id"), l.retained()
	if d := l.apply(ctx, config); d.failed() {
		l.t.Fatalf("%s, to %v: %s", step, config, d)
	}
	if !l.isOf(l.text("id"), config) {
		l.t.Errorf("%s: %s is not of %v", step, l.text("id"), config)
	}
	l.kept(step, before, state, kept, config)
	if n := len(l.all()) - len(before); n > 1 {
		l.t.Errorf("%s: %d versions were made", step, n)
	}
	if err := l.emptyPlan(ctx, config); err != nil {
		l.t.Errorf("%s, without a refresh: %v", step, err)
	}
	if err := l.empty(ctx, config); err != nil {
		l.t.Errorf("%s, after a refresh: %v", step, err)
	}
	if l.t.Failed() {
		l.t.FailNow()
	}
}

// kept demands of the versions that were there before that exactly those are gone that should be: the one of the state
// that another took the place of, and, behind that, those that are pruned.
func (l *dependencyLife) kept(step string, before []emulator.Dependency, state string, retained bool, config values) {
	l.t.Helper()
	gone := []string{}
	if l.text("id") != state {
		rest := slices.DeleteFunc(slices.Clone(before), func(d emulator.Dependency) bool {
			return d.ID == state && !retained
		})
		prune, _ := config["prune"].(values)
		if keep, _ := prune["keep"].(int); keep > 0 { // the new one is one of them
			rest = rest[max(0, len(rest)-keep+1):]
		}
		for _, d := range before {
			if !slices.ContainsFunc(rest, func(one emulator.Dependency) bool { return one.ID == d.ID }) {
				gone = append(gone, d.ID)
			}
		}
	}
	for _, d := range before {
		if there := l.find(d.ID) != nil; there == slices.Contains(gone, d.ID) {
			l.t.Errorf("%s, to %v: version %d of %d is there: %t", step, config, d.Version, len(before), there)
		}
	}
}

// retained says that the state keeps its version when another one takes its place.
func (l *dependencyLife) retained() bool {
	var on bool
	if v, ok := attributesOf(l.state)["retain_on_destroy"]; ok && !v.IsNull() && v.As(&on) == nil {
		return on
	}
	return false
}

func (l *dependencyLife) all() []emulator.Dependency {
	return slices.DeleteFunc(l.api.Dependencies(), func(d emulator.Dependency) bool { return d.Name != "libs" })
}

// find is the version of an id; nil for none.
func (l *dependencyLife) find(id string) *emulator.Dependency {
	for _, d := range l.all() {
		if d.ID == id {
			return &d
		}
	}
	return nil
}

// isOf says that the service's version of an id is as it is configured.
func (l *dependencyLife) isOf(id string, config values) bool {
	d := l.find(id)
	if d == nil {
		return false
	}
	content, err := os.ReadFile(config["code"].(values)["zip_file"].(string))
	if err != nil {
		l.t.Fatal(err)
	}
	return bytes.Equal(d.Content, content) && d.Description == orNothing(config["description"]) &&
		d.Runtime == config["runtime"]
}

// meddle does something behind Terraform's back, and says what.
func (l *dependencyLife) meddle() string {
	switch l.IntN(3) {
	case 0:
		l.api.DeleteDependency(l.text("id"))
		return "deleted"
	case 1:
		l.api.AddDependency(emulator.Dependency{Name: "libs", Runtime: "Python3.9", Content: []byte("theirs")})
		return "made a newer one"
	}
	l.api.AddDependency(emulator.Dependency{Name: "libs-2", Runtime: "Python3.9", Content: []byte("theirs")})
	return "made one of another name"
}
