// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// objectEvents are the events of a bucket: each of a set, or the set as a whole (contract 3.21.4).
var objectEvents = []string{
	"ObjectCreated", "ObjectCreated:Put", "ObjectCreated:Post", "ObjectCreated:Copy",
	"ObjectCreated:CompleteMultipartUpload",
	"ObjectRemoved", "ObjectRemoved:Delete", "ObjectRemoved:DeleteMarkerCreated",
}

var obsKind = kind{
	name:  "obs",
	doc:   "Calls the function on events of a bucket in the same region.",
	codes: []string{"OBS"},
	members: []member{
		need("bucket", "bucket", "Name of the bucket.", stringvalidator.LengthAtMost(64)),
		bucketEvents(),
		text("prefix", "prefix", "Beginning of the names of the objects.", stringvalidator.LengthAtMost(1024)),
		text("suffix", "suffix", "End of the names of the objects.", stringvalidator.LengthAtMost(1024)),
		unsurely(text("name", "name", "Name of the notification at the bucket. Without one, the service makes one up.",
			stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Za-z0-9_-]+$`),
				"must consist of letters, digits, '-' and '_'"))),
	},
	check:    checkBucketEvents,
	gap:      eventsAreLost,
	unique:   [][]string{{"bucket"}},
	noSwitch: true,
}

// unsurely is a member of which answers have another (contract Q34).
func unsurely(m member) member {
	m.silent, m.unsure = true, true
	return m
}

func eventsAreLost(values) string { return "Events between the deletion and the creation are lost." }

// shortEvent is an event without what the wire adds.
func shortEvent(text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(text, "s3:"), ":*")
}

// wireEvent is the opposite.
func wireEvent(text string) string {
	text = shortEvent(text)
	if !strings.Contains(text, ":") {
		text += ":*"
	}
	return "s3:" + text
}

func bucketEvents() member {
	known := append([]string{}, objectEvents...)
	for _, event := range objectEvents {
		known = append(known, wireEvent(event))
	}
	m := some("events", "events", "Which events: `ObjectCreated`, or some of `ObjectCreated:Put`, `ObjectCreated:Post`, "+
		"`ObjectCreated:Copy` and `ObjectCreated:CompleteMultipartUpload`; `ObjectRemoved`, or some of "+
		"`ObjectRemoved:Delete` and `ObjectRemoved:DeleteMarkerCreated`. The form of the bucket, `s3:ObjectCreated:*`, "+
		"means the same.",
		stringvalidator.OneOf(known...))
	short := func(v attr.Value) []string {
		set, _ := v.(types.Set)
		var out []string
		for _, event := range tfconv.Set(set) {
			out = append(out, shortEvent(event))
		}
		slices.Sort(out)
		return out
	}
	m.encode = func(v attr.Value) any {
		out := []string{}
		for _, event := range short(v) {
			out = append(out, wireEvent(event))
		}
		return out
	}
	m.same = func(a, b attr.Value) bool {
		return tfconv.FullyKnown(a) && tfconv.FullyKnown(b) && slices.Equal(short(a), short(b))
	}
	plainly := m
	m.decode = func(raw json.RawMessage) (attr.Value, bool) {
		v, ok := plainly.plainly(raw)
		return tfconv.StringSet(short(v)), ok
	}
	return m
}

// checkBucketEvents: an event is named once, and not beside its whole set.
func checkBucketEvents(v values, fail fail) {
	set, _ := v["events"].(types.Set)
	seen := map[string]bool{}
	for _, event := range tfconv.Set(set) {
		event = shortEvent(event)
		if seen[event] {
			fail("events", "Duplicate Event", event+" is there in two forms.")
		}
		seen[event] = true
	}
	for event := range seen {
		if whole, _, part := strings.Cut(event, ":"); part && seen[whole] {
			fail("events", "Event Beside Its Set", whole+" includes "+event+": leave one of them out.")
		}
	}
}
