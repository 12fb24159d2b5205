// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// releases is a function whose versions are released one after the other, as by applies in a row.
type releases struct {
	*core
	wire *wire
}

// apply is a run of its own, with a provider of its own.
func (r *releases) apply(given values) diagnostics {
	r.t.Helper()
	r.server = newServer(r.t, r.wire)
	return r.core.apply(r.t.Context(), given)
}

// destroyLater is a run of its own that destroys: to a run that has just published, "not found" may be "not yet".
func (r *releases) destroyLater() diagnostics {
	r.t.Helper()
	r.server = newServer(r.t, r.wire)
	return r.destroy(r.t.Context())
}

// release runs a test of releases under a quota of ten versions, with more switches changed.
func release(t *testing.T, run func(r *releases), more ...func(*emulator.Switches)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		quota := func(s *emulator.Switches) { s.VersionQuota, s.NoListVersions = 10, false }
		api := newAPI(append([]func(*emulator.Switches){quota}, more...)...)
		api.Put(emulator.Function{
			Name: "orders", CodeState: emulator.CodeState{CodeType: "inline", Code: []byte("0")},
			Settings: emulator.Settings{Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128},
		})
		w := &wire{api: api}
		run(&releases{newCore(t, newServer(t, w), versionType), w})
	})
}

func (r *releases) function() emulator.Function {
	r.t.Helper()
	f, ok := r.wire.api.Function("default", "orders")
	if !ok {
		r.t.Fatal("the service has no function orders")
	}
	return f
}

// code is other code of the function, as its own apply would have left it, a while later.
func (r *releases) code(text string) {
	r.t.Helper()
	<-time.After(time.Minute)
	if err := r.wire.api.SetCode("default", "orders", "", "", []byte(text)); err != nil {
		r.t.Fatal(err)
	}
}

// config is a version tied to the function's code as it is now.
func (r *releases) config(source string, more values) values {
	return values{
		"function_urn": functionURN, "source_hash": source, "digest": r.digest(), "retain_on_destroy": true,
	}.with(more)
}

// digest is what the service reports of the function.
func (r *releases) digest() string { return r.function().Digest }

// reported is what answers have as its digest, which is none for a container image in one of the worlds.
func (r *releases) reported() string {
	f := r.function()
	if f.CodeType != sourceType || !acctest.SecondWorld() {
		return f.Digest
	}
	sum := sha512.Sum512([]byte(f.CustomImage.Image))
	return hex.EncodeToString(sum[:])
}

func (r *releases) published() (names []string) {
	for _, v := range r.function().Versions {
		names = append(names, v.Name)
	}
	return names
}

func keep(n int) values { return values{"prune": values{"keep": n}} }

// TestRelease_prune: fifty releases in a row fit a quota of ten, with an alias that follows; the plan names what goes.
func TestRelease_prune(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		for n := 1; n <= 50; n++ {
			r.code(fmt.Sprint(n))
			config := r.config(fmt.Sprint(n), keep(3)).with(values{"version": fmt.Sprint("v", n)})
			d := r.apply(config)
			if d.failed() {
				r.t.Fatalf("release %d: %s", n, d)
			}
			if names := d.has(fmt.Sprint("prune deletes v", n-3, ":")); names != (n > 3) {
				r.t.Errorf("release %d: names what goes: %t: %s", n, names, d)
			}
			if err := r.empty(r.t.Context(), config); err != nil {
				r.t.Error(err)
			}
			if err := r.wire.api.PutAlias("default", "orders", "prod", fmt.Sprint("v", n), nil); err != nil {
				r.t.Fatal(err)
			}
		}
		if got := r.published(); !slices.Equal(got, []string{"v48", "v49", "v50"}) {
			r.t.Errorf("the service has %v", got)
		}
	})
}

