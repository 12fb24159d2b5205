// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestGate(t *testing.T) {
	t.Parallel()
	const delay = 30 * time.Millisecond
	behind := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "emulator") })
	g := newGate(behind, []answer{{http.MethodGet, "/v3/services", http.StatusAccepted, `{"services": []}`}}, delay)
	for _, request := range []struct {
		method, target string
		status         int
		body           string
	}{
		{http.MethodGet, "/v3/services?type=fgs", http.StatusAccepted, `{"services": []}`},
		{http.MethodPost, "/v3/services", http.StatusOK, "emulator"},
		{http.MethodGet, "/v2/functions", http.StatusOK, "emulator"},
	} {
		began, got := time.Now(), httptest.NewRecorder()
		g.ServeHTTP(got, httptest.NewRequest(request.method, request.target, http.NoBody))
		if took := time.Since(began); took < delay {
			t.Errorf("%s was answered after %v", request.target, took)
		}
		if got.Code != request.status || got.Body.String() != request.body {
			t.Errorf("%s %s: %d %s", request.method, request.target, got.Code, got.Body)
		}
	}
	if n := g.take(); n != 3 {
		t.Errorf("%d requests, want 3", n)
	}
	if n := g.take(); n != 0 {
		t.Errorf("%d requests since, want none", n)
	}
}
