// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// memory uploads each big source and compares the provider's peak with its size while it had nothing to do, and how
// much it reads in a plan without a change with the size of the source.
func memory(cli, binary, dir string) ([]result, error) {
	var results []result
	for i, source := range bigSources {
		idle, rows, err := source.measure(cli, binary, dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", source.what, err)
		}
		if i == 0 {
			results = append(results, result{"provider resident when idle", idle, 0, " MB"})
		}
		results = append(results, rows...)
	}
	return results, nil
}

func (b bigSource) measure(cli, binary, dir string) (idle float64, rows []result, err error) {
	s, err := newSession(cli, binary, dir)
	if err != nil {
		return 0, nil, err
	}
	defer s.close()
	if err := b.write(s.dir); err != nil {
		return 0, nil, err
	}
	// The CLI has asked for the schema and has configured the provider: that is idle.
	if _, err := s.apply(""); err != nil {
		return 0, nil, err
	}
	if err := s.terraform("providers", "schema", "-json"); err != nil {
		return 0, nil, err
	}
	if idle, err = s.resident("VmRSS"); err != nil {
		return 0, nil, err
	}
	if _, err := s.apply(b.configuration()); err != nil {
		return 0, nil, err
	}
	peak, err := s.resident("VmHWM")
	if err != nil {
		return 0, nil, err
	}
	reads, err := s.reads()
	bytes, bound := "bytes read in a plan without a change, of "+b.what, 1.1
	if b.copy {
		bytes, bound = bytes+" and the copy of the code in it", 2.1
	}
	return idle, []result{
		{"provider's peak over idle for " + b.what, peak - idle, 20, " MB"}, {bytes, reads, bound, "×"},
	}, err
}

// reads is how often a plan without a change reads the source: the provider's bytes from all files, over the source's.
func (s *session) reads() (float64, error) {
	size, err := s.sourceSize()
	if err != nil {
		return 0, err
	}
	before, err := s.proc("io", "rchar")
	if err != nil {
		return 0, err
	}
	if _, err := s.refresh(); err != nil {
		return 0, err
	}
	after, err := s.proc("io", "rchar")
	return (after - before) / size, err
}

// sourceSize is the number of bytes of the source in the working directory.
func (s *session) sourceSize() (float64, error) {
	var size int64
	for _, root := range []string{"code.zip", "src", "export.zip"} {
		err := filepath.WalkDir(filepath.Join(s.dir, root), func(path string, entry os.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() {
				return nil //nolint:nilerr // the other sources are not there
			}
			info, err := entry.Info()
			size += info.Size()
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return float64(size), nil
}

// resident is a size of the provider's memory, in MB.
func (s *session) resident(line string) (float64, error) {
	kilobytes, err := s.proc("status", line)
	return kilobytes / 1024, err
}

// proc reads a number of the provider's process.
func (s *session) proc(file, line string) (float64, error) {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", s.provider.Process.Pid, file))
	if err != nil {
		return 0, fmt.Errorf("memory and reads are measured on Linux only: %w", err)
	}
	for text := range strings.Lines(string(content)) {
		if rest, ok := strings.CutPrefix(text, line+":"); ok {
			return strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
		}
	}
	return 0, fmt.Errorf("no %s in %s", line, file)
}
