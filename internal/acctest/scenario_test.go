// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// scenario is one command on one resource: where it starts, and the configuration that it applies.
type scenario struct {
	name string
	noun
	start    func(w *world) // builds where it starts; nil for nothing
	fresh    func(w *world) // makes what the command needs right before it, by the same provider
	config   values         // to apply; for a deletion, what is there
	changes  bool           // changes what is there; else it creates, unless one of the next three says otherwise
	replaces bool           // with changes: by another one, which is made when the first is deleted
	destroy  bool
	refresh  bool   // only refreshes
	id       string // of what is imported before the apply
	switches func(*emulator.Switches)
	holds    any    // what the service has of it in the end; see belongingNouns
	versions int    // how many there are at most in the end; 0 for one
	prunes   string // the version that goes on the way, with a warning
}

// kind is the column of the guide's tables.
func (s scenario) kind() string {
	switch {
	case s.noun.calls:
		return columns[4]
	case s.destroy:
		return columns[3]
	case s.refresh, s.id != "":
		return columns[1]
	case s.changes:
		return columns[2]
	}
	return columns[0]
}

var functionURN = "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:orders"

// scenarios are the commands whose every request is hit by every fault. Together they make every call that changes
// something.
func scenarios(t testing.TB) []scenario {
	t.Helper()
	dir := acctest.NewDir(t)
	first, second := dir.Code("first.zip", "first"), dir.Code("second.zip", "second")
	packed := acctest.Zip(t, time.Unix(1767225600, 0), acctest.File{Name: "index.py", Content: "exported"})
	small := values{
		"name": "orders", "runtime": "Python3.9", "handler": "index.handler", "timeout": 3, "memory_size": 128,
		"code": values{"zip_file": first},
	}
	full := small.with(values{
		"description": "made by a test", "app_agency": "reader", "user_data": map[string]string{"STAGE": "test"},
		"max_instance_num": 7, "tags": map[string]string{"team": "shop", "old": "1"},
		"agency": "network", "vpc": values{"vpc_id": "vpc-1", "subnet_id": "subnet-1"},
		"peering_cidrs":          []string{"10.1.0.0/16"},
		"dependency_version_ids": []string{"dep-1"}, "initializer": values{"handler": "index.init", "timeout": 3},
		"domain_names": []values{{"id": "z1", "domain_name": "a.example"}}, "concurrency_num": 5,
		"log": values{"group_id": "g-1", "group_name": "group", "stream_id": "s-1", "stream_name": "stream"},
	})
	changed := full.with(values{
		"description": "changed by a test", "max_instance_num": 8, "tags": map[string]string{"team": "web", "new": "2"},
		"code": values{"zip_file": second}, "vpc": nil, "domain_names": nil, "dependency_version_ids": []string{"dep-2"},
	})
	stamped := small.with(values{"memory_size": 256, "code": values{"zip_file": first, "stamp_settings": true}})
	version := values{
		"function_urn": functionURN, "version": "v1", "description": "first",
		"source_hash": "first", "digest": digest(t, first),
	}
	alias := values{
		"function_urn": functionURN, "name": "prod", "version": "latest", "description": "made by a test",
		"additional_version": values{"version": "v1", "weight": 10},
	}
	moved := alias.with(values{"version": "v1", "description": nil, "additional_version": nil})
	trigger := values{"function_urn": functionURN, "kafka": values{
		"instance_id": "kafka-1", "topic_ids": []string{"orders"}, "batch_size": 100, "user": "fg", "password": "secret",
	}}
	polling := values{"stream_name": "orders", "starting_position": "TRIM_HORIZON", "polling_interval": 30}
	stream := values{"function_urn": functionURN, "dis": polling}
	slower := stream.with(values{"enabled": false, "dis": polling.with(values{"polling_interval": 60})})
	libraries := values{"name": "libs", "runtime": "Python3.9", "code": values{"zip_file": first}}
	published := func(w *world) {
		w.make(functionType, small)
		w.make(versionType, version)
	}
	aliased := func(w *world) {
		published(w)
		w.make(aliasType, alias)
	}
	streamed := func(w *world) {
		w.make(functionType, full)
		w.make(triggerType, stream)
	}
	stocked := func(w *world) {
		w.make(functionType, small)
		w.make(dependencyType, libraries)
	}
	retained := version.with(values{"retain_on_destroy": true})
	unnamed := values{"function_urn": functionURN, "retain_on_destroy": true}
	create := func(w *world) { w.make(functionType, full) }
	makeSmall := func(w *world) { w.make(functionType, small) }
	// Three releases, and the code of the next one: the version of the state is the newest of three.
	of := func(t testing.TB, name, path string) values {
		return values{
			"function_urn": functionURN, "version": name, "source_hash": path, "digest": digest(t, path),
			"retain_on_destroy": true, "prune": values{"keep": 3},
		}
	}
	code := func(n int) string { return dir.Path(fmt.Sprintf("release%d.zip", n)) }
	for n := range 4 {
		dir.Code(fmt.Sprintf("release%d.zip", n), fmt.Sprint(n))
	}
	listing := func(s *emulator.Switches) { s.NoListVersions = false } // else nothing can be pruned
	released := func(w *world) {
		f := newCore(w.t, w.server, functionType)
		for n := range 4 {
			if d := f.apply(w.t.Context(), small.with(values{"code": values{"zip_file": code(n)}})); d.failed() {
				w.t.Fatal(d)
			}
			if n < 3 {
				w.make(versionType, of(w.t, fmt.Sprint("v", n), code(n)).with(values{"prune": nil}))
			}
			time.Sleep(2 * time.Second)
		}
	}
	return append(productionScenarios(), []scenario{
		{name: "create", noun: functionNoun, config: full},
		{name: "import", noun: functionNoun, config: values{
			"name": "orders", "code": values{"package_file": dir.Package("export.zip", map[string]string{
				"Description": "from elsewhere", "CodeType": "zip", "CodeFileName": "code.zip",
			}, acctest.File{Name: "code.zip", Content: string(packed)})}, "description": "made by a test",
		}},
		{name: "refresh", noun: functionNoun, config: full, refresh: true, start: create},
		{name: "update", noun: functionNoun, changes: true, config: changed, start: create},
		{name: "release settings", noun: functionNoun, changes: true, config: stamped, start: func(w *world) {
			w.make(functionType, small.with(values{"code": values{"zip_file": first, "stamp_settings": true}}))
		}},
		{name: "delete", noun: functionNoun, config: full, destroy: true, start: create},
		{name: "remove tags", noun: functionNoun, changes: true, config: full.with(values{"tags": nil}), start: create},
		{name: "take over", noun: functionNoun, config: full, id: functionURN, start: create},
		{name: "publish", noun: versionNoun, config: version, start: makeSmall},
		{name: "publish unnamed", noun: versionNoun, config: unnamed, start: makeSmall},
		{name: "publish at once", noun: versionNoun, config: version, fresh: makeSmall},
		{name: "refresh version", noun: versionNoun, config: version, refresh: true, start: published},
		{name: "update version", noun: versionNoun, changes: true, config: retained, start: published},
		{
			name: "release", noun: versionNoun, changes: true, config: of(t, "v3", code(3)), start: released,
			switches: listing, versions: 4, prunes: "v0",
		},
		{name: "take over version", noun: versionNoun, config: version, id: functionURN + ":v1", start: published},
		{name: "delete version", noun: versionNoun, config: version, destroy: true, start: published},
		{name: "create alias", noun: aliasNoun, config: alias, start: published},
		{name: "create alias at once", noun: aliasNoun, config: alias, fresh: published},
		{name: "take over alias", noun: aliasNoun, config: alias, id: functionURN + ":!prod", start: aliased},
		{name: "refresh alias", noun: aliasNoun, config: alias, refresh: true, start: aliased},
		{name: "move alias", noun: aliasNoun, changes: true, config: moved, start: aliased},
		{name: "delete alias", noun: aliasNoun, config: alias, destroy: true, start: aliased},
		{name: "create trigger", noun: triggerNoun, config: trigger, start: create},
		{name: "refresh trigger", noun: triggerNoun, config: stream, refresh: true, start: streamed},
		{name: "update trigger", noun: triggerNoun, changes: true, config: slower, start: streamed},
		{name: "delete trigger", noun: triggerNoun, config: stream, destroy: true, start: streamed},
		{name: "create dependency", noun: dependencyNoun, config: libraries, start: makeSmall},
		{name: "delete dependency", noun: dependencyNoun, config: libraries, destroy: true, start: stocked},
	}...)
}

