// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"net/http"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// deletions are answers to a deletion that the contract does not promise: it is 204 (3.7, 3.13, 3.17). Whether it was
// done has to be looked at.
func deletions() map[string]wireFault {
	out := map[string]wireFault{}
	for name, f := range map[string]emulator.Fault{
		"200 {}":           {Status: 200, RawBody: []byte("{}")},
		"200 nothing":      {Status: 200, RawBody: []byte{}},
		"202":              {Status: 202, RawBody: []byte{}},
		"202 with a job":   {Status: 202, RawBody: []byte(`{"job_id":"1"}`)},
		"200 with a text":  {Status: 200, RawBody: []byte(`"deleted"`)},
		"200 with a count": {Status: 200, RawBody: []byte(`{"count":0}`)},
	} {
		status, body := f.Status, f.RawBody
		out["deleted "+name+", not done"] = wireFault{
			Fault: f, says: "A deletion is answered in another way, and not done", passes: true, modes: []mode{once, always},
			stays: true, hits: deletes,
		}
		out["deleted "+name+", done"] = wireFault{
			says: "A deletion is answered in another way, and done", passes: true, modes: []mode{once, always}, done: true,
			hits: deletes, bend: func(resp reply) {
				if resp.StatusCode == http.StatusNoContent {
					resp.StatusCode = status
					setBody(resp, body)
				}
			},
		}
	}
	return out
}

func deletes(_ scenario, requests []emulator.Request, at int) bool {
	return strings.HasPrefix(requests[at].Op, "Delete")
}
