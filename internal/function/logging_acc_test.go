// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// logsTo demands where the service writes logs; "" for nowhere.
func (c codeTest) logsTo(stream string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		f := deployed(c.T, c.env)
		got := ""
		if f.EnableLTSLog {
			got = f.LogConfig.StreamID
		}
		if got != stream {
			return fmt.Errorf("logs go to %q, want %q", got, stream)
		}
		return nil
	}
}

// TestAccFunction_logOfTheService: log = {} lets the service make group and stream while it creates the function. What
// it made is read back, with the names, and kept.
func TestAccFunction_logOfTheService(t *testing.T) {
	c := newCodeTest(t)
	path := c.dir.Code("code.zip", "code")
	made := func(*terraform.State) error {
		if f := deployed(t, c.env); !f.EnableLTSLog || f.LogConfig.GroupID == "" {
			return fmt.Errorf("the logs are %t %+v", f.EnableLTSLog, f.LogConfig)
		}
		return nil
	}
	named := known("log", knownvalue.ObjectPartial(map[string]knownvalue.Check{
		"group_id": knownvalue.NotNull(), "group_name": knownvalue.StringExact("functiongraph.log.group.1"),
		"stream_id": knownvalue.NotNull(), "stream_name": knownvalue.NotNull(),
	}))
	c.run(
		resource.TestStep{Config: zipped(path, "log = {}"), Check: made, ConfigStateChecks: named},
		resource.TestStep{ // the place is carried along
			PreConfig: c.forgetRequests, Config: zipped(path, "log = {}\n description = \"new\""),
			ConfigPlanChecks: updates("description", "last_modified"), Check: c.all(made, c.env.ExpectWrites("UpdateConfig")),
		},
		resource.TestStep{
			Config: zipped(path, "log = { custom_tags = { a = \"b\" } }\n description = \"new\""), Check: made,
			ConfigStateChecks: named,
		},
		resource.TestStep{
			ResourceName: address, ImportState: true, ImportStateId: "orders", ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"code", "source_hash", "timeouts"}, // see TestAccFunction_zip
		},
		resource.TestStep{Config: zipped(path, `description = "new"`), Check: c.logsTo("")},
		resource.TestStep{ // an existing function needs to be told
			Config: zipped(path, "log = {}\n description = \"new\""), ExpectError: wraps("Missing Log Group", "group_id"),
		},
		resource.TestStep{Config: zipped(path, `description = "new"`), Check: c.logsTo("")},
	)
}