// TestRelease_pruneSpares: what an alias points to, as main or additional version, what has reserved instances, and
// what somebody published since, stays; the plan says so.
func TestRelease_pruneSpares(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		for n := 1; n <= 5; n++ {
			r.code(fmt.Sprint(n))
			if d := r.apply(r.config(fmt.Sprint(n), values{"version": fmt.Sprint("v", n)})); d.failed() {
				r.t.Fatal(d)
			}
		}
		for alias, weights := range map[string]map[string]int{"prod": nil, "canary": {"v2": 10}} {
			if err := r.wire.api.PutAlias("default", "orders", alias, map[string]string{"prod": "v1", "canary": "v4"}[alias],
				weights); err != nil {
				r.t.Fatal(err)
			}
		}
		if err := r.wire.api.PutReservation("default", "orders",
			emulator.Reservation{Qualifier: "v3", MinCount: 1}); err != nil {
			r.t.Fatal(err)
		}
		r.code("foreign")
		if err := r.wire.api.Publish("default", "orders", "foreign", ""); err != nil {
			r.t.Fatal(err)
		}
		r.code("6")
		d := r.apply(r.config("6", keep(1)).with(values{"version": "v6"}))
		if d.failed() || !d.has("prune deletes v5: it keeps the newest version. Older, and kept: v1 (alias prod), v2 "+
			"(alias canary), v3 (reserved instances: 1), v4 (alias canary).") {
			r.t.Errorf("the plan does not say what goes: %s", d)
		}
		if got := r.published(); !slices.Equal(got, []string{"v1", "v2", "v3", "v4", "foreign", "v6"}) {
			r.t.Errorf("the service has %v", got)
		}
	})
}

// TestRelease_pruneNever: a first publication, a destroy, and an apply that only sets prune delete nothing.
func TestRelease_pruneNever(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		for _, name := range []string{"a", "b", "c"} {
			if err := r.wire.api.Publish("default", "orders", name, ""); err != nil {
				r.t.Fatal(err)
			}
		}
		r.code("1")
		config := r.config("1", values{"version": "v1"})
		for _, c := range []values{config.with(keep(1)), config, config.with(keep(2))} {
			if d := r.apply(c); d.failed() || len(d) > 0 {
				r.t.Fatal(d)
			}
		}
		if d := r.destroy(r.t.Context()); d.failed() {
			r.t.Fatal(d)
		}
		if got := r.published(); !slices.Equal(got, []string{"a", "b", "c", "v1"}) {
			r.t.Errorf("the service has %v", got)
		}
	})
}

// TestRelease_pruneFails: what cannot be deleted is a warning, and the next release tries again.
func TestRelease_pruneFails(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		publish := func(n int) diagnostics {
			t.Helper()
			r.code(fmt.Sprint(n))
			d := r.apply(r.config(fmt.Sprint(n), keep(1)).with(values{"version": fmt.Sprint("v", n)}))
			if d.failed() {
				r.t.Fatal(d)
			}
			return d
		}
		publish(1)
		r.wire.api.Inject(emulator.Fault{Op: "DeleteVersion", Status: 403, Code: "FSS.0403", Message: "not now"})
		if d := publish(2); !d.has("Old Versions Were Not Deleted") || !d.has("version v1") || !d.has("not now") {
			r.t.Errorf("the failure is not told: %s", d)
		}
		publish(3)
		if got := r.published(); !slices.Equal(got, []string{"v3"}) {
			r.t.Errorf("the service has %v", got)
		}
	})
}

// TestRelease_quota: the error says how many versions there are, which of them nothing needs, and the ways out.
func TestRelease_quota(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		for n := 1; n <= 9; n++ {
			if err := r.wire.api.Publish("default", "orders", fmt.Sprint("v", n), ""); err != nil {
				r.t.Fatal(err)
			}
		}
		for n := 1; n <= 7; n++ {
			if err := r.wire.api.PutAlias("default", "orders", fmt.Sprint("a", n), fmt.Sprint("v", n), nil); err != nil {
				r.t.Fatal(err)
			}
		}
		r.code("10")
		d := r.apply(r.config("10", values{"version": "v10"}))
		for _, says := range []string{"has 10 versions", "need v9, v8", "prune", "larger quota"} {
			if !d.has(says) {
				r.t.Errorf("the error does not say %q: %s", says, d)
			}
		}
	})
}
