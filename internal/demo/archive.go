// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"time"
)

// zipOf builds an archive with one index.py, as a build script would. The time is part of the archive's bytes.
func zipOf(source string, built time.Time) ([]byte, error) {
	var buffer bytes.Buffer
	w := zip.NewWriter(&buffer)
	entry, err := w.CreateHeader(&zip.FileHeader{Name: "index.py", Method: zip.Deflate, Modified: built})
	if err == nil {
		_, err = entry.Write([]byte(source))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("build the zip: %w", err)
	}
	return buffer.Bytes(), nil
}

// build zips src/index.py of the project into build/orders.zip and returns the archive.
func (d *demo) build(source string, built time.Time) ([]byte, error) {
	archive, err := zipOf(source, built)
	if err != nil {
		return nil, err
	}
	if err := d.write("src/index.py", source); err != nil {
		return nil, err
	}
	return archive, d.write("build/orders.zip", string(archive))
}
