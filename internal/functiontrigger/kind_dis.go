// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const (
	startLatest = "LATEST"
	maxPolling  = 60000 // milliseconds
)

var disKind = kind{
	name: "dis",
	doc: "Calls the function with the records of a stream. The function needs an agency that may read it. Polling can " +
		"be changed in place, all else replaces.",
	codes: []string{"DIS"},
	members: []member{
		need("stream_name", "stream_name", "Name of the stream."),
		need("starting_position", "sharditerator_type",
			"`TRIM_HORIZON`: the oldest record; `LATEST`: what comes from now on.",
			stringvalidator.OneOf("TRIM_HORIZON", startLatest)),
		live(number("polling_interval", "polling_interval",
			"How often the stream is read, in units of `polling_unit`: 2 to 60 seconds, or 2 to 60000 milliseconds.", 2,
			maxPolling)),
		live(textOr("polling_unit", "polling_unit", "s", "`s` or `ms`.", stringvalidator.OneOf("s", "ms"))),
		live(serial()),
		live(anyNumber("max_fetch_bytes", "max_fetch_bytes", "How much is read at once, in bytes: up to 4194304.", 1,
			4194304)),
		anyNumber("batch_size", "batch_size", "How many records one call gets: 1 to 10000.", 1, 10000),
	},
	check: func(v values, fail fail) {
		interval, _ := v["polling_interval"].(types.Int64)
		unit, known := v["polling_unit"].(types.String)
		if known && !unit.IsUnknown() && unit.ValueString() != "ms" && interval.ValueInt64() > maxPolling/1000 {
			fail("polling_interval", "Invalid Polling Interval",
				"In seconds it is 2 to 60. With polling_unit = \"ms\" it is in milliseconds.")
		}
	},
	gap: func(prior values) string {
		if prior.text("starting_position") != startLatest {
			return ""
		}
		return "It starts at the latest record: what comes between the deletion and the creation is lost."
	},
}

func live(m member) member {
	m.live = true
	return m
}

// serial is a text on the wire when a trigger is made, and may be a switch in answers (contract X38).
func serial() member {
	m := flag("serial", "is_serial", "Whether the next call waits for the last one to end.")
	m.quiet = false
	m.encode = func(v attr.Value) any {
		on, _ := v.(types.Bool)
		return strconv.FormatBool(on.ValueBool())
	}
	return m
}
