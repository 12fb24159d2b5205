// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"net/http"
	"sync/atomic"
	"time"
)

// gate stands before the emulator: it counts requests, holds each back for as long as a network would, and gives the
// answers that a profile has and the emulator has not.
type gate struct {
	next    http.Handler
	answers map[string]answer // by method and path
	delay   time.Duration     // set while nothing is on its way
	count   atomic.Int64
}

// newGate puts a gate before next.
func newGate(next http.Handler, answers []answer, delay time.Duration) *gate {
	g := &gate{next: next, answers: map[string]answer{}, delay: delay}
	for _, a := range answers {
		g.answers[a.Method+" "+a.Path] = a
	}
	return g
}

// ServeHTTP answers one request.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.count.Add(1)
	if g.delay > 0 {
		timer := time.NewTimer(g.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.Context().Done():
			return
		}
	}
	if a, ok := g.answers[r.Method+" "+r.URL.Path]; ok {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(a.Status)
		_, _ = io.WriteString(w, a.Body) // whoever has left needs no answer
		return
	}
	g.next.ServeHTTP(w, r)
}

// take returns how many requests came since it was last called.
func (g *gate) take() int { return int(g.count.Swap(0)) }
