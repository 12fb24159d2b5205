// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// crowd asks a source n times at once.
func crowd(ctx context.Context, s functiongraph.Source, n int) []error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { _, errs[i] = s.Credentials(ctx) })
	}
	group.Wait()
	return errs
}

// TestLife: credentials are renewed shortly before they end, and the identity stays what it was: on an ECS, new keys
// of the ECS never take the place of the agency that was assumed with them.
func TestLife(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		plan  Plan
		life  time.Duration // of an emulator that gives less than is asked for
		as    string
		early time.Duration // before the end
	}{
		"agency for an hour": {Plan{goodKeys, []Agency{atIAM}}, 0, "agency first", 5 * time.Minute},
		"agency for 15 minutes": {
			Plan{goodKeys, []Agency{{Name: "first", DomainID: "d1", Duration: 15 * time.Minute}}}, 0, "agency first",
			3 * time.Minute,
		},
		"agency on an ECS": {Plan{Metadata{}, []Agency{atSTS}}, time.Hour, "agency first", 5 * time.Minute},
		"OIDC": {
			Plan{Base: OIDC{Token: idText, ProviderID: emulator.DefaultIDProvider}}, 0, "OIDC", 5 * time.Minute,
		},
		"a user": {Plan{Base: password}, 0, "user", 5 * time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, emulator.Options{Agencies: agencies(), Longest: v.life})
			c := w.client(v.plan)
			w.who(c)
			life := time.Hour
			switch name {
			case "a user":
				life = 24 * time.Hour
			case "agency for 15 minutes":
				life = 15 * time.Minute
			}
			for round := range 4 {
				time.Sleep(life - v.early - 2*time.Second)
				if as, ops := w.who(c), w.ops(); as != v.as || ops != "ListFunctions" {
					t.Errorf("%s, round %d: as %q after %q", name, round, as, ops)
				}
				time.Sleep(3 * time.Second)
				if as, ops := w.who(c), w.ops(); as != v.as || ops == "ListFunctions" || strings.Count(ops, "ListFunctions") != 1 {
					t.Errorf("%s, round %d, close to the end: as %q after %q", name, round, as, ops)
				}
			}
		})
	}
}

// TestLife_clocks: how long credentials live is counted from the answer's own time, so that a wrong local clock neither
// asks each time nor uses what has ended.
func TestLife_clocks(t *testing.T) {
	t.Parallel()
	for _, off := range []time.Duration{-10 * time.Hour, 10 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t, emulator.Options{})
			w.Now = func() time.Time { return time.Now().Add(off) }
			s := New(Plan{Base: OIDC{Token: idText, ProviderID: emulator.DefaultIDProvider}}, w.Network)
			for range 3 {
				if _, err := s.Credentials(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if ops := w.ops(); ops != "LoginWithOIDC AssumeAgency" {
				t.Errorf("off by %v: %s", off, ops)
			}
			time.Sleep(56 * time.Minute)
			if _, err := s.Credentials(t.Context()); err != nil || w.api.Count() != 2 {
				t.Errorf("off by %v, an hour later: %v after %s", off, err, w.ops())
			}
		})
	}
}

// TestLife_renewalFails: a renewal that fails is no error while the old credentials are good, is not tried for each
// request, and is one afterwards.
func TestLife_renewalFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, emulator.Options{Agencies: agencies()})
		s := New(Plan{goodKeys, []Agency{atIAM}}, w.Network)
		crowd(t.Context(), s, 1)
		time.Sleep(56 * time.Minute)
		w.api.ResetRequests()
		w.api.Inject(emulator.Fault{Op: "AssumeAgency", Times: -1, Status: 500})
		for _, err := range append(crowd(t.Context(), s, 5), crowd(t.Context(), s, 5)...) {
			if err != nil {
				t.Error(err)
			}
		}
		if n := w.api.Count(); n != 3 {
			t.Errorf("%d calls, want one with its two repetitions", n)
		}
		time.Sleep(31 * time.Second)
		if errs := crowd(t.Context(), s, 1); errs[0] != nil || w.api.Count() != 6 {
			t.Errorf("half a minute later: %v after %d calls", errs[0], w.api.Count())
		}
		time.Sleep(4 * time.Minute)
		if err := crowd(t.Context(), s, 1)[0]; err == nil || !strings.Contains(err.Error(), "agency first") {
			t.Errorf("after the end: %v", err)
		}
		if !strings.Contains(s.String(), "could not be renewed") {
			t.Errorf("the name is %q", s)
		}
	})
}

