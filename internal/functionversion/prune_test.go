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

// TestAccVersion_prune: each release deletes what is too old, with the old version replaced before or after the new one
// is published; what only changes the number deletes nothing.
func TestAccVersion_prune(t *testing.T) {
	for name, lifecycle := range map[string]string{"": "", "create before destroy": "\nlifecycle { create_before_destroy = true }"} {
		t.Run(name, func(t *testing.T) {
			r := newReleaseTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.NoListVersions, s.DeleteDelay = false, 0 }))
			release := func(n, keep int) resource.TestStep {
				return resource.TestStep{
					PreConfig: func() { r.aSecondLater() },
					Config: function(r.code(fmt.Sprint("code", n)), "") +
						tied(fmt.Sprintf("version = \"v%d\"\n%s\nprune = { keep = %d }%s", n, retained, keep, lifecycle)),
				}
			}
			with := func(step resource.TestStep, versions int) resource.TestStep {
				step.Check = r.published(versions)
				return step
			}
			r.run(
				with(release(1, 2), 1), with(release(2, 2), 2), with(release(3, 2), 2), with(release(3, 1), 2), with(release(4, 1), 1),
			)
		})
	}
}

// aSecondLater waits until the service's clock shows another second: times of versions have no smaller part.
func (r releaseTest) aSecondLater() {
	<-time.After(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
}

// TestAccVersion_pruneAlone: prune without retain_on_destroy is refused before anything is asked.
func TestAccVersion_pruneAlone(t *testing.T) {
	r := newReleaseTest(t)
	for _, retain := range []string{"", "retain_on_destroy = false\n"} {
		r.run(resource.TestStep{
			Config: function(r.code("one"), "") + tied(retain+"prune = { keep = 2 }"), PlanOnly: true,
			ExpectError: regexp.MustCompile(`prune needs\s+retain_on_destroy`),
		})
	}
	r.run(resource.TestStep{
		Config: function(r.code("one"), "") + tied(retained+"\nprune = { keep = 0 }"), PlanOnly: true,
		ExpectError: regexp.MustCompile(`must be at least 1`),
	})
}
