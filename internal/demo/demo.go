// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// demo is the stage: a temporary folder, the programs in it, and what the story remembers from step to step.
type demo struct {
	*screen
	dir      string // temporary; holds all below, removed at the end
	project  string // the newcomer's Terraform project
	cli      cli
	emulator *emulatorProcess
	service  service

	code     []byte   // the archive that Terraform was last told to deploy
	versions []string // published, newest first
	warning  string   // that the last plan showed
}

func newDemo(out *screen) (*demo, error) {
	dir, err := os.MkdirTemp("", "fgs-demo-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary folder: %w", err)
	}
	d := &demo{screen: out, dir: dir, project: filepath.Join(dir, "orders")}
	if d.cli, err = findCLI(d.project, filepath.Join(dir, "cli.tfrc")); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// close ends the emulator and removes the folder.
func (d *demo) close() error {
	if d.emulator != nil {
		d.emulator.stop()
	}
	if err := os.RemoveAll(d.dir); err != nil {
		return fmt.Errorf("clean up: %w", err)
	}
	return nil
}

// emulatorLog is what the emulator was asked, for the reader of a failure.
func (d *demo) emulatorLog() string {
	if d.emulator == nil {
		return ""
	}
	return "\nRequests that the emulator saw:\n" + d.emulator.log.String()
}

// path of a file in the project.
func (d *demo) path(elements ...string) string {
	return filepath.Join(append([]string{d.project}, elements...)...)
}

func (d *demo) write(name, content string) error {
	path := d.path(filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func digestOf(content []byte) string {
	sum := sha512.Sum512(content)
	return hex.EncodeToString(sum[:])
}

// short is enough of a digest to tell one from another.
func short(digest string) string {
	if len(digest) <= 12 {
		return digest
	}
	return digest[:12] + "…"
}
