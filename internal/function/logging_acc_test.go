// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
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

func logOf(members map[string]string) knownvalue.Check {
	object := map[string]knownvalue.Check{}
	for name, value := range members {
		object[name] = knownvalue.StringExact(value)
	}
	return knownvalue.ObjectPartial(object)
}

// TestAccFunction_logOfTheService: log = {} lets the service make group and stream while it creates the function. What it
// made is read back, with the names, and kept.
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
			Config: zipped(path, "log = { custom_tags = { a = \"b\" } }\n description = \"new\""), Check: made, ConfigStateChecks: named,
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

// TestAccFunction_logNames: names that are not configured are read back, and only when group or stream are others.
func TestAccFunction_logNames(t *testing.T) {
	c := newCodeTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.RequireLogNames = false }))
	path := c.dir.Code("code.zip", "code")
	place := func(stream string) string {
		return fmt.Sprintf("log = { group_id = \"g-1\", stream_id = %q }", stream)
	}
	name := func(stream string) func() { // LTS knows the names
		return func() {
			c.env.Emulator.Inject(emulator.Fault{Op: "LogDetail", Before: func() {
				c.edit(func(f *emulator.Function) { f.LogConfig.GroupName, f.LogConfig.StreamName = "group", stream })
			}})
		}
	}
	c.run(
		resource.TestStep{
			PreConfig: name("first"), Config: zipped(path, place("s-1")), Check: c.logsTo("s-1"),
			ConfigStateChecks: known("log", logOf(map[string]string{"group_name": "group", "stream_name": "first"})),
		},
		resource.TestStep{
			PreConfig: func() { name("second")(); c.forgetRequests() }, Config: zipped(path, place("s-2")),
			Check:             c.all(c.logsTo("s-2"), c.env.ExpectWrites("UpdateConfig", "LogDetail")),
			ConfigStateChecks: known("log", logOf(map[string]string{"group_name": "group", "stream_name": "second"})),
		},
		resource.TestStep{ // known names are sent, and not asked for again
			Config: zipped(path, place("s-2")+"\n description = \"new\""), Check: c.all(c.logsTo("s-2"), c.env.ExpectWrites("UpdateConfig")),
		},
	)
}

// TestAccFunction_logUnread: where the names cannot be read they stay open; nothing fails.
func TestAccFunction_logUnread(t *testing.T) {
	for name, fault := range map[string]emulator.Fault{
		"forbidden": {Status: 403, Code: "FSS.0403"}, "not offered": {Status: 404, Code: "APIGW.0101"},
		"not found": {Status: 404, Code: "FSS.0404"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCodeTest(t, acctest.WithSwitches(func(s *emulator.Switches) { s.RequireLogNames = false }))
			path := c.dir.Code("code.zip", "code")
			fault.Op, fault.Kind, fault.Times = "LogDetail", emulator.Answer, -1
			const log = `log = { group_id = "g-1", stream_id = "s-1" }`
			c.run(
				resource.TestStep{
					PreConfig: func() { c.env.Emulator.Inject(fault) }, Config: zipped(path, log), Check: c.logsTo("s-1"),
					ConfigStateChecks: known("log", knownvalue.ObjectPartial(map[string]knownvalue.Check{"group_name": knownvalue.Null()})),
				},
				resource.TestStep{Config: zipped(path, log+"\n description = \"new\""), Check: c.logsTo("s-1")},
				resource.TestStep{
					PreConfig: c.env.Emulator.ClearFaults, Config: zipped(path, log+"\n description = \"new\""), Check: c.logsTo("s-1"),
				},
			)
		})
	}
}

