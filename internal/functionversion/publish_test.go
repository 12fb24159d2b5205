// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// Regions differ in what they report of code in OBS and of container images (contract Q12).
func TestPublicationTellsCode(t *testing.T) {
	t.Parallel()
	object := func(url, digest string) *functiongraph.Function {
		return &functiongraph.Function{CodeType: functiongraph.CodeTypeOBS, CodeURL: url, Digest: digest}
	}
	image := func(address string) *functiongraph.Function {
		f := &functiongraph.Function{CodeType: functiongraph.CodeTypeImage}
		f.CustomImage = &functiongraph.CustomImage{Image: address}
		return f
	}
	archive := func(digest string) *functiongraph.Function {
		return &functiongraph.Function{CodeType: functiongraph.CodeTypeZip, Digest: digest}
	}
	for name, v := range map[string]struct {
		latest, version *functiongraph.Function
		holds, foreign  bool
	}{
		"the same digest":                     {archive("a"), archive("a"), true, false},
		"another digest":                      {archive("a"), archive("b"), false, true},
		"no digest of the version":            {archive("a"), archive(""), false, false},
		"no digest of latest":                 {archive(""), archive("b"), false, false},
		"no digest of either":                 {archive(""), archive(""), false, false},
		"the same object":                     {object("u", ""), object("u", ""), true, false},
		"another object":                      {object("u", ""), object("v", ""), false, true},
		"the same object with another digest": {object("u", "a"), object("u", "b"), false, true},
		"an object without its address":       {object("u", ""), object("", ""), false, false},
		"the same image":                      {image("i"), image("i"), true, false},
		"another image":                       {image("i"), image("j"), false, true},
		"an image without its address":        {image("i"), image(""), false, false},
	} {
		p := publication{digest: v.latest.Digest, address: addressOf(v.latest)}
		if got := p.holds(v.version); got != v.holds {
			t.Errorf("%s: holds = %t", name, got)
		}
		if got := p.foreign(v.version); got != v.foreign {
			t.Errorf("%s: foreign = %t", name, got)
		}
	}
}
