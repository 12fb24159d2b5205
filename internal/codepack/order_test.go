// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"bytes"
	"errors"
	"math"
	"slices"
	"testing"
)

func TestCheckOverlap(t *testing.T) {
	t.Parallel()
	at := func(position int64, packed uint64) entry {
		return entry{File: &zip.File{FileHeader: header("a", packed, 0, zip.Store)}, position: position}
	}
	tests := map[string]struct {
		files []entry
		want  error
	}{
		"none":              {nil, nil},
		"one":               {[]entry{at(-1, math.MaxUint64)}, nil},
		"apart":             {[]entry{at(0, 10), at(40, 0), at(70, 1)}, nil},
		"in another order":  {[]entry{at(70, 1), at(0, 10), at(40, 0)}, nil},
		"in the content":    {[]entry{at(0, 11), at(40, 0)}, ErrDamaged},
		"in the header":     {[]entry{at(0, 0), at(29, 0)}, ErrDamaged},
		"behind the header": {[]entry{at(0, 0), at(30, 0)}, nil},
		"same":              {[]entry{at(7, 0), at(7, 0)}, ErrDamaged},
		"not neighbours":    {[]entry{at(0, 10), at(90, 0), at(39, 0)}, ErrDamaged},
		"endless":           {[]entry{at(0, math.MaxUint64), at(math.MaxInt64, 0)}, ErrDamaged},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := checkOverlap(test.files); !errors.Is(err, test.want) {
				t.Errorf("error %v, want %v", err, test.want)
			}
		})
	}
}

// The positions are what archive/zip goes by: that of the file's start, of what is in front of it, and none at all.
func TestOpenZip_positions(t *testing.T) {
	t.Parallel()
	two := zipOf(t, member{name: "a", content: "12345"}, member{name: "b"})
	second := int64(bytes.LastIndex(two, []byte("PK\x03\x04")))
	tests := map[string]struct {
		content []byte
		want    []int64
	}{
		"from the start": {two, []int64{0, second}},
		"turned":         {directoryTurned(two), []int64{second, 0}},
		"prefix":         {append([]byte("#!/bin/sh\n"), two...), []int64{10, second + 10}},
		"negative":       {negativeEntry(), []int64{-1}},
		"all negative":   {directoryTimes(negativeEntry(), 2), []int64{-1, -1}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			archive, err := openZip(bytes.NewReader(test.content), int64(len(test.content)))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(archive.positions, test.want) {
				t.Errorf("positions %v, want %v", archive.positions, test.want)
			}
		})
	}
}
