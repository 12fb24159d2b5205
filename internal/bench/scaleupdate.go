// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The file of the numbers in scaleFolder, and between which lines of the README their table stands.
const (
	scaleFile  = "scale.json"
	tableBegin = "<!-- scale: written by make bench BENCHARGS=-update -->\n"
	tableEnd   = "<!-- scale: end -->\n"
)

// encode is the report as it is kept.
func (r scaleReport) encode() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	return append(text, '\n'), err
}

// readScaleReport reads what encode wrote.
func readScaleReport(path string) (scaleReport, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return scaleReport{}, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var r scaleReport
	return r, decoder.Decode(&r)
}

// withTable puts a table between the marks in a text.
func withTable(text, table string) (string, error) {
	before, rest, begun := strings.Cut(text, tableBegin)
	_, after, ended := strings.Cut(rest, tableEnd)
	if !begun || !ended {
		return "", errors.New("the marks around the table of the part scale are missing")
	}
	return before + tableBegin + table + tableEnd + after, nil
}

// update keeps the report: numbers and charts below docs, the table in the README.
func (r scaleReport) update(root string) error {
	text, err := r.encode()
	if err != nil {
		return err
	}
	folder, err := filepath.Abs(filepath.Join(root, filepath.FromSlash(scaleFolder))) // charts are drawn in another folder
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, scaleFile), text, 0o644); err != nil {
		return err
	}
	if err := r.updateReadme(filepath.Join(root, "README.md")); err != nil {
		return err
	}
	charts := exec.Command("go", "run", ".", folder)
	charts.Dir, charts.Stderr = filepath.Join(root, "internal", "bench", "chart"), os.Stderr
	return charts.Run()
}

func (r scaleReport) updateReadme(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed, err := withTable(string(text), r.table())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, []byte(changed), 0o644)
}
