// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"testing"
)

func TestSetMaxInstances(t *testing.T) {
	t.Parallel()
	path := demo + "/config-max-instance"
	for _, rule := range []rulePair{
		{"F29_high", 400, "FSS.1026", object{"max_instance_num": 1001}, object{"max_instance_num": 1000}},
		{"F29_low", 400, "FSS.1026", object{"max_instance_num": -2}, object{"max_instance_num": -1}},
		{"missing", 400, "FSS.0400", object{}, object{"max_instance_num": 0}},
		{"null", 400, "FSS.0400", object{"max_instance_num": nil}, object{"max_instance_num": 5}},
	} {
		t.Run(rule.rule, func(t *testing.T) {
			t.Parallel()
			b := withDemo(t)
			b.want(rule.status, rule.code, "PUT", path, rule.rejected)
			got := b.want(200, "", "PUT", path, rule.accepted)
			strategy, _ := got.body["strategy_config"].(object)
			want := rule.accepted["max_instance_num"]
			if fmt.Sprint(strategy["concurrency"]) != fmt.Sprint(want) || b.function().Concurrency != want {
				t.Fatalf("concurrency = %v, want %v", strategy["concurrency"], want)
			}
			b.want(404, "FSS.1051", "PUT", functions+"/"+urnPrefix+"default:x/config-max-instance", rule.accepted)
		})
	}
}

func TestSetMaxInstancesKeepsTheOther(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	b.update(object{"strategy_config": object{"concurrent_num": 9}})
	b.want(200, "", "PUT", demo+"/config-max-instance", object{"max_instance_num": 0})
	if f := b.function(); f.Concurrency != 0 || f.ConcurrentNum != 9 {
		t.Fatalf("concurrency %d, concurrent_num %d", f.Concurrency, f.ConcurrentNum)
	}
	b.deploy("a disabled function's code can be changed")
}
