// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import "github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"

var smnKind = kind{
	name: "smn",
	doc: "Calls the function with each message of a topic, to which it is subscribed. A topic calls a function once " +
		"only.",
	codes: []string{"SMN"},
	members: []member{
		need("topic_urn", "topic_urn", "URN of the topic.", stringvalidator.LengthAtMost(255)),
	},
	gap:      eventsAreLost,
	unique:   [][]string{{"topic_urn"}},
	noSwitch: true,
}
