// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
)

const megabyte = 1 << 20

// bigSource is a source of code of a size that matters.
type bigSource struct {
	what  string
	code  string // in HCL
	write func(dir string) error
	copy  bool // an archive within an archive is unpacked into a temporary file, which is read once, too
}

// bigSources are an archive and a folder as large as the service takes, and a package as large as it imports.
var bigSources = []bigSource{
	{"a zip of 50 MB", `zip_file = "code.zip"`, func(dir string) error {
		return writeZip(filepath.Join(dir, "code.zip"), 49*megabyte)
	}, false},
	{"a folder of 50 MB in 10,000 files", `source_dir = "src"`, func(dir string) error {
		return writeFolder(filepath.Join(dir, "src"), 10_000, 5_000)
	}, false},
	{"a package of 300 MB", `package_file = "export.zip"`, func(dir string) error {
		return writePackage(dir, 290*megabyte)
	}, true},
}

// configuration is a function with this code.
func (b bigSource) configuration() string {
	return fmt.Sprintf(`
resource "fgs_function" "bench" {
  name        = "bench"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  code        = { %s }
}
`, b.code)
}

// random gives bytes that do not compress.
func random() io.Reader {
	return rand.NewChaCha8([32]byte{1})
}

// writeZip makes an archive of one file, of about the given size.
func writeZip(path string, size int64) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // the archive's own Close has told by then
	w := zip.NewWriter(file)
	entry, err := w.Create("index.py")
	if err != nil {
		return err
	}
	if _, err := io.CopyN(entry, random(), size); err != nil {
		return err
	}
	return w.Close()
}

// writeFolder makes files in a hundred folders.
func writeFolder(root string, files int, size int64) error {
	source := random()
	for i := range files {
		folder := filepath.Join(root, fmt.Sprintf("part%02d", i%100))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		content, err := io.ReadAll(io.LimitReader(source, size))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("module%d.py", i)), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// writePackage makes an export package around an archive.
func writePackage(dir string, size int64) error {
	inner := filepath.Join(dir, "index.zip")
	if err := writeZip(inner, size); err != nil {
		return err
	}
	code, err := os.Open(inner)
	if err != nil {
		return err
	}
	defer code.Close() //nolint:errcheck // only read
	file, err := os.Create(filepath.Join(dir, "export.zip"))
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // the archive's own Close has told by then
	w := zip.NewWriter(file)
	settings, err := w.Create("bench.yaml")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(settings, exportYAML); err != nil {
		return err
	}
	entry, err := w.Create("index.zip")
	if err != nil {
		return err
	}
	if _, err := io.Copy(entry, code); err != nil {
		return err
	}
	return w.Close()
}

const exportYAML = `HcCrmTemplateVersion: v1
Resources:
  bench:
    Type: HC::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: Python3.9
      CodeType: zip
      CodeFileName: index.zip
      MemorySize: 128
      Timeout: 3
`
