// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"errors"
	"io"
	"time"
)

// What an answer may cost. The echo of an upload of 50 MB (contract 3.6) has 67 MB; of what is kept, a page of 400
// functions is the largest.
const (
	maxAnswer   = 128 << 20 // bytes on the wire
	maxKept     = 16 << 20  // bytes after its long strings were cut
	answerStall = 60 * time.Second
)

var (
	errStalled  = errors.New("nothing of the answer came for too long")
	errTooLarge = errors.New("the answer is too large")
)

// flightBody is an answer's body. It ends the flight when it is read and closed, not before, and cancels it when no
// byte comes for a while, or too many.
type flightBody struct {
	io.ReadCloser
	flight *flight
	pass   func(credit, *Error)
	stall  time.Duration
	left   int64
}

// Read implements io.Reader.
func (b *flightBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	timer := time.AfterFunc(b.stall, func() { b.flight.cancel(errStalled) })
	n, err := b.ReadCloser.Read(p)
	timer.Stop()
	b.left -= int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		if cause := b.flight.cause(); cause != nil {
			err = cause // says more than the transport does
		}
	}
	return n, err
}

// Close implements io.Closer. Whoever closes an answer that nobody has judged, as net/http does with a redirect to
// nowhere, gives the turn at the gate on.
func (b *flightBody) Close() error {
	defer b.pass(unproven, nil)
	defer b.flight.end()
	return b.ReadCloser.Close()
}
