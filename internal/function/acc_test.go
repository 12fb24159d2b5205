// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

var fixed = time.Unix(1767225600, 0) // of the archives that tests build

const address = "fgs_function.test"

// function is a configuration with a small function and the given attributes added.
func function(attributes string) string {
	return fmt.Sprintf(`
resource "fgs_function" "test" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  %s
}`, attributes)
}

// zipped is the same with code from an archive.
func zipped(path, attributes string) string {
	return function(fmt.Sprintf("code = { zip_file = %q }\n  %s", path, attributes))
}

// deployed reads the function from the emulator.
func deployed(t *testing.T, e *acctest.Env) emulator.Function {
	t.Helper()
	f, ok := e.Emulator.Function("default", "orders")
	if !ok {
		t.Fatal("the emulator has no function orders")
	}
	return f
}

// changesOnly demands that an update of the resource shows no attribute as changing but the given ones.
type changesOnly struct {
	address string
	names   []string
}

func (c changesOnly) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Address != c.address {
			continue
		}
		before, _ := change.Change.Before.(map[string]any)
		after, _ := change.Change.After.(map[string]any)
		unknown, _ := change.Change.AfterUnknown.(map[string]any)
		var changed []string
		for name := range before {
			if unknown[name] == true || fmt.Sprint(before[name]) != fmt.Sprint(after[name]) {
				changed = append(changed, name)
			}
		}
		slices.Sort(changed)
		slices.Sort(c.names)
		if !slices.Equal(changed, c.names) {
			resp.Error = fmt.Errorf("%s: the plan shows changes of %v, want %v", c.address, changed, c.names)
		}
		return
	}
	resp.Error = fmt.Errorf("the plan has no change of %s", c.address)
}
