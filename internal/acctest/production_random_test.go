// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// randomReserved is a configuration of reserved instances, and what the service has of it.
func randomReserved(r *rand.Rand, qualifier string) (values, emulator.Reservation) {
	config := values{"function_urn": spelled(r, qualifier)}
	holds := emulator.Reservation{Qualifier: qualifier, MinCount: r.IntN(4), IdleMode: r.IntN(2) == 0}
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

// spelled is the URN of a version or an alias; latest has two.
func spelled(r *rand.Rand, qualifier string) string {
	if qualifier == "latest" && r.IntN(2) == 0 {
		return functionURN
	}
	return functionURN + ":" + qualifier
}

// randomAsync is the same of asynchronous settings.
func randomAsync(r *rand.Rand, qualifier string) (values, emulator.AsyncSettings) {
	config := values{"function_urn": spelled(r, qualifier)}
	holds := emulator.AsyncSettings{Qualifier: qualifier, MaxAge: 3600, Retries: 1}
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
			urn, sent := functionURN, functionURN+":latest"
			if qualifier == "latest" { // which may not be its own destination
				urn, sent = functionURN+":v1", functionURN+":v1"
			}
			config[attribute] = values{"function": values{"urn": urn}}
			to = &emulator.AsyncDestination{Destination: "FunctionGraph", Param: fmt.Sprintf(`{"func_urn":%q}`, sent)}
		}
		return to
	}
	holds.OnSuccess, holds.OnFailure = destination("on_success"), destination("on_failure")
	return config, holds
}
