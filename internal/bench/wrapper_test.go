// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	busy := `i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; exit 3`
	for range 2 {
		if status := wrap(folder, "sh", "-c", busy); status != 3 {
			t.Fatalf("exit status %d, want the one of the program", status)
		}
	}
	used, err := takeUsage(folder)
	if err != nil {
		t.Fatal(err)
	}
	if used.Provider <= 0 || used.Wrapper <= 0 || used.Peak < 100<<10 || used.Peak > 100<<20 {
		t.Errorf("two runs took %+v", used)
	}
	if again, err := takeUsage(folder); err != nil || again != (usage{}) {
		t.Errorf("what was taken is still there: %+v, %v", again, err)
	}
	if status := wrap(folder, filepath.Join(folder, "none")); status != 1 {
		t.Errorf("a provider that is not there: exit status %d", status)
	}
}

func TestTakeUsage(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, note := range map[string]string{
		"1": `{"provider": 5, "wrapper": 1, "peak": 100}`,
		"2": `{"provider": 7, "wrapper": 2, "peak": 90}`,
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(note), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	used, err := takeUsage(folder)
	if want := (usage{12 * time.Nanosecond, 3 * time.Nanosecond, 100}); err != nil || used != want {
		t.Errorf("%+v, %v, want %+v", used, err, want)
	}
	// A wrapper that was killed has left an empty note: half an account is none.
	if err := os.WriteFile(filepath.Join(folder, "3"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := takeUsage(folder); err == nil {
		t.Error("an empty note is no error")
	}
}
