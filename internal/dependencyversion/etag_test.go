// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"archive/zip"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/function"
)

// TestDiffers: size and MD5 tell; an etag of another form tells nothing, and of an object in OBS nothing is known.
func TestDiffers(t *testing.T) { // not in parallel: other tests would be measured too
	const size = 40 << 20
	path, sum, length := largeArchive(t, size)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	content := function.ContentModel{ZipFile: types.StringValue(path)}.Inspect()
	for name, v := range map[string]struct {
		content      function.Content
		size         int64
		etag         string
		differs, yes bool
	}{
		"the same":       {content, length, sum, false, true},
		"capitals":       {content, length, strings.ToUpper(sum), false, true},
		"another size":   {content, length - 1, sum, true, false},
		"another sum":    {content, length, strings.Repeat("0", 32), true, false},
		"no MD5":         {content, length, sum + "-6", false, false},
		"no MD5, size":   {content, length + 1, sum + "-6", true, false},
		"none":           {content, length, "", false, false},
		"an object":      {function.ContentModel{OBSURL: types.StringValue("https://b/x")}.Inspect(), length, sum, false, false},
		"an object, any": {function.ContentModel{OBSURL: types.StringValue("https://b/x")}.Inspect(), 1, "", false, false},
	} {
		other, err := differs(v.content, v.size, v.etag)
		same, failed := isSame(v.content, v.size, v.etag)
		if err != nil || failed != nil || other != v.differs || same != v.yes {
			t.Errorf("%s: differs %t, %v; is the same %t, %v", name, other, err, same, failed)
		}
	}
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 2<<20 {
		t.Errorf("allocated %d bytes for an archive of %d", allocated, size)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := isSame(content, length, sum); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("gone meanwhile: %v", err)
	}
}

// largeArchive is an archive of more than size bytes, its MD5 and its length.
func largeArchive(t *testing.T, size int) (path, sum string, length int64) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "large.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	archive := zip.NewWriter(file)
	entry, err := archive.CreateHeader(&zip.FileHeader{Name: "lib.so", Method: zip.Store})
	if err == nil {
		_, err = entry.Write(make([]byte, size))
	}
	if err := errors.Join(err, archive.Close(), file.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	all := md5.Sum(content)
	return path, hex.EncodeToString(all[:]), int64(len(content))
}
