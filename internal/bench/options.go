// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// options are what the command line says.
type options struct {
	parts  []string
	scale  scaleOptions
	update bool
}

// allParts are the parts of the benchmark in the order of their rows. The last takes minutes.
var allParts = []string{"requests", "memory", "hashing", "footprint", "scale", "suite"}

// measure measures a part, with a CLI, this provider and a folder for files.
type measure func(cli, binary, dir string, o options) ([]result, error)

// measures has a measure for each part.
var measures = map[string]measure{
	"requests":  plain(requests),
	"memory":    plain(memory),
	"hashing":   plain(hashing),
	"footprint": plain(footprint),
	"scale":     measureScale,
	"suite":     plain(acceptance),
}

// plain is a measure that needs no options.
func plain(of func(cli, binary, dir string) ([]result, error)) measure {
	return func(cli, binary, dir string, _ options) ([]result, error) { return of(cli, binary, dir) }
}

// parseOptions reads the flags. An error names the flag.
func parseOptions(parts, sizes string, runs int, against, binary string) (options, error) {
	o := options{scale: scaleOptions{runs: runs}}
	for _, part := range strings.Split(parts, ",") {
		if measures[part] == nil {
			return options{}, fmt.Errorf("-parts: %q is none of %s", part, strings.Join(allParts, ", "))
		}
		o.parts = append(o.parts, part)
	}
	for _, text := range strings.Split(sizes, ",") {
		size, err := strconv.Atoi(text)
		if err != nil || size < 1 {
			return options{}, fmt.Errorf("-sizes: %q is no number of functions", text)
		}
		o.scale.sizes = append(o.scale.sizes, size)
	}
	if runs < 1 {
		return options{}, errors.New("-runs: at least one")
	}
	if (against == "") != (binary == "") {
		return options{}, errors.New("-against and -binary go together: a profile, and the provider that it is of")
	}
	if against == "" {
		return o, nil
	}
	other, err := readProfile(against)
	if err != nil {
		return options{}, fmt.Errorf("-against: %w", err)
	}
	path, err := filepath.Abs(binary) // the CLI starts it in another folder
	o.scale.against = &subject{other, path}
	return o, err
}