// TestRefusal: thirty requests with a wrong key, or whatever else is refused, are one call that is refused, and errors
// that say what was tried; for good, for the vendor locks a key that is refused again and again.
func TestRefusal(t *testing.T) {
	t.Parallel()
	wrong := password
	wrong.Password = "wrong-password-9"
	for name, v := range map[string]struct {
		plan    Plan
		options emulator.Options
		calls   int
		says    []string
	}{
		"a wrong key": {
			Plan{badKeys, []Agency{atIAM}}, emulator.Options{}, 1,
			[]string{"the agency first of the account account-1", "assumed with wrong keys", "APIGW.0301"},
		},
		"at STS": {
			Plan{badKeys, []Agency{atSTS}}, emulator.Options{}, 1,
			[]string{"the agency first of the account with the id d1", "APIGW.0301"},
		},
		"not trusted": {
			Plan{goodKeys, []Agency{{Name: "second", DomainID: "d2"}}}, emulator.Options{}, 1,
			[]string{"You are not allowed to assume", "HTTP 403"},
		},
		"a password": {Plan{Base: wrong}, emulator.Options{}, 1, []string{"HW_USER_PASSWORD", "HTTP 401"}},
		"an id token": {
			Plan{Base: OIDC{Token: TextToken{"other-token", "V"}, ProviderID: emulator.DefaultIDProvider}}, emulator.Options{},
			1, []string{"an OIDC token from V", "HTTP 401"},
		},
		"from a file": {
			Plan{Base: OIDC{Token: FileToken{written(t, "other-token"), "V"}, ProviderID: emulator.DefaultIDProvider}},
			emulator.Options{}, 1, []string{"the file of V", "HTTP 401"},
		},
		"no agency": {
			Plan{Base: Metadata{}}, emulator.Options{NoECSAgency: true}, 2,
			[]string{"Please configure Cloud Service Agency first"},
		},
		"no file": {
			Plan{Base: OIDC{Token: FileToken{"/does/not/exist", "V"}}}, emulator.Options{}, 0,
			[]string{"cannot read the OIDC token", "/does/not/exist"},
		},
		"chained": {
			Plan{badKeys, []Agency{atIAM, {Name: "second", DomainID: "d2"}}}, emulator.Options{}, 1,
			[]string{"from the agency first of the account account-1, assumed with wrong keys:", "APIGW.0301"},
		},
		"no pod's file": {
			Plan{Base: Pod{"https://x.example/y", "/does/not/exist"}}, emulator.Options{}, 0,
			[]string{"HC_CONTAINER_AUTHORIZATION_TOKEN_FILE"},
		},
		"a bad address": {
			Plan{Base: Pod{"http://10.0.0.1/y", "/does/not/exist"}}, emulator.Options{}, 0,
			[]string{"HC_CONTAINER_CREDENTIALS_FULL_URI"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v.options.Agencies = agencies()
			w := newWorld(t, v.options)
			s := New(v.plan, w.Network)
			for _, err := range append(crowd(t.Context(), s, 30), crowd(t.Context(), s, 3)...) {
				for _, text := range v.says {
					if err == nil || !strings.Contains(err.Error(), text) {
						t.Fatalf("the error does not say %q: %v", text, err)
					}
				}
			}
			if n := w.api.Count(); n != v.calls {
				t.Errorf("%d calls: %s", n, w.ops())
			}
		})
	}
}

