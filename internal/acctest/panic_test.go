// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// panicking is a transport with a defect: it panics at the first request that it is told of.
type panicking struct {
	next http.RoundTripper
	when func(r *http.Request) bool
	once sync.Once
}

// RoundTrip implements http.RoundTripper.
func (p *panicking) RoundTrip(r *http.Request) (*http.Response, error) {
	if p.when(r) {
		p.once.Do(func() { panic("a defect with a s3cret argument") })
	}
	return p.next.RoundTrip(r)
}

// threeFunctions is a configuration with three functions; one of them meets the defect.
func threeFunctions(path string) string {
	var b strings.Builder
	for _, name := range []string{"one", "two", "three"} {
		fmt.Fprintf(&b, `
resource "fgs_function" %[1]q {
  name        = %[1]q
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { zip_file = %[2]q }
}`, name, path)
	}
	return b.String()
}

// TestAccPanic: a panic in one operation becomes a diagnostic, and the other operations of the apply complete and are
// saved. A panic right after a creation does not lose the function: it is in the state.
func TestAccPanic(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		when      func(r *http.Request) bool
		left      int // functions at the service afterwards
		deletions int // by the next apply: what is in the state is tainted, and replaced
	}{
		"before the request": {func(r *http.Request) bool { return r.Method == http.MethodPost }, 2, 0},
		"on reading back":    {func(r *http.Request) bool { return r.Method == http.MethodGet }, 3, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defect := &panicking{next: http.DefaultTransport, when: v.when} // one for all commands of the test
			e := acctest.New(t, acctest.WithClient(func(c *functiongraph.Config) { c.Transport = defect }))
			path := acctest.NewDir(t).Code("code.zip", "v1")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: e.Factories, CheckDestroy: e.CheckDestroy,
				Steps: []resource.TestStep{
					{Config: threeFunctions(path), ExpectError: regexp.MustCompile(`Provider\s+Panic`)},
					{
						PreConfig: func() {
							if n := len(e.Emulator.Functions()); n != v.left {
								t.Errorf("the service has %d functions, want %d", n, v.left)
							}
							e.Emulator.ResetRequests()
						},
						Config: threeFunctions(path),
						Check: func(*terraform.State) error {
							created, deleted := e.Emulator.Count("CreateFunction"), 0
							for _, r := range e.Emulator.Requests("DeleteFunction") {
								if r.Status == http.StatusNoContent { // some the emulator refuses as too early
									deleted++
								}
							}
							if created != 1 || deleted != v.deletions {
								return fmt.Errorf("%d creations, %d deletions", created, deleted)
							}
							return nil
						},
					},
				},
			})
		})
	}
}
