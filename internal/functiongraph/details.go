// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// detailText gives what the member `details` of an error says, on one line: "" for an absent one and for one that says
// nothing. No document has it; an array of objects, one object and a text are known, others are read all the same
// (contract 1.6).
func detailText(details json.RawMessage) string {
	var value any
	if json.Unmarshal(details, &value) != nil {
		return ""
	}
	return strings.Join(slices.Compact(texts(value)), "; ")
}

// texts are the texts in a JSON value. A member with another name than that of a message is named before its text.
func texts(value any) []string {
	var out []string
	switch value := value.(type) {
	case string:
		if text := strings.TrimSpace(value); text != "" {
			out = append(out, text)
		}
	case []any:
		for _, element := range value {
			out = append(out, texts(element)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			for _, text := range texts(value[name]) {
				if !slices.Contains([]string{"error_msg", "message"}, name) {
					text = name + ": " + text
				}
				out = append(out, text)
			}
		}
	}
	return out
}

// settleDetails drops what the message says already; a message that is missing is replaced by the details.
func (e *Error) settleDetails() {
	switch {
	case e.Message == "":
		e.Message, e.Details = e.Details, ""
	case strings.Contains(e.Message, e.Details):
		e.Details = ""
	}
}
