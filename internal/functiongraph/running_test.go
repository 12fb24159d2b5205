// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"strings"
	"testing"
)

// TestRunningCode: what lies behind the link, without credentials; what is not there, too long or elsewhere is an
// error.
func TestRunningCode(t *testing.T) {
	t.Parallel()
	answer := func(link string) step {
		return step{status: 200, body: `{"func_urn":"` + testURN.String() + `:latest","func_code":{"link":"` + link + `"}}`}
	}
	const link = "https://storage.example.com/code?signature=x"
	for name, v := range map[string]struct {
		steps []step
		want  string // of the error
	}{
		"there":        {[]step{answer(link), {status: 200, body: "print()"}}, ""},
		"on this host": {[]step{answer("http://127.0.0.1:8787/code"), {status: 200, body: "print()"}}, ""},
		"no link":      {[]step{answer("")}, "no link"},
		"other form":   {[]step{answer("http://storage.example.com/code")}, "no https address"},
		"gone":         {[]step{answer(link), {status: 403, body: "expired"}}, "HTTP 403"},
		"too long":     {[]step{answer(link), {status: 200, body: strings.Repeat("x", 11)}}, "more than 10 bytes"},
		"of another function": {
			[]step{{status: 200, body: `{"func_urn":"` + testURN.String() + `x","func_code":{"link":"` + link + `"}}`}}, "about",
		},
		"refused": {[]step{{status: 403, body: `{"error_code":"FSS.0403","error_msg":"m"}`}}, "FSS.0403"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, v.steps...)
			c.maxRetries = 0
			got, err := c.RunningCode(t.Context(), testURN, 10)
			if v.want == "" && (err != nil || string(got) != "print()") ||
				v.want != "" && (err == nil || !strings.Contains(err.Error(), v.want)) {
				t.Errorf("%q, %v", got, err)
			}
			if err != nil && strings.Contains(err.Error(), "signature=x") {
				t.Errorf("the link is shown: %v", err)
			}
			if seen := s.requests(); len(seen) == 2 &&
				(seen[1].header.Get("Authorization") != "" || seen[1].header.Get("X-Auth-Token") != "") {
				t.Error("the credentials went along")
			}
		})
	}
}
