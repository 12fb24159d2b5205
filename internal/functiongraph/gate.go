// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// gate keeps a wrong key from being tried by each of many calls: the vendor locks a key that was refused five times
// (contract 1.5). Until one request was accepted, one is in flight; a refusal ends all the others without a request.
type gate struct {
	mu      sync.Mutex
	open    bool
	refused *Error        // remembered: nothing is sent any more
	turn    chan struct{} // holds an element while a request is in flight at a closed gate
}

func newGate() *gate {
	return &gate{turn: make(chan struct{}, 1)}
}

// credit is what an answer says about the credentials of its request.
type credit int

const (
	unproven credit = iota // no answer, or one of somebody who need not have looked at them
	accepted
	refused
	ended // refused, and others have taken their place
)

// enter waits until a request may leave. pass must be called when its answer is known; only the first call counts.
func (g *gate) enter(ctx context.Context) (pass func(credit, *Error), err error) {
	if pass, err := g.try(); pass != nil || err != nil {
		return pass, err
	}
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctxError(ctx)
	}
	if pass, err := g.try(); pass != nil || err != nil { // somebody else's answer came meanwhile
		<-g.turn
		return pass, err
	}
	var once sync.Once
	return func(c credit, answer *Error) {
		once.Do(func() {
			g.settle(c, answer)
			<-g.turn
		})
	}, nil
}

// try is what needs no turn: an open gate, or one that is closed for good.
func (g *gate) try() (pass func(credit, *Error), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.refused != nil:
		return nil, fmt.Errorf("not sent, since the service has refused these credentials before: %w", g.refused)
	case g.open:
		return g.doubt, nil
	}
	return nil, nil
}

// settle takes the answer to the one request in flight at a closed gate.
func (g *gate) settle(c credit, answer *Error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch c {
	case accepted:
		g.open = true
	case refused:
		g.refused = answer
	case unproven, ended:
	}
}

// doubt takes the answer to a request that went through an open gate. A token may have ended, or one machine of the
// service may be wrong: the gate closes, and the next answer decides.
func (g *gate) doubt(c credit, _ *Error) {
	if c == refused || c == ended {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.open = false
	}
}

// creditOf judges an answer; api is nil for a success. A failure that FunctionGraph itself words has passed the check
// of the credentials, which the gateway makes.
func creditOf(api *Error) credit {
	switch {
	case api == nil:
		return accepted
	case strings.HasPrefix(api.Code, "FSS."):
		return accepted
	case api.Status == http.StatusUnauthorized:
		return refused
	}
	return unproven
}
