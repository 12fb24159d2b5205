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
)

func main() {
	log.SetFlags(0)
	suite := flag.Bool("suite", true, "also time the acceptance suite (minutes)")
	flag.Parse()
	if err := run(*suite); err != nil {
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
		return fmt.Sprintf("%.1f%s", v, r.unit)
	}
	bound := ""
	if r.bound > 0 {
		bound = "≤ " + number(r.bound)
	}
	return fmt.Sprintf("| %s | %s | %s |", r.what, number(r.value), bound)
}

func run(suite bool) error {
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
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("building the provider: %w", err)
	}

	var results []result
	for _, measure := range []func(cli, binary, dir string) ([]result, error){requests, memory, hashing, footprint} {
		rows, err := measure(cli, binary, dir)
		if err != nil {
			return err
		}
		results = append(results, rows...)
	}
	if suite {
		row, err := acceptance()
		if err != nil {
			return err
		}
		results = append(results, row)
	}
	return report(results)
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