// startAge is how long before a command its start was made.
const startAge = 2500 * time.Millisecond

// snapshot is a start that was built once, for all runs of a scenario.
type snapshot struct {
	functions []emulator.Function
	libraries []emulator.Dependency
	took      time.Duration // to build
	state     tftypes.Value
	private   []byte
	clean     diagnostics        // of the command without faults
	requests  []emulator.Request // that the command makes without faults
}

// world is one run of a scenario, in its own bubble of time.
type world struct {
	t      *testing.T
	s      scenario
	wire   *wire
	server tfprotov6.ProviderServer
	state0 tftypes.Value // the state that the command starts with
	killed bool          // there was a process before that died
	*core
}

func newWorld(t *testing.T, s scenario, from snapshot) *world {
	t.Helper()
	api := newAPI()
	if s.switches != nil {
		api = newAPI(s.switches)
	}
	w := &world{t: t, s: s, wire: &wire{api: api}}
	for _, f := range from.functions {
		w.wire.api.Put(f)
	}
	for _, d := range from.libraries {
		w.wire.api.AddDependency(d)
	}
	// What is there is older than all that comes.
	time.Sleep(from.took + startAge)
	w.server = newServer(t, w.wire)
	w.core = newCore(t, w.server, s.resource)
	if !from.state.IsNull() {
		w.core.state, w.core.private = from.state, from.private
	}
	if s.fresh != nil {
		s.fresh(w)
		w.core = newCore(t, w.server, s.resource)
		w.wire.restart()
		w.wire.api.ResetRequests()
	}
	w.state0 = w.core.state
	return w
}

