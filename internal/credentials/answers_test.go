// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// scripted answers each request with the next of its answers, the last one again and again.
type scripted struct {
	answers []scriptedAnswer
	seen    []*http.Request
}

type scriptedAnswer struct {
	status int
	header string // Name: value
	body   string
	err    error
}

// RoundTrip implements http.RoundTripper.
func (s *scripted) RoundTrip(r *http.Request) (*http.Response, error) {
	a := s.answers[min(len(s.seen), len(s.answers)-1)]
	s.seen = append(s.seen, r)
	if a.err != nil {
		return nil, a.err
	}
	resp := &http.Response{StatusCode: a.status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(a.body)),
		Request: r}
	if name, value, ok := strings.Cut(a.header, ": "); ok {
		resp.Header.Set(name, value)
	}
	return resp, nil
}

const (
	goodIAM = `{"credential":{"access":"ACCESS-CANARY-1","secret":"secret-canary-2",` +
		`"securitytoken":"token-canary-3","expires_at":"2999-01-08T03:50:07.574000Z"}}`
	goodSTS = `{"credentials":{"access_key_id":"ACCESS-CANARY-1","secret_access_key":"secret-canary-2",` +
		`"security_token":"token-canary-3","expiration":"2999-01-08T03:50:07Z"}}`
)

// TestWhole: an answer that is not whole gives no credentials, no panic, and an error without any part of it.
func TestWhole(t *testing.T) {
	t.Parallel()
	oidc := OIDC{Token: idText, ProviderID: "i"}
	user := scriptedAnswer{201, "X-Subject-Token: " +
		"subject-canary-4", `{"token":{"expires_at":"2999-01-08T03:50:07.574000Z"}}`, nil}
	without := func(doc, member string) string {
		before, rest, _ := strings.Cut(doc, `"`+member+`":"`)
		_, after, _ := strings.Cut(rest, `"`)
		return strings.ReplaceAll(strings.ReplaceAll(before+after, "{,", "{"), ",,", ",")
	}
	for name, v := range map[string]struct {
		plan    Plan
		answers []scriptedAnswer
		says    string // "": no error
	}{
		"good":      {Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{201, "", goodIAM, nil}}, ""},
		"good, STS": {Plan{goodKeys, []Agency{atSTS}}, []scriptedAnswer{{201, "", goodSTS, nil}}, ""},
		"no time": {
			Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{200, "", strings.Replace(goodIAM, "2999", "x", 1), nil}}, "",
		},
		"a number for the time": {
			Plan{goodKeys, []Agency{atIAM}},
			[]scriptedAnswer{{200, "", strings.Replace(goodIAM, `"2999-01-08T03:50:07.574000Z"`, "32473000000", 1), nil}}, "",
		},
		"a number for the secret": {
			Plan{goodKeys, []Agency{atIAM}},
			[]scriptedAnswer{{200, "", strings.Replace(goodIAM, `"secret-canary-2"`, "2", 1), nil}},
			"holds no temporary credentials",
		},
		"a list": {Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{200, "", "[]", nil}}, "holds no temporary credentials"},
		"no secret": {
			Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{201, "", without(goodIAM, "secret"), nil}},
			"holds no temporary credentials",
		},
		"no security token": {
			Plan{goodKeys, []Agency{atSTS}}, []scriptedAnswer{{200, "", without(goodSTS, "security_token"), nil}},
			"holds no temporary credentials",
		},
		"the other's form": {
			Plan{goodKeys, []Agency{atSTS}}, []scriptedAnswer{{200, "", goodIAM, nil}}, "holds no temporary credentials",
		},
		"a page": {
			Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{200, "", "<html>secret-canary-2", nil}}, "is not the service's",
		},
		"nothing": {Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{200, "", "", nil}}, "is not the service's"},
		"over": {
			Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{201, "", strings.Replace(goodIAM, "2999", "1999", 1), nil}},
			"had ended already",
		},
		"too long": {
			Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{201, "", goodIAM + strings.Repeat(" ", maxAnswer), nil}},
			"too long",
		},
		"a redirect": {
			Plan{goodKeys, []Agency{atIAM}}, []scriptedAnswer{{302, "Location: https://other.example", "", nil}}, "HTTP 302",
		},
		"a line break": {
			Plan{goodKeys, []Agency{atIAM}},
			[]scriptedAnswer{{201, "", strings.Replace(goodIAM, "canary-2", `canary\n2`, 1), nil}}, "holds no temporary",
		},
		"no token for OIDC": {
			Plan{Base: oidc}, []scriptedAnswer{{201, "", user.body, nil}},
			"id-token/tokens: the answer holds no temporary credentials",
		},
		"OIDC": {Plan{Base: oidc}, []scriptedAnswer{user, {201, "", goodIAM, nil}}, ""},
		"OIDC, a token alone": {
			Plan{Base: oidc}, []scriptedAnswer{{201, user.header, "", nil}, {201, "", goodIAM, nil}}, "",
		},
		"OIDC, the first token is over": {
			Plan{Base: oidc}, []scriptedAnswer{user, {401, "", "{}", nil}, user, {201, "", goodIAM, nil}}, "",
		},
		"OIDC, over and over": {
			Plan{Base: oidc}, []scriptedAnswer{user, {401, "", "{}", nil}, user, {401, "", "{}", nil}}, "HTTP 401",
		},
		"OIDC, second step": {
			Plan{Base: oidc},
			[]scriptedAnswer{user, {403, "", `{"error":{"message":"no rights for subject-canary-4","code":403}}`, nil}},
			"no rights for",
		},
		"no token for user": {
			Plan{Base: password}, []scriptedAnswer{{201, "", user.body, nil}}, "auth/tokens: the answer holds",
		},
		"a page, refused": {
			Plan{goodKeys, []Agency{atIAM}},
			[]scriptedAnswer{{403, "", "<p>denied</p>", nil}},
			"an answer that is not the service's: denied",
		},
		"reset": {Plan{Base: password}, []scriptedAnswer{{err: errors.New("reset")}}, "no answer: reset"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, emulator.Options{})
			by := &scripted{answers: v.answers}
			w.Transport = by
			got, err := New(v.plan, w.Network).Credentials(t.Context())
			if v.says == "" && (err != nil || got.SecretKey != "secret-canary-2") {
				t.Fatalf("got %v", err)
			}
			if v.says == "" {
				return
			}
			if err == nil || !strings.Contains(err.Error(), v.says) || strings.Contains(err.Error(), "canary") {
				t.Errorf("got %v, want %q", err, v.says)
			}
		})
	}
}