// TestAccFunction_logByItself: logs that a region turns on by itself for a new function are no change by somebody. They
// stay, also through a change of settings, until log is configured; then log decides.
func TestAccFunction_logByItself(t *testing.T) {
	for name, off := range map[string]bool{"kept when left out": false, "turned off when left out": true} {
		t.Run(name, func(t *testing.T) {
			c := newCodeTest(t, acctest.WithSwitches(func(s *emulator.Switches) {
				s.DefaultLogging, s.OmittedLogTurnsOff = true, off
			}))
			path := c.dir.Code("code.zip", "code")
			var own string
			stays := func(*terraform.State) error {
				f := deployed(t, c.env)
				if !f.EnableLTSLog || own != "" && f.LogConfig.StreamID != own {
					return fmt.Errorf("the logs are %t %+v, not at %q", f.EnableLTSLog, f.LogConfig, own)
				}
				own = f.LogConfig.StreamID
				return nil
			}
			foreign := func() {
				c.edit(func(f *emulator.Function) {
					f.LogConfig = &emulator.LogConfig{GroupName: "g", GroupID: "g-9", StreamName: "s", StreamID: "s-9"}
				})
			}
			const place = `log = { group_id = "g-1", group_name = "g", stream_id = "s-1", stream_name = "s" }`
			c.run(
				resource.TestStep{
					Config: zipped(path, ""), Check: stays, ConfigStateChecks: known("log", knownvalue.Null()),
				},
				resource.TestStep{
					PreConfig: c.forgetRequests, Config: zipped(path, `description = "new"`),
					ConfigPlanChecks: updates("description", "last_modified"),
					Check:            c.all(stays, c.env.ExpectWrites("LogDetail", "UpdateConfig")),
				},
				resource.TestStep{ // somebody moved them
					PreConfig: foreign, Config: zipped(path, `description = "new"`), ConfigPlanChecks: updates("log", "last_modified"),
					Check: c.logsTo(""),
				},
				resource.TestStep{Config: zipped(path, place), Check: c.logsTo("s-1")},
				resource.TestStep{Config: zipped(path, ""), Check: c.logsTo("")},
			)
		})
	}
}

// TestAccFunction_logByItselfUnread: such logs can be kept for sure only when group and stream can be read. Where that
// is refused they are left out of the write, which most likely keeps them, with a warning; any other failure stops
// before the write.
func TestAccFunction_logByItselfUnread(t *testing.T) {
	c := newCodeTest(t, acctest.WithSwitches(func(s *emulator.Switches) {
		s.DefaultLogging, s.OmittedLogTurnsOff = true, false
	}))
	path := c.dir.Code("code.zip", "code")
	unread := func(status int, code string) func() {
		return func() {
			c.forgetRequests()
			c.env.Emulator.Inject(emulator.Fault{Op: "LogDetail", Kind: emulator.Answer, Status: status, Code: code})
		}
	}
	logs := func(*terraform.State) error {
		if f := deployed(t, c.env); !f.EnableLTSLog {
			return fmt.Errorf("logging was turned off")
		}
		return nil
	}
	c.run(
		resource.TestStep{Config: zipped(path, "")},
		resource.TestStep{
			PreConfig: unread(403, "FSS.0403"), Config: zipped(path, `description = "new"`),
			Check: c.all(logs, c.env.ExpectWrites("LogDetail", "UpdateConfig")),
		},
		resource.TestStep{
			PreConfig: unread(400, "FSS.0400"), Config: zipped(path, `description = "newer"`),
			ExpectError: wraps("Unable to Update Function", "FSS.0400", "lts-log-detail"),
		},
		resource.TestStep{
			PreConfig: func() {
				if got := c.env.Emulator.Count("UpdateConfig"); got > 0 {
					t.Errorf("%d settings were written", got)
				}
			},
			Config: zipped(path, `description = "newer"`), Check: logs,
		},
		resource.TestStep{ // a region without the call
			PreConfig: unread(404, "APIGW.0101"), Config: zipped(path, `description = "newest"`),
			Check: c.all(logs, c.env.ExpectWrites("LogDetail", "UpdateConfig")),
		},
	)
}
