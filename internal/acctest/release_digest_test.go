// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/provider"
)

// withoutDigest takes the digest out of the answers that it is asked about, as a region would that does not report it.
type withoutDigest struct {
	*wire
	hides func(r *http.Request) bool
}

// RoundTrip implements http.RoundTripper.
func (w withoutDigest) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := w.wire.RoundTrip(r)
	if err != nil || !w.hides(r) {
		return resp, err
	}
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	var body map[string]any
	if json.Unmarshal(content, &body) == nil {
		delete(body, "digest")
		rows, _ := body["versions"].([]any)
		for _, row := range rows {
			delete(row.(map[string]any), "digest")
		}
		if content, err = json.Marshal(body); err != nil {
			return nil, err
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(content)), int64(len(content))
	return resp, nil
}

// serverOver starts a provider that talks to the emulator over the transport.
func serverOver(t testing.TB, transport http.RoundTripper) tfprotov6.ProviderServer {
	t.Helper()
	variables := map[string]string{
		"HW_REGION_NAME": emulator.DefaultRegion, "HW_PROJECT_ID": emulator.DefaultProjectID,
		"HW_AUTH_TOKEN": emulator.DefaultToken, "FGS_ENDPOINT": "http://127.0.0.1:1",
	}
	server := provider.NewServer(t.Context(), "test",
		provider.WithEnvironment(func(name string) string { return variables[name] }),
		provider.WithClient(func(c *functiongraph.Config) { c.Transport = transport }))
	configure(t, server)
	return server
}

// TestRelease_digestUnreported: a version is published, and never withdrawn, where answers do not report the digest:
// none of a region, or one of them.
func TestRelease_digestUnreported(t *testing.T) {
	t.Parallel()
	config := func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/config") }
	for name, hides := range map[string]func(r *http.Request) bool{
		"region":      func(*http.Request) bool { return true },
		"function":    func(r *http.Request) bool { return config(r) && !strings.Contains(r.URL.Path, ":v1/") },
		"version":     func(r *http.Request) bool { return config(r) && strings.Contains(r.URL.Path, ":v1/") },
		"publication": func(r *http.Request) bool { return r.Method == http.MethodPost },
		"reads":       config,
	} {
		for guard, digest := range map[string]func(r *releases) any{
			"": func(*releases) any { return nil }, ", digest asked for": func(r *releases) any { return r.digest() },
		} {
			t.Run(name+guard, func(t *testing.T) {
				t.Parallel()
				release(t, func(r *releases) {
					r.code("1")
					r.core = newCore(r.t, serverOver(r.t, withoutDigest{r.wire, hides}), versionType)
					given := r.config("1", values{"version": "v1", "digest": digest(r)})
					if d := r.core.apply(r.t.Context(), given); d.failed() || r.text("version") != "v1" {
						r.t.Error(d)
					}
					if got := r.published(); !slices.Equal(got, []string{"v1"}) || r.wire.api.Count("DeleteVersion") > 0 {
						r.t.Errorf("the service has %v, deletions %d", got, r.wire.api.Count("DeleteVersion"))
					}
				})
			})
		}
	}
}

// TestRelease_adoptedStays: the answer to the publication is lost, and the version is found and taken for this run's.
// Then somebody puts another in its place. It is not this run's, and stays.
func TestRelease_adoptedStays(t *testing.T) {
	t.Parallel()
	release(t, func(r *releases) {
		r.code("1")
		config := r.config("1", values{"version": "v1"})
		replace := func() {
			err := r.wire.api.Edit("default", "orders", func(f *emulator.Function) {
				f.Versions[0].Digest = strings.Repeat("f", 128)
			})
			if err != nil {
				r.t.Error(err)
			}
		}
		r.wire.api.Inject(
			emulator.Fault{Op: "PublishVersion", Kind: emulator.DropAfter},
			emulator.Fault{Op: "GetConfig", Skip: 2, Before: replace}, // the guard, the look after the lost answer
		)
		d := r.apply(config)
		if !d.has("runs other code than the one to be published") || !d.has("did not provably publish") {
			r.t.Error(d)
		}
		if got := r.published(); !slices.Equal(got, []string{"v1"}) || r.wire.api.Count("DeleteVersion") > 0 {
			r.t.Errorf("the service has %v, deletions %d", got, r.wire.api.Count("DeleteVersion"))
		}
	})
}

// TestRelease_digestMissing: a read of the version whose answer has no digest, once or for good, changes nothing: the
// version is neither published again nor taken for another one.
func TestRelease_digestMissing(t *testing.T) {
	t.Parallel()
	version := func(r *http.Request) bool { return strings.Contains(r.URL.Path, ":v1/config") }
	for name, test := range map[string]struct {
		hides func(n *int, r *http.Request) bool
		fails bool
	}{
		"once":     {func(n *int, r *http.Request) bool { return version(r) && func() bool { *n++; return *n == 1 }() }, false},
		"for good": {func(_ *int, r *http.Request) bool { return version(r) }, true}, // the function's answers have one
		"region":   {func(*int, *http.Request) bool { return true }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			release(t, func(r *releases) {
				r.code("1")
				config := r.config("1", values{"version": "v1"})
				if d := r.apply(config); d.failed() {
					r.t.Fatal(d)
				}
				before, n := r.state, 0
				r.server = serverOver(r.t, withoutDigest{r.wire, func(req *http.Request) bool { return test.hides(&n, req) }})
				if d := r.refresh(r.t.Context()); d.failed() != test.fails || !r.state.Equal(before) {
					r.t.Errorf("the state changed: %t; %s", !r.state.Equal(before), d)
				}
			})
		})
	}
}