// TestSecrets: whatever a service quotes, neither an error nor a log line holds a value that proves who asks.
func TestSecrets(t *testing.T) {
	t.Parallel()
	secrets := []string{
		"canary-id-token-0123456789", "canary-password-0123456789", "CANARYACCESSKEY0123", "canary-secret-key-0123456789",
		"canary-security-token-0123", "canary-bearer-0123456789", "canary-pod-token-0123456789", "canary-auth-token-01234567",
	}
	lasting := Keys{functiongraph.Credentials{AccessKey: secrets[2], SecretKey: secrets[3], SecurityToken: secrets[4]},
		"V"}
	for name, v := range map[string]Plan{
		"OIDC":      {Base: OIDC{Token: TextToken{secrets[0], "V"}, ProviderID: "i"}},
		"OIDC, STS": {Base: OIDC{Token: FileToken{written(t, secrets[0]), "V"}, ProviderURN: "u", Agency: atSTS}},
		"GitHub": {
			Base: OIDC{Token: GitHubToken{"https://x.example/y?q=" + secrets[0], secrets[5], "a"}, ProviderID: "i"},
		},
		"password": {Base: Password{UserName: "u", Password: secrets[1], DomainName: "d", ProjectName: "p", From: "V"}},
		"agency":   {lasting, []Agency{atIAM}},
		"STS":      {lasting, []Agency{atSTS}},
		"token":    {Keys{functiongraph.Credentials{Token: secrets[7]}, "V"}, []Agency{atIAM}},
		"pod":      {Base: Pod{"https://x.example/y", written(t, secrets[6])}},
	} {
		quoted := `{"error":{"code":401,"message":"you sent ` + strings.Join(secrets, " and ") + `"}}`
		for _, a := range []scriptedAnswer{{401, "", quoted, nil}, {400, "", "<html>" + quoted, nil}, {200, "", quoted,
			nil}} {
			w := newWorld(t, emulator.Options{})
			w.Transport = &scripted{answers: []scriptedAnswer{a}}
			w.Local = w.Transport
			s := New(v, w.Network)
			_, err := s.Credentials(t.Context())
			all := strings.Join(w.lines, "\n") + s.String()
			if err == nil || len(w.lines) == 0 {
				t.Errorf("%s: no error, or no log line", name)
				continue
			}
			for _, secret := range known(v, secrets) {
				if strings.Contains(all+err.Error(), secret) {
					t.Errorf("%s: %q is in %s%v", name, secret, all, err)
				}
			}
		}
	}
}

