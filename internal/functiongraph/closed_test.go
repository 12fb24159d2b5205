// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// TestClosed: where nobody is left, no call makes a request, and none is repeated.
func TestClosed(t *testing.T) {
	t.Parallel()
	for method, call := range testCalls() {
		for _, after := range []int{0, 1} {
			c, s := scripted(t, step{status: 503, body: `{}`, header: map[string]string{"Retry-After": "0"}})
			c.closed = func() bool { return len(s.requests()) == after }
			err := call(t.Context(), c)
			if len(s.requests()) != after || !errors.Is(err, context.Canceled) ||
				!strings.Contains(err.Error(), "nobody is left") {
				t.Errorf("%s, after %d requests: %d, %v", method, after, len(s.requests()), err)
			}
		}
	}
}