// TestRefusal_file: an id token that is refused is sent again when its file holds another one, and is read at each
// renewal.
func TestRefusal_file(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, emulator.Options{})
		path := written(t, "token-1")
		rotate := func(token string, accepted bool) {
			if err := os.WriteFile(path, []byte(token+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if accepted {
				w.api.AcceptIDToken(token)
			}
		}
		s := New(Plan{Base: OIDC{Token: FileToken{path, "V"}, ProviderID: emulator.DefaultIDProvider}}, w.Network)
		if err := crowd(t.Context(), s, 1)[0]; err == nil {
			t.Error("a token that is not valid was accepted")
		}
		rotate("token-2", true)
		if err := crowd(t.Context(), s, 1)[0]; err != nil {
			t.Error(err)
		}
		rotate("token-3", true)
		time.Sleep(56 * time.Minute)
		if err := crowd(t.Context(), s, 1)[0]; err != nil || w.api.Count() != 5 {
			t.Errorf("%v after %s", err, w.ops())
		}
	})
}

// TestOnce: thirty at once are one exchange, whose caller may give up without that concerning the others.
func TestOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, emulator.Options{Agencies: agencies()})
		slow := &slowly{to: w.to, takes: 20 * time.Second}
		w.Transport = slow
		s := New(Plan{goodKeys, []Agency{atIAM}}, w.Network)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := s.Credentials(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the first: %v", err)
			}
		})
		synctest.Wait()
		for _, err := range crowd(t.Context(), s, 30) {
			if err != nil {
				t.Error(err)
			}
		}
		group.Wait()
		if slow.calls != 2 {
			t.Errorf("%d calls", slow.calls)
		}
	})
}

// slowly takes a while, unless the caller gives up.
type slowly struct {
	to    http.RoundTripper
	takes time.Duration
	calls int
}

// RoundTrip implements http.RoundTripper.
func (s *slowly) RoundTrip(r *http.Request) (*http.Response, error) {
	s.calls++ // one at a time, or it is a data race
	select {
	case <-time.After(s.takes):
		return s.to.RoundTrip(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// TestRenew: what was refused is asked for anew, through a chain, once for all who were refused; what cannot be had
// anew stays refused.
func TestRenew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, emulator.Options{Agencies: agencies()})
	s := New(Plan{Metadata{}, []Agency{atSTS, {Name: "second", DomainID: "d2"}}}, w.Network)
	old, err := s.Credentials(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.api.EndCredentials()
	w.api.ResetRequests()
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if !s.Renew(t.Context(), old) {
				t.Error("it is not renewed")
			}
		})
	}
	group.Wait()
	// Each step finds its own credentials refused: two more calls at STS than without that, and new ones of the ECS,
	// whose token for the metadata has ended, too.
	if ops := w.ops(); strings.Count(ops, "STSAssumeAgency") != 4 || strings.Count(ops, "MetadataKeys") > 2 {
		t.Errorf("calls %s", ops)
	}
	if now, err := s.Credentials(t.Context()); err != nil || now == old {
		t.Errorf("%v", err)
	}
	for _, fixed := range []Plan{{Base: goodKeys}, {Base: goodToken}} {
		if New(fixed, w.Network).Renew(t.Context(), functiongraph.Credentials{}) {
			t.Error("lasting credentials were renewed")
		}
	}
}

// TestRetry: a service that fails for a moment, or does not answer, is asked again; a host that does not exist is not.
func TestRetry(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]emulator.Fault{
		"failing": {Status: 503, Times: 2}, "throttled": {Status: 429, Times: 2}, "a page": {Kind: emulator.HTML, Times: 2},
	} {
		w := newWorld(t, emulator.Options{Agencies: agencies()})
		fault.Op = "AssumeAgency"
		w.api.Inject(fault)
		if err := crowd(t.Context(), New(Plan{goodKeys, []Agency{atIAM}}, w.Network),
			1)[0]; err != nil || w.api.Count() != 3 {
			t.Errorf("%s: %v after %d calls", name, err, w.api.Count())
		}
	}
}
