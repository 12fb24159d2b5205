// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// The CLI starts providers as it does for a user, so that what a user pays is measured: the start, the encrypted
// channel, the log pipe, one process for each phase. In the place of the provider it finds this program, which starts
// the provider and, when that has ended, notes what the kernel says that it used. What the CLI used itself is what is
// left of its own account, which holds that of every process it has waited for.
//
// A provider that the benchmark starts by itself (TF_REATTACH_PROVIDERS) would need no such trick, but it lives on from
// command to command, with a warm heap, and neither starts nor encrypts.
const (
	wrapsVariable = "FGS_BENCH_WRAPS" // the provider to start; set: this process is a wrapper
	usageVariable = "FGS_BENCH_USAGE" // the folder that takes the notes
)

// usage is what one provider process took.
type usage struct {
	Provider time.Duration `json:"provider"` // processor time, user and system
	Wrapper  time.Duration `json:"wrapper"`  // of the process in between
	Peak     int64         `json:"peak"`     // resident memory, in bytes
}

// wrap runs the provider and returns its exit status. The CLI's pipes are the provider's own. The note goes
// into folder.
func wrap(folder, binary string, args ...string) int {
	note := filepath.Join(folder, fmt.Sprintf("%d-%d", os.Getpid(), time.Now().UnixNano()))
	if err := os.WriteFile(note, nil, 0o600); err != nil { // an empty note tells of a wrapper that was killed
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	command := exec.Command(binary, args...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); command.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	state := command.ProcessState
	text, err := json.Marshal(usage{state.UserTime() + state.SystemTime(), ownTime(), peak(state)})
	if err == nil {
		err = os.WriteFile(note, text, 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	return state.ExitCode()
}

// takeUsage adds up the notes in a folder, and removes them. Peak is that of the largest process.
func takeUsage(folder string) (sum usage, err error) {
	notes, err := os.ReadDir(folder)
	if err != nil {
		return usage{}, err
	}
	for _, note := range notes {
		path := filepath.Join(folder, note.Name())
		text, err := os.ReadFile(path)
		if err != nil {
			return usage{}, err
		}
		var one usage
		if err := json.Unmarshal(text, &one); err != nil {
			return usage{}, fmt.Errorf("a provider did not end by itself, what it used is not known: %w", err)
		}
		sum.Provider += one.Provider
		sum.Wrapper += one.Wrapper
		sum.Peak = max(sum.Peak, one.Peak)
		if err := os.Remove(path); err != nil {
			return usage{}, err
		}
	}
	return sum, nil
}