// known are the secrets that a plan brings.
func known(plan Plan, secrets []string) []string {
	switch base := plan.Base.(type) {
	case OIDC:
		if _, ok := base.Token.(GitHubToken); ok {
			return []string{secrets[5]}
		}
		return secrets[:1]
	case Password:
		return secrets[1:2]
	case Pod:
		return secrets[6:7]
	case Keys:
		if base.Token != "" {
			return secrets[7:]
		}
	}
	return secrets[2:5]
}

var errNobody = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("no route to host")}

// TestMetadata_tried: where nothing is left, the error says what was looked at, in order, and what to do; for thirty
// requests the metadata are asked once.
func TestMetadata_tried(t *testing.T) {
	t.Parallel()
	w := newWorld(t, emulator.Options{})
	by := &scripted{answers: []scriptedAnswer{{err: errNobody}}}
	w.Local = by
	s := New(Plan{Base: Metadata{[]string{"the block: nothing", "the environment: nothing"}, "Set " +
		"HW_ACCESS_KEY."}}, w.Network)
	for _, err := range crowd(t.Context(), s, 30) {
		const want = "no credentials were found. Tried, in this order:\n- the block: nothing\n- the environment: nothing\n" +
			"- the metadata of an ECS: nothing answers at http://169.254.169.254, so this is no ECS\nSet HW_ACCESS_KEY."
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Fatal(err)
		}
	}
	if len(by.seen) != 1 {
		t.Errorf("%d requests", len(by.seen))
	}
}

// TestMetadata_versions: which version there is, is found out as the documents say; a token that has ended is replaced.
func TestMetadata_versions(t *testing.T) {
	t.Parallel()
	token, keys := scriptedAnswer{200, "", "tok-1", nil}, scriptedAnswer{200, "", goodIAM, nil}
	refused := scriptedAnswer{401, "", `{"error":{"message":"The token is invalid","code":401}}`, nil}
	for name, v := range map[string]struct {
		answers  []scriptedAnswer
		requests int
		fails    bool
	}{
		"version 2":     {[]scriptedAnswer{token, keys}, 2, false},
		"404":           {[]scriptedAnswer{{status: 404}, keys}, 2, false},
		"405":           {[]scriptedAnswer{{status: 405}, keys}, 2, false},
		"503":           {[]scriptedAnswer{{status: 503}, keys}, 2, false},
		"501":           {[]scriptedAnswer{{status: 501}, keys}, 2, false},
		"403":           {[]scriptedAnswer{{status: 403}}, 1, true},
		"token is over": {[]scriptedAnswer{token, refused, token, keys}, 4, false},
		"refused twice": {[]scriptedAnswer{token, refused, token, refused}, 4, true},
		"a redirect":    {[]scriptedAnswer{{302, "Location: http://other.example", "", nil}}, 1, true},
	} {
		w := newWorld(t, emulator.Options{})
		by := &scripted{answers: v.answers}
		w.Local = by
		_, err := New(Plan{Base: Metadata{}}, w.Network).Credentials(t.Context())
		if (err != nil) != v.fails || len(by.seen) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(by.seen))
		}
		if name == "version 2" && (by.seen[0].Header.Get("X-Metadata-Token-Ttl-Seconds") != "21600" ||
			by.seen[1].Header.Get("X-Metadata-Token") != "tok-1" || by.seen[1].URL.Host != "169.254.169.254") {
			t.Errorf("asked %v, then %v", by.seen[0].Header, by.seen[1].Header)
		}
	}
}

// TestMetadata_lost: metadata that have answered once are asked again after a failure.
func TestMetadata_lost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, emulator.Options{MetadataV1: true})
		s := New(Plan{Base: Metadata{Tried: []string{"x"}}}, w.Network)
		crowd(t.Context(), s, 1)
		w.api.Inject(emulator.Fault{Op: "MetadataKeys", Status: 500})
		time.Sleep(7 * time.Hour) // past their end
		if err := crowd(t.Context(), s, 1)[0]; err == nil {
			t.Error("what has ended was used")
		}
		if err := crowd(t.Context(), s, 1)[0]; err != nil {
			t.Error(err)
		}
	})
}

// TestNewLocal: what is on this machine is asked without a proxy, whatever the environment says, and is waited for
// briefly: a laptop has no metadata.
func TestNewLocal(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	local, ok := NewLocal().(*http.Transport)
	if !ok || local.Proxy != nil || local.ResponseHeaderTimeout != localTimeout {
		t.Fatalf("got %+v", local)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	w := newWorld(t, emulator.Options{})
	w.Local, w.Network.Metadata = local, "http://"+listener.Addr().String()
	if _, err := New(Plan{Base: Metadata{Tried: []string{"x"}}},
		w.Network).Credentials(ctx); err == nil { // it never answers
		t.Error("credentials from nobody")
	}
}
