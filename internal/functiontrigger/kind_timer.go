// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/schedule"
)

// timerName is contract 3.21.4, TIMER.
var timerName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

var timerKind = kind{
	name:  "timer",
	doc:   "Calls the function at times. Either `rate` or `cron` says when.",
	codes: []string{"TIMER"},
	members: []member{
		need("name", "name", "Name, up to 64 letters, digits, `-` and `_`, beginning with a letter. No other timer of the "+
			"same function, version or alias has it.", stringvalidator.LengthAtMost(64),
			stringvalidator.RegexMatches(timerName, "must begin with a letter and consist of letters, digits, '-' and '_'")),
		{name: "rate", attribute: schema.StringAttribute{
			Optional: true, Validators: base.UnlessBlank(schedule.Rate()),
			MarkdownDescription: "How often: `1m` to `60m`, `1h` to `24h`, or `1d` to `30d`.",
		}},
		{name: "cron", attribute: schema.StringAttribute{
			Optional: true, Validators: base.UnlessBlank(schedule.Cron()),
			MarkdownDescription: "When: seconds, minutes, hours, day of the month, month and, if wanted, day of the week, for " +
				"example `0 0 3 * * *`; or `@every 1h30m`. The zone is the region's; `CRON_TZ=Europe/Berlin ` before the fields " +
				"names another.",
		}},
		mayBeJSON(text("user_event", "user_event", "What the function gets as `user_event`. Where it is an object or a list "+
			"in JSON, best by `jsonencode`, it is compared by value.")),
		flag("sync_execution", "sync_execution", "Whether the service waits for each call to end.").silently(),
	},
	write: func(from values, data map[string]any) {
		switch {
		case from.known("rate"):
			data["schedule_type"], data["schedule"] = "Rate", from.text("rate")
		case from.known("cron"):
			data["schedule_type"], data["schedule"] = "Cron", from.text("cron")
		}
	},
	read: func(data functiongraph.EventData, into values, _ bool) {
		at, other := "cron", "rate"
		if isRate(data) {
			at, other = other, at
		}
		if text := data.Text("schedule"); text != "" {
			into[at] = types.StringValue(text)
			if into[other] == nil || into.given(other) { // else its own form of none
				into[other] = types.StringNull()
			}
		}
	},
	match: func(v values, data functiongraph.EventData) bool {
		return (!v.known("rate") || isRate(data) && data.Text("schedule") == v.text("rate")) &&
			(!v.known("cron") || !isRate(data) && data.Text("schedule") == v.text("cron"))
	},
	check: func(v values, fail fail) {
		switch {
		case v.given("rate") && v.given("cron") && v.known("rate") && v.known("cron"):
			fail("cron", "Conflicting Attributes", "rate and cron exclude one another: the timer has one schedule.")
		case !v.given("rate") && !v.given("cron"):
			fail("", "Missing Schedule", "One of rate and cron has to say when the timer calls the function.")
		}
	},
	unique: [][]string{{"name"}},
}

// isRate says which of the two forms a schedule has. Where an answer does not name it, it shows: a rate is one word.
func isRate(data functiongraph.EventData) bool {
	if form := data.Text("schedule_type"); form != "" {
		return strings.EqualFold(form, "Rate")
	}
	return !strings.Contains(data.Text("schedule"), " ")
}
