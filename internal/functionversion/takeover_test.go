// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// The version of the asked name is looked at; else the newest one that has the code; never latest.
func TestCandidate(t *testing.T) {
	t.Parallel()
	of := func(row functiongraph.Function, digest, description string) functiongraph.Function {
		row.Digest, row.VersionDescription = digest, description
		return row
	}
	rows := []functiongraph.Function{
		of(rowOf(latest, 9), "ours", ""), of(rowOf("v3", 8), "theirs", "third"), of(rowOf("v2", 7), "ours", "second"),
		of(rowOf("v1", 6), "ours", "first"),
	}
	for name, test := range map[string]struct {
		asked             types.String
		digest            string
		rows              []functiongraph.Function
		want, description string
	}{
		"by name":            {types.StringValue("v3"), "ours", rows, "v3", "third"},
		"by code":            {types.StringUnknown(), "ours", rows, "v2", "second"},
		"by code, not name":  {types.StringValue("v9"), "ours", rows, "v2", "second"},
		"no such code":       {types.StringUnknown(), "other", rows, "", ""},
		"latest is none":     {types.StringUnknown(), "ours", rows[:1], "", ""},
		"latest is no name":  {types.StringValue(latest), "other", rows[:1], latest, ""},
		"without a list":     {types.StringValue("v1"), "ours", nil, "v1", ""},
		"nothing to go from": {types.StringUnknown(), "", nil, "", ""},
	} {
		p := publication{plan: model{Version: test.asked}, digest: test.digest}
		if got, description := p.candidate(test.rows); got != test.want || description != test.description {
			t.Errorf("%s: %q (%q), want %q (%q)", name, got, description, test.want, test.description)
		}
	}
}

// A version is taken over only where nothing speaks against it; what does is said with a way out that works.
func TestObjection(t *testing.T) {
	t.Parallel()
	settings := functiongraph.FunctionSettings{Runtime: "Python3.9", MemorySize: 128}
	version := func(digest string, memory int64) *functiongraph.Function {
		f := &functiongraph.Function{Digest: digest, FunctionSettings: settings}
		f.MemorySize = memory
		return f
	}
	now := version("ours", 128)
	for name, test := range map[string]struct {
		version       *functiongraph.Function
		called        string
		description   string
		new, retained bool
		what, imports string
	}{
		"taken over":                        {version("ours", 128), "v1", "", true, true, "", ""},
		"by one that is in the state":       {version("ours", 128), "v1", "", false, false, "", ""},
		"not by a new one that deletes":     {version("ours", 128), "v1", "", true, false, "is published already", "Or import it:"},
		"other code":                        {version("theirs", 128), "v1", "", true, true, "v1 holds other code", ""},
		"no digest":                         {version("", 128), "v1", "", true, true, "cannot be told", "Or import it:"},
		"another name":                      {version("ours", 128), "v0", "", true, true, "published already, as v0", ""},
		"another name, of one that deletes": {version("ours", 128), "v0", "", true, false, "as v0", "Then import it:"},
		"another description":               {version("ours", 128), "v1", "x", true, true, `with the description "x"`, ""},
		"other settings":                    {version("ours", 256), "v1", "", true, true, "other settings: memory_size", "Or import it:"},
	} {
		p := publication{
			plan: model{Version: types.StringValue("v1"), RetainOnDestroy: types.BoolValue(test.retained)}, now: now,
			digest: "ours",
		}
		if !test.new {
			p.prior = &model{}
		}
		got := p.objection(test.version, test.called, test.description, true)
		if (got.what == "") != (test.what == "") || !strings.Contains(got.what, test.what) || got.imports != test.imports {
			t.Errorf("%s: %+v, want %q and %q", name, got, test.what, test.imports)
		}
	}
	p := publication{plan: model{Version: types.StringValue("v1")}, prior: &model{}, now: now, digest: "ours"}
	if got := p.objection(version("ours", 128), "v1", "", false); got.what != "" {
		t.Errorf("a description that no list tells counts: %+v", got)
	}
}
