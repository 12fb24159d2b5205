// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// TestRandomReadings is TestRandom at a service that reads each open question of the documents as it likes: every
// switch at a pole of its own. What calls that takes depends on them; what is there in the end, and that the next plan
// is empty, does not.
func TestRandomReadings(t *testing.T) {
	t.Parallel()
	dir := acctest.NewDir(t)
	codes := []string{dir.Code("first.zip", "first"), dir.Code("second.zip", "second")}
	for n := range *randomLives / 4 {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				dice := rand.New(rand.NewPCG(*randomSeed, uint64(1_000_000+n))) // repeatable on purpose
				l := &randomLife{generator: generator{dice, codes}, wire: &wire{api: newAPI(anyReading(dice))}}
				l.core = newCore(t, newServer(t, l.wire), functionType)
				config := l.config()
				l.begin("the creation", config)
				l.brings(t.Context(), config, nil)
				for range 3 {
					before := l.held()
					name, changed := l.mutate(config)
					l.begin(changeOf(name, config, changed), changed)
					l.brings(t.Context(), changed, before)
					config = changed
				}
				if d := l.destroy(t.Context()); d.failed() || len(l.wire.api.Functions()) > 0 {
					t.Errorf("after the deletion %d functions are left: %s", len(l.wire.api.Functions()), d)
				}
			})
		})
	}
}

// anyReading throws a dice for each switch. Where logs go without a word about it is the world's.
func anyReading(dice *rand.Rand) func(*emulator.Switches) {
	return func(s *emulator.Switches) {
		for _, info := range emulator.SwitchNames() {
			if info.Name == "log-default" {
				continue
			}
			if err := s.Set(info.Name, info.Values[dice.IntN(len(info.Values))]); err != nil {
				panic(err)
			}
		}
	}
}

// brings applies the configuration and demands what the service holds then, and that the next plan is empty.
func (l *randomLife) brings(ctx context.Context, config values, before holding) {
	l.t.Helper()
	d := l.apply(ctx, config)
	if d.failed() || len(d) > 0 && !d.has("Function Stays Disabled") {
		l.t.Fatalf("%s, want no diagnostics: %s", l.step, d)
	}
	if err := l.held().differ(wanted(l.t, config, before)); err != nil {
		l.t.Errorf("%s: %v", l.step, err)
	}
	l.settled(ctx, config)
	if l.t.Failed() {
		l.t.Fatal(strings.Join(l.requested(), " "))
	}
}
