// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// randomReserved is a configuration of reserved instances, and what the service has of it.
func randomReserved(r *rand.Rand) (values, emulator.Reservation) {
	config := values{"function_urn": functionURN + ":!live"}
	holds := emulator.Reservation{Qualifier: "!live", MinCount: r.IntN(4), IdleMode: r.IntN(2) == 0}
	if holds.IdleMode || r.IntN(2) == 0 {
		config["idle_mode"] = holds.IdleMode
	}
	schedules, utilization := values{}, values{}
	for _, name := range []string{"a", "b"} { // as the provider sorts them
		if r.IntN(2) == 0 {
			continue
		}
		// The same moments, in one spelling or another.
		times := [][2]string{
			{"2099-01-01T00:00:00Z", "2099-01-02T00:00:00Z"}, {"2099-01-01T01:00:00+01:00", "2099-01-01T16:00:00-08:00"},
		}[r.IntN(2)]
		p := emulator.CronPolicy{
			Name: name, Cron: fmt.Sprintf("0 0 %d * * *", r.IntN(3)), Count: 4 + r.IntN(3),
			StartTime: 4070908800, ExpiredTime: 4070995200,
		}
		schedules[name] = values{"cron": p.Cron, "count": p.Count, "start_time": times[0], "end_time": times[1]}
		holds.Cron = append(holds.Cron, p)
	}
	if r.IntN(3) == 0 || holds.MinCount+len(holds.Cron) == 0 {
		p := emulator.MetricPolicy{Name: "busy", Type: "Concurrency", Threshold: 1 + r.IntN(99), Min: 4 + r.IntN(3)}
		utilization["busy"] = values{"threshold": p.Threshold, "min": p.Min}
		holds.Metric = append(holds.Metric, p)
	}
	for name, of := range map[string]values{"schedules": schedules, "utilization": utilization} {
		if len(of) > 0 || r.IntN(2) == 0 { // left out and empty mean the same
			config[name] = of
		}
	}
	config["min_count"] = holds.MinCount
	return config, holds
}

// randomAsync is the same of asynchronous settings.
func randomAsync(r *rand.Rand) (values, emulator.AsyncSettings) {
	config := values{"function_urn": functionURN + ":!live"}
	holds := emulator.AsyncSettings{Qualifier: "!live", MaxAge: 3600, Retries: 1}
	if r.IntN(2) == 0 {
		holds.MaxAge = 1 + r.IntN(3)
		config["max_event_age"] = holds.MaxAge
	}
	if r.IntN(2) == 0 {
		holds.Retries = r.IntN(4)
		config["max_retry_attempts"] = holds.Retries
	}
	destination := func(attribute string) *emulator.AsyncDestination {
		name := fmt.Sprint("n", r.IntN(2))
		var to *emulator.AsyncDestination
		switch r.IntN(5) {
		case 0:
			config[attribute] = values{"smn": values{"topic_urn": name}}
			to = &emulator.AsyncDestination{Destination: "SMN", Param: fmt.Sprintf(`{"topic_urn":%q}`, name)}
		case 1:
			config[attribute] = values{"dis": values{"stream_name": name}}
			to = &emulator.AsyncDestination{Destination: "DIS", Param: fmt.Sprintf(`{"stream_name":%q}`, name)}
		case 2:
			config[attribute] = values{"obs": values{"bucket": name, "prefix": ""}}
			to = &emulator.AsyncDestination{
				Destination: "OBS", Param: fmt.Sprintf(`{"bucket":%q,"prefix":"","expires":0}`, name),
			}
		case 3:
			config[attribute] = values{"function": values{"urn": functionURN}}
			to = &emulator.AsyncDestination{
				Destination: "FunctionGraph", Param: fmt.Sprintf(`{"func_urn":%q}`, functionURN+":latest"),
			}
		}
		return to
	}
	holds.OnSuccess, holds.OnFailure = destination("on_success"), destination("on_failure")
	return config, holds
}

// TestBelonging_random: in random lives, with an answer lost here and there and somebody else at work, the service has
// what the configuration asks for after each apply, and a change is one call at the most.
func TestBelonging_random(t *testing.T) {
	t.Parallel()
	configs := map[string]func(r *rand.Rand) (values, any){
		reservedType: func(r *rand.Rand) (values, any) {
			config, holds := randomReserved(r)
			return config, []emulator.Reservation{holds}
		},
		asyncType: func(r *rand.Rand) (values, any) {
			config, holds := randomAsync(r)
			return config, []emulator.AsyncSettings{holds}
		},
	}
	for _, b := range belongings[:2] {
		t.Run(b.resource, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(15) {
				r := rand.New(rand.NewPCG(seed, 1)) // repeatable on purpose
				b.own(t, func(o *owned) {
					for range 6 {
						config, holds := configs[b.resource](r)
						calls := 1
						switch r.IntN(5) {
						case 0:
							o.w.api.Inject(emulator.Fault{Op: b.writes, Kind: emulator.DropAfter})
							calls = 2
						case 1:
							if err := b.removed(o.w.api); err != nil {
								o.t.Fatal(err)
							}
						}
						before := o.written()
						if d := o.apply(o.t.Context(), config); len(d) > 0 {
							o.t.Fatalf("seed %d, %v: %s", seed, config, d)
						}
						if n := o.written() - before; n > calls {
							o.t.Errorf("seed %d, %v: %d calls", seed, config, n)
						}
						o.w.api.ClearFaults()
						o.expect(config, holds)
					}
					o.must(o.destroy(o.t.Context()))
					o.expect(nil, nil)
				})
			}
		})
	}
}
