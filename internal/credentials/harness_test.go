// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package credentials

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// wire hands requests to an emulator without a network, so that the clock of a test may be a fake one.
type wire struct {
	api    *emulator.Server
	github string // the id token that GitHub gives; "": whoever asks is refused
}

// RoundTrip implements http.RoundTripper.
func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	got := httptest.NewRecorder()
	if r.URL.Host == "github.example" {
		if r.Header.Get("Authorization") != "Bearer "+githubBearer || w.github == "" {
			got.WriteHeader(http.StatusForbidden)
		}
		fmt.Fprintf(got, `{"count":1,"value":%q}`, w.github+r.URL.Query().Get("audience"))
		return got.Result(), nil
	}
	in := r.Clone(r.Context()) // as a server sees it
	if in.Host = r.URL.Host; in.Body == nil {
		in.Body = http.NoBody
	}
	w.api.ServeHTTP(got, in)
	resp := got.Result()
	resp.Request = r
	return resp, nil
}

const (
	githubBearer = "github-bearer-0123456789"
	githubURL    = "https://github.example/idtoken?api-version=2"
)

// world is an emulator, and the network that leads to it.
type world struct {
	*Network
	t   *testing.T
	api *emulator.Server
	to  *wire

	mu    sync.Mutex
	lines []string
}

func newWorld(t *testing.T, options emulator.Options) *world {
	t.Helper()
	api := emulator.New(options)
	to := &wire{api: api, github: emulator.DefaultIDToken}
	w := &world{t: t, api: api, to: to}
	w.Network = &Network{
		Transport: to, Local: to, IAM: "https://iam.example", STS: "https://sts.example", UserAgent: "test/1", Retries: 2,
		Vault: functiongraph.NewVault(), Now: time.Now, Log: func(_ context.Context, message string, fields map[string]any) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.lines = append(w.lines, message+fmt.Sprint(fields))
		},
	}
	return w
}

// client is one that gets its credentials by a plan.
func (w *world) client(plan Plan) *functiongraph.Client {
	w.t.Helper()
	c, err := functiongraph.New(functiongraph.Config{
		Region: emulator.DefaultRegion, ProjectID: emulator.DefaultProjectID, Transport: w.to, Vault: w.Vault,
		Source: New(plan, w.Network), RetryWait: time.Millisecond, MaxRetries: 2,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// who makes a request and says whose credentials it had.
func (w *world) who(c *functiongraph.Client) string {
	w.t.Helper()
	w.api.ResetRequests()
	if _, err := c.Functions(w.t.Context(), functiongraph.FunctionFilter{}); err != nil {
		w.t.Fatal(err)
	}
	seen := w.api.Requests("ListFunctions")
	return seen[len(seen)-1].As
}

// ops are the calls since the last look.
func (w *world) ops() string {
	var ops []string
	for _, r := range w.api.Requests() {
		ops = append(ops, r.Op)
	}
	w.api.ResetRequests()
	return strings.Join(ops, " ")
}

// The agencies of these tests: "first" is anybody's, and opens "second".
func agencies() []emulator.Agency {
	return []emulator.Agency{
		{Name: "first", DomainName: "account-1", DomainID: "d1"},
		{Name: "second", DomainName: "account-2", DomainID: "d2", By: "agency first"},
		{Name: "ci", DomainName: "account-3", DomainID: "d3", By: "OIDC"},
	}
}

var (
	goodKeys = Keys{functiongraph.Credentials{
		AccessKey: emulator.DefaultAccessKey, SecretKey: emulator.DefaultSecretKey,
	}, "the keys of the test"}
	badKeys = Keys{functiongraph.Credentials{AccessKey: "WRONGACCESSKEY01", SecretKey: "wrong-secret-key-02"},
		"wrong keys"}
	goodToken = Keys{functiongraph.Credentials{Token: emulator.DefaultToken}, "the token of the test"}
	atIAM     = Agency{Name: "first", DomainName: "account-1"}
	atSTS     = Agency{Name: "first", DomainID: "d1"}
	idText    = TextToken{emulator.DefaultIDToken, "HW_ASSUME_ROLE_ID_TOKEN"}
	password  = Password{
		UserName: emulator.DefaultUser, Password: emulator.DefaultPassword, DomainName: "acct",
		ProjectName: emulator.DefaultRegion, From: "HW_USER_PASSWORD",
	}
)
