// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the README promises: requests per function, the provider's memory against the size of
// the code, its start and its size. It prints a Markdown table, and fails when a number is over its bound.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if provider := os.Getenv(wrapsVariable); provider != "" {
		os.Exit(wrap(os.Getenv(usageVariable), provider, os.Args[1:]...))
	}
	log.SetFlags(0)
	parts := flag.String("parts", strings.Join(allParts, ","), "what to measure")
	sizes := flag.String("sizes", "1,100,500", "scale: numbers of functions; 2000 takes minutes")
	runs := flag.Int("runs", 3, "scale: how often; the median counts")
	against := flag.String("against", "", "scale: profile of another provider, measured in the same run")
	binary := flag.String("binary", "", "scale: executable of the other provider")
	update := flag.Bool("update", false, "scale: write the README's table, the numbers and the charts")
	flag.Parse()
	options, err := parseOptions(*parts, *sizes, *runs, *against, *binary)
	if err == nil {
		options.update = *update
		err = run(options)
	}
	if err != nil {
		log.Fatal("bench: ", err)
	}
}

// result is a row of the table. A bound of 0 is only reported.
type result struct {
	what  string
	value float64
	bound float64
	unit  string
}

func (r result) over() bool { return r.bound > 0 && r.value > r.bound }

func (r result) String() string {
	number := func(v float64) string {
		if v == float64(int64(v)) {
			return fmt.Sprintf("%d%s", int64(v), r.unit)
		}
		if v < 1 {
			return fmt.Sprintf("%.2f%s", v, r.unit)
		}
		return fmt.Sprintf("%.1f%s", v, r.unit)
	}
	bound := ""
	if r.bound > 0 {
		bound = "≤ " + number(r.bound)
	}
	if r.over() {
		bound += ", missed"
	}
	return fmt.Sprintf("| %s | %s | %s |", r.what, number(r.value), bound)
}

func run(o options) error {
	cli := os.Getenv("TF_CLI")
	if cli == "" {
		return fmt.Errorf("TF_CLI must name a terraform or tofu: run make bench")
	}
	dir, err := os.MkdirTemp("", "fgs-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "terraform-provider-fgs")
	build := exec.Command("go", "build", "-tags", "grpcnotrace", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building the provider: %w", err)
	}

	var results []result
	for _, part := range o.parts {
		rows, err := measures[part](cli, binary, dir, o)
		if err != nil {
			return err
		}
		results = append(results, rows...)
	}
	return report(results)
}

// measureScale measures the part "scale" and prints its table.
func measureScale(cli, binary, dir string, o options) ([]result, error) {
	measured, err := scale(cli, binary, dir, o.scale)
	if err != nil {
		return nil, err
	}
	fmt.Println(measured.table())
	if o.update {
		if err := measured.update("."); err != nil {
			return nil, err
		}
	}
	against := ""
	if o.scale.against != nil {
		against = o.scale.against.Name
	}
	return measured.bounds(against), nil
}

func report(results []result) error {
	fmt.Println("| What | Measured | Bound |")
	fmt.Println("| --- | ---: | ---: |")
	failed := 0
	for _, r := range results {
		fmt.Println(r)
		if r.over() {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d numbers are over their bounds", failed)
	}
	return nil
}
