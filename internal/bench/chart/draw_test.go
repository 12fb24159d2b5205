// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var sample = []line{
	{"fgs", "inline", 1, 0, "plan", 0.2, 0.1},
	{"fgs", "inline", 100, 0, "plan", 1.2, 1.1},
	{"official", "inline", 100, 0, "plan", 1.6, 1.4},
	{"official", "inline", 1, 0, "plan", 0.3, 0.2},
	{"CLI alone", "inline", 1, 0, "plan", 0.04, 0},
	{"CLI alone", "inline", 100, 0, "plan", 0.1, 0},
	{"fgs", "inline", 100, 50, "plan", 1.9, 1.1},
	{"fgs", "zip", 100, 50, "apply", 1.9, 1.1},
}

func TestDraw(t *testing.T) {
	t.Parallel()
	charts, err := draw(sample)
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(charts)); !slices.Equal(got, []string{"plan-0ms.svg", "plan-50ms.svg"}) {
		t.Fatalf("charts %q", got)
	}
	for name, want := range map[string][]string{
		"plan-0ms.svg":  {"plan, 0 ms a call", "fgs", "CPU", "official", "CLI alone"},
		"plan-50ms.svg": {"plan, 50 ms a call", "fgs", "CLI alone"},
	} {
		texts := texts(t, charts[name])
		for _, text := range want {
			if !strings.Contains(texts, text) {
				t.Errorf("%s does not say %q, it says %q", name, text, texts)
			}
		}
	}
	if strings.Contains(texts(t, charts["plan-50ms.svg"]), "official") {
		t.Error("a provider without points is in the legend")
	}
}

func TestHundreds(t *testing.T) {
	t.Parallel()
	for most, want := range map[int]string{
		1: "0", 100: "0 100", 500: "0 100 200 300 400 500", 2000: "0 400 800 1200 1600 2000",
	} {
		var labels []string
		for _, tick := range hundreds([]line{{Functions: 1}, {Functions: most}}) {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, " "); got != want {
			t.Errorf("up to %d: %s, want %s", most, got, want)
		}
	}
}

// texts is what a reader sees written in a chart, which has to be XML.
func texts(t *testing.T, svg []byte) string {
	t.Helper()
	var out strings.Builder
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := token.(xml.CharData); ok {
			out.Write(bytes.TrimSpace(text))
			out.WriteByte('\n')
		}
	}
}

func TestDraw_sameBytes(t *testing.T) {
	t.Parallel()
	first, err := draw(sample)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		again, err := draw(sample)
		if err != nil {
			t.Fatal(err)
		}
		if !maps.EqualFunc(first, again, bytes.Equal) {
			t.Fatal("the same numbers give other bytes")
		}
	}
}

// The charts that are checked in are those of the numbers that are.
func TestDraw_checkedIn(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("..", "..", "..", "docs", "benchmarks")
	all, err := read(filepath.Join(folder, "scale.json"))
	if err != nil {
		t.Fatal(err)
	}
	charts, err := draw(all)
	if err != nil {
		t.Fatal(err)
	}
	if len(charts) != 6 {
		t.Errorf("%d charts, want one for each of three commands and two latencies", len(charts))
	}
	for name, want := range charts {
		got, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not drawn from scale.json: go run -C internal/bench/chart . ../../../docs/benchmarks", name)
		}
	}
}

func TestRead_refuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"no JSON":    `{"lines": [`,
		"no time":    `{"lines": [{"provider": "fgs", "command": "plan", "functions": 1}]}`,
		"no command": `{"lines": [{"provider": "fgs", "functions": 1, "wall_s": 1}]}`,
	} {
		path := filepath.Join(t.TempDir(), "scale.json")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := read(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
