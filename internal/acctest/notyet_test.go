// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"slices"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// notYets are the ways in which the service says that what was just made is not there yet: each once is waited for, and
// nobody notices. For good each is an error, after half a minute and not after the whole timeout.
func notYets() map[string]wireFault {
	out := map[string]wireFault{}
	for name, f := range map[string]emulator.Fault{
		"404 of the function": {Status: 404, Code: "FSS.1051", Message: "Not found the function"},
		"404 of the version":  {Status: 404, Code: "FSS.1052", Message: "Not found the version"},
		"404 of the alias":    {Status: 404, Code: "FSS.1053", Message: "Not found the alias"},
		"409 of the service":  {Status: 409, Code: "FSS.0409", Message: "in progress"},
		"423":                 {Status: 423, Code: "FSS.0423", Message: "locked"},
		"401 of the service":  {Status: 401, Code: "FSS.0401", Message: "no such resource"},
		"400 of the service":  {Status: 400, Code: "FSS.0400", Message: "not ready"},
		"404 of the service":  {Status: 404, Code: "FSS.0404", Message: "resource not found"},
		"410 of the service":  {Status: 410, Code: "FSS.0410", Message: "resource does not exist"},
	} {
		hits := followsCreation
		switch name {
		case "404 of the version":
			hits = both(hits, namesVersion)
		case "404 of the alias":
			hits = both(hits, answered([]string{"GetAlias"}))
		}
		v := wireFault{Fault: f, says: "The service says \"not yet\" of what was just made", passes: true, hits: hits}
		if f.Status == 404 || f.Status == 409 {
			v.modes, v.forGood = []mode{once, always}, true
		}
		out[name+", not yet"] = v
	}
	return out
}

// namesVersion are the requests that a version which is not there makes fail.
func namesVersion(_ scenario, requests []emulator.Request, at int) bool {
	urn := strings.Split(requests[at].Path, ":function:default:orders:")
	return requests[at].Op == "CreateAlias" || len(urn) == 2 && !strings.HasPrefix(urn[1], "!")
}

// followsCreation are the requests behind the one that creates; and those of a command on something that the same run
// of Terraform has made a moment ago.
func followsCreation(s scenario, requests []emulator.Request, at int) bool {
	made := slices.IndexFunc(requests, func(r emulator.Request) bool {
		return slices.Contains(s.makes, r.Op) && (!s.replaces || strings.Contains(r.Path, s.config["function_urn"].(string)))
	})
	if made < 0 || s.prunes != "" && at > made+1 { // what is pruned is old
		return false
	}
	return s.fresh != nil || at > made
}
