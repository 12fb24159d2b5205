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

// TestUpdateAlias_unpromised: a success that is not about the alias is looked at; what a read cannot tell, or shows to
// be another one, is sent again.
func TestUpdateAlias_unpromised(t *testing.T) {
	t.Parallel()
	empty, good := step{status: 204}, step{status: 200, body: aliasDoc}
	const v2 = "additional_version_weights"
	weighted := step{status: 200, body: bend(t, aliasDoc, map[string]any{v2: map[string]any{"v2": 10}})}
	weights, rules := map[string]int64{"v2": 10}, map[string]VersionStrategy{"v2": {}}
	for name, v := range map[string]struct {
		in       AliasRequest
		steps    []step
		requests int
		fails    bool
	}{
		"done":            {AliasRequest{Version: "v1"}, []step{empty, good}, 2, false},
		"weights":         {AliasRequest{Version: "v1", AdditionalVersionWeights: weights}, []step{empty, weighted}, 2, false},
		"no weights":      {AliasRequest{Version: "v1", AdditionalVersionWeights: map[string]int64{}}, []step{empty, good}, 2, false},
		"weights stay":    {AliasRequest{Version: "v1"}, []step{empty, weighted, good}, 3, false},
		"another version": {AliasRequest{Version: "v2"}, []step{empty, good, good}, 3, false},
		"a description":   {AliasRequest{Version: "v1", Description: "d"}, []step{empty, good, good}, 3, false},
		"rules":           {AliasRequest{Version: "v1", AdditionalVersionStrategy: rules}, []step{empty, good, good}, 3, false},
		"unread":          {AliasRequest{Version: "v1"}, []step{empty, {status: 404, body: notFoundDoc}}, 2, true},
	} {
		c, s := scripted(t, v.steps...)
		if err := c.UpdateAlias(t.Context(), testURN, "prod", v.in); (err != nil) != v.fails || IsNotFound(err) ||
			len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}
