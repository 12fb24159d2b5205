// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"errors"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

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

// What the function runs must be what is to be published, as far as the service tells.
func TestGuard(t *testing.T) {
	t.Parallel()
	image := &functiongraph.Function{CodeType: functiongraph.CodeTypeImage}
	image.CustomImage = &functiongraph.CustomImage{Image: "swr/orders:1"}
	for name, test := range map[string]struct {
		digest, source string
		now            *functiongraph.Function
		refused        string // what was found
		published      string // the digest of what is to be published
	}{
		"the same digest":              {"a", "", &functiongraph.Function{Digest: "a"}, "", "a"},
		"another digest":               {"a", "", &functiongraph.Function{Digest: "b"}, "b", ""},
		"no digest reported":           {"a", "", &functiongraph.Function{}, "", "a"},
		"no digest asked":              {"", "h", &functiongraph.Function{Digest: "b"}, "", "b"},
		"the same image":               {"", "image:swr/orders:1", image, "", ""},
		"another image":                {"", "image:swr/orders:2", image, "swr/orders:1", ""},
		"an image, and a marker":       {"", "release-2", image, "", ""},
		"an image, and none is told":   {"", "image:swr/orders:2", &functiongraph.Function{}, "", ""},
		"a digest and the same image":  {"a", "image:swr/orders:1", image, "", "a"},
		"a digest and another image":   {"a", "image:swr/orders:2", image, "swr/orders:1", ""},
		"nothing asked, nothing known": {"", "", &functiongraph.Function{}, "", ""},
	} {
		p := publication{plan: model{Digest: types.StringValue(test.digest), SourceHash: types.StringValue(test.source)}}
		var refused errGuard
		if err := p.guard(test.now); (err != nil) != (test.refused != "") || err != nil && !errors.As(err, &refused) {
			t.Errorf("%s: %v", name, err)
		}
		if refused.got != test.refused || test.refused == "" && p.digest != test.published {
			t.Errorf("%s: found %q, to be published %q, want %q and %q", name, refused.got, p.digest, test.refused,
				test.published)
		}
	}
}