// mend ends all faults. What comes then is a new run of Terraform, so it has a provider of its own.
func (w *world) mend() {
	w.wire.api.ClearFaults()
	time.Sleep(time.Minute) // what the emulator is still busy with comes to its end
	w.wire = &wire{api: w.wire.api}
	w.server = newServer(w.t, w.wire)
	w.core.server = w.server
}

// make applies a resource without faults; it becomes the start if it is the scenario's.
func (w *world) make(resource string, config values) {
	w.t.Helper()
	c := newCore(w.t, w.server, resource)
	if d := c.apply(w.t.Context(), config); d.failed() {
		w.t.Fatal(d)
	}
	if resource == w.s.resource {
		w.core = c
	}
}

// prepare builds the start of a scenario, and says what its command does without faults.
func prepare(t *testing.T, s scenario) snapshot {
	t.Helper()
	var from snapshot
	t.Run("without a fault, "+s.name, func(t *testing.T) { from = s.prepare(t) })
	return from
}

func (s scenario) prepare(t *testing.T) (from snapshot) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		w := newWorld(t, s, snapshot{})
		if s.start != nil {
			s.start(w)
		}
		from = snapshot{
			functions: w.wire.api.Functions(), libraries: w.libraries(), took: time.Since(began),
			state: w.core.state, private: w.core.private,
		}
		if s.fresh != nil {
			from = snapshot{}
		}
		if s.id != "" { // it is there, and nobody knows it
			from.state = tftypes.NewValue(w.core.typ, nil)
			from.private = nil
		}
	})
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, s, from)
		clean := w.run(t.Context())
		if clean.failed() {
			t.Fatalf("the command failed:%s", clean.brief())
		}
		from.clean, from.requests = clean, w.wire.api.Requests()
		w.mend() // the next plan is of another run
		w.converged()
	})
	return from
}

// run makes the scenario's command.
func (w *world) run(ctx context.Context) diagnostics {
	w.t.Helper()
	switch {
	case w.s.refresh:
		return w.refresh(ctx)
	case w.s.id != "" && w.state.IsNull():
		d := w.importID(ctx, w.s.id)
		if w.state.IsNull() && !d.failed() { // the CLI's own words
			d = append(d, &tfprotov6.Diagnostic{
				Severity: tfprotov6.DiagnosticSeverityError, Summary: "Cannot import non-existent remote object",
			})
		}
		if d.failed() { // the CLI keeps nothing of it
			w.state, w.private = w.state0, nil
			return d
		}
		return append(d, w.applyRefreshed(ctx, w.s.config)...)
	case !w.s.destroy:
		return w.apply(ctx, w.s.config)
	}
	d := w.refresh(ctx)
	if d.failed() || w.state.IsNull() {
		return d
	}
	return append(d, w.core.destroy(ctx)...)
}

// there says whether the service has the scenario's object.
func (w *world) there() bool {
	f, ok := w.wire.api.Function("default", "orders")
	return ok && w.s.there(w, f)
}

// converged demands that the command came to its end: the next plan is empty, and the state is what the service holds.
func (w *world) converged() {
	w.t.Helper()
	if w.s.destroy {
		if w.there() || !w.state.IsNull() {
			w.t.Errorf("after the deletion: at the service %t, in the state %t", w.there(), !w.state.IsNull())
		}
		return
	}
	if err := w.empty(w.t.Context(), w.s.config); err != nil {
		w.t.Error(err)
	}
	if w.tainted {
		w.t.Error("the resource is tainted")
	}
	all := w.wire.api.Functions()
	if len(all) != 1 {
		w.t.Fatalf("the service has %d functions", len(all))
	}
	if most := max(1, w.s.versions); len(all[0].Versions) > most {
		w.t.Errorf("the service has %d versions, want %d at most", len(all[0].Versions), most)
	}
	if err := w.s.same(w, all[0]); err != nil {
		w.t.Error(err)
	}
	if w.s.asConfigured == nil {
		return
	}
	if err := w.s.asConfigured(w, all[0]); err != nil {
		w.t.Error(err)
	}
}

// keptVersions demands that of the versions that were there, none but those that a release prunes is gone.
func (w *world) keptVersions(before emulator.Function) {
	w.t.Helper()
	if w.s.destroy {
		return
	}
	after, _ := w.wire.api.Function("default", "orders")
	for _, v := range before.Versions {
		kept := slices.ContainsFunc(after.Versions, func(now emulator.Version) bool {
			return now.Name == v.Name && now.ImageName == v.ImageName // not deleted and published again
		})
		if pruned := v.Name == w.s.prunes; !kept && !pruned {
			w.t.Errorf("the version %s was lost on the way", v.Name)
		}
	}
}

// sameCall says that a request is the same call as one that is remembered.
func sameCall(r *http.Request, as emulator.Request) bool {
	return r.Method == as.Method && r.URL.Path == as.Path
}
