// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

var ltsKind = kind{
	name:  "lts",
	doc:   "Calls the function with what is written to a log stream. The function needs an agency that may read it.",
	codes: []string{"LTS"},
	members: []member{
		need("log_group_id", "log_group_id", "The log group."),
		need("log_stream_id", "log_topic_id", "The log stream."),
	},
	gap: func(values) string {
		return "What is logged between the deletion and the creation may not be delivered."
	},
}
