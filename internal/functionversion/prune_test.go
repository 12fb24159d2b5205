// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestAccVersion_prune: each release deletes what is too old, whatever retain_on_destroy says; what only changes the
// number deletes nothing.
func TestAccVersion_prune(t *testing.T) {
	for name, more := range map[string]string{"retained": retained, "not retained": ""} {
		t.Run(name, func(t *testing.T) {
			r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions = false }))
			release := func(n, keep, versions int) resource.TestStep {
				return resource.TestStep{
					PreConfig: func() { r.aSecondLater() },
					Config: function(r.code(fmt.Sprint("code", n)), "") +
						tied(fmt.Sprintf("version = \"v%d\"\n%s\nprune = { keep = %d }", n, more, keep)),
					Check: r.published(versions),
				}
			}
			r.run(release(1, 2, 1), release(2, 2, 2), release(3, 2, 2), release(3, 1, 2), release(4, 1, 1))
		})
	}
}

// aSecondLater waits until the service's clock shows another second: times of versions have no smaller part.
func (r releaseTest) aSecondLater() {
	<-time.After(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
}

// TestAccVersion_pruneNone: the number is refused before anything is asked.
func TestAccVersion_pruneNone(t *testing.T) {
	r := newReleaseTest(t)
	r.run(resource.TestStep{
		Config: function(r.code("one"), "") + tied(retained+"\nprune = { keep = 0 }"), PlanOnly: true,
		ExpectError: regexp.MustCompile(`must be at least 1`),
	})
}
