// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command chart draws the numbers of `make bench`, part "scale": for each command and each latency, time and processor
// time against the number of functions. It is a module of its own, so that what drawing needs is in no other graph of
// dependencies.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: chart FOLDER, which has scale.json and gets the charts")
	}
	if err := write(os.Args[1]); err != nil {
		log.Fatal("chart: ", err)
	}
}

// write draws all charts of the numbers in a folder into it.
func write(folder string) error {
	all, err := read(filepath.Join(folder, "scale.json"))
	if err != nil {
		return err
	}
	charts, err := draw(all)
	if err != nil {
		return err
	}
	for name, svg := range charts {
		if err := os.WriteFile(filepath.Join(folder, name), svg, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// line is what a chart shows of a line of scale.json.
type line struct {
	Provider  string  `json:"provider"`
	Code      string  `json:"code"`
	Functions int     `json:"functions"`
	LatencyMS int     `json:"latency_ms"`
	Command   string  `json:"command"`
	Wall      float64 `json:"wall_s"`
	CPU       float64 `json:"provider_cpu_s"`
}

// read gives the lines of the report at path.
func read(path string) ([]line, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var report struct {
		Lines []line `json:"lines"`
	}
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for i, l := range report.Lines {
		if l.Provider == "" || l.Command == "" || l.Functions < 1 || l.Wall <= 0 {
			return nil, fmt.Errorf("%s: lines[%d] has no provider, command, functions or time", path, i)
		}
	}
	return report.Lines, nil
}
