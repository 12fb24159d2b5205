// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestParseOptions(t *testing.T) {
	t.Parallel()
	o, err := parseOptions("scale,footprint", "1,2000", 5, filepath.Join("profiles", "huaweicloud.yaml"), "provider")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(o.parts, []string{"scale", "footprint"}) || !slices.Equal(o.scale.sizes, []int{1, 2000}) ||
		o.scale.runs != 5 {
		t.Errorf("%+v", o)
	}
	if other := o.scale.against; other == nil || other.Name != "huaweicloud" || !filepath.IsAbs(other.binary) {
		t.Errorf("against %+v", other)
	}
	for _, part := range allParts {
		if measures[part] == nil {
			t.Errorf("nothing measures the part %s", part)
		}
	}
}

func TestParseOptions_refuses(t *testing.T) {
	t.Parallel()
	for want, flags := range map[string][4]string{
		`-parts: "speed"`:       {"scale,speed", "1", "", ""},
		`-sizes: "many"`:        {"scale", "1,many", "", ""},
		`-sizes: "0"`:           {"scale", "0", "", ""},
		"-against and -binary":  {"scale", "1", "", "provider"},
		"-against: open none.y": {"scale", "1", "none.yaml", "provider"},
	} {
		_, err := parseOptions(flags[0], flags[1], 3, flags[2], flags[3])
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if _, err := parseOptions("scale", "1", 0, "", ""); err == nil || !strings.HasPrefix(err.Error(), "-runs") {
		t.Errorf("error %v", err)
	}
}
