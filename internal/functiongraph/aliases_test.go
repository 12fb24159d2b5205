// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import "testing"

const aliasDoc = `{"name":"prod","version":"v1","alias_urn":"urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:` +
	`function:default:demo:!prod","last_modified":"2026-01-02T11:04:05+08:00"}`

// TestAlias_answer: a time may be a number (contract 1.9); an answer about something else is none.
func TestAlias_answer(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		aliasDoc: "2026-01-02T11:04:05+08:00",
		`{"name":"prod","version":"v1","last_modified":1767323045}`: "1767323045",
		`{}`: "", `{"func_urn":"u","version":"latest"}`: "",
	} {
		c, _ := scripted(t, step{status: 200, body: body})
		got, err := c.Alias(t.Context(), testURN, "prod")
		if (err == nil) != (want != "") || err == nil && (got.LastModified != want || got.Version != "v1") {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}
