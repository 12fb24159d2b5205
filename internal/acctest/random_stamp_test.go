// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/acctest"
	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// withStamp stands behind the digest of an archive that carries a stamp: of what it is without.
const withStamp = " with a stamp"

// stampOf is the stamp in an archive's comment, and the archive without it; "" for none.
func stampOf(code []byte) (stamp string, without []byte) {
	archive, err := zip.NewReader(bytes.NewReader(code), int64(len(code)))
	if err != nil {
		return "", code
	}
	stamp, found := strings.CutPrefix(archive.Comment, "terraform-provider-fgs ")
	if !found {
		return "", code
	}
	end := len(code) - len(archive.Comment)
	return stamp, append(bytes.Clone(code[:end-2]), 0, 0)
}

func hasStamp(code []byte) bool {
	stamp, _ := stampOf(code)
	return stamp != ""
}

func isStamped(config values) bool {
	code, _ := config["code"].(values)
	return code["stamp_settings"] == true
}

func heldDigest(f emulator.Function) string {
	stamp, code := stampOf(f.Code)
	if stamp == "" {
		return f.Digest
	}
	sum := sha512.Sum512(code)
	return hex.EncodeToString(sum[:]) + withStamp
}

// wantedCode is the archive of a configuration in the words of heldDigest.
func wantedCode(t testing.TB, config values) string {
	t.Helper()
	code := digest(t, config["code"].(values)["zip_file"].(string))
	if isStamped(config) {
		return code + withStamp
	}
	return code
}

// unreleased says that there is a difference that a version keeps and callers may notice.
func (h holding) unreleased(after holding) bool {
	was, is := maps.Clone(h), maps.Clone(after)
	for _, name := range append(slices.Clone(notStamped), "description") {
		delete(was, name)
		delete(is, name)
	}
	return was.differ(is) != nil
}

// notStamped is what a version does not copy of the settings.
var notStamped = []string{"code", "tags", "mount_config", "enterprise_project_id"}

// stamped is what the stamp of a configuration is made of, in words.
func stamped(t testing.TB, config values) string {
	t.Helper()
	h := wanted(t, config, nil)
	for _, name := range notStamped {
		delete(h, name)
	}
	for _, name := range []string{"ephemeral_storage", "concurrency_num", "max_instance_num"} { // as they are written
		h[name] = fmt.Sprint(config[name])
	}
	if config["type"] == "v1" { // which has none
		delete(h, "concurrency_num")
	}
	ids, _ := config["dependency_version_ids"].([]string)
	return fmt.Sprint(h, len(ids), ids)
}

// restamp is what a change of one setting takes where the code carries a stamp: an upload, if the stamp changes, which
// brings the dependencies, too; then what it takes without.
func (l *randomLife) restamp(name string, before holding, from, to values) []string {
	plain := func(config values) values {
		code := config["code"].(values).with(values{"stamp_settings": nil})
		return config.with(values{"code": code})
	}
	held := maps.Clone(before)
	held["code"] = strings.TrimSuffix(held["code"], withStamp)
	requests := l.changes(name, held, plain(from), plain(to))
	switch {
	case stamped(l.t, from) == stamped(l.t, to):
		return requests
	case len(requests) == 0:
		return []string{"UpdateCode", "GetConfig"}
	case name == "dependency_version_ids":
		return requests
	}
	if acctest.SecondWorld() { // whose answer to an upload has no digest
		return append([]string{"UpdateCode", "GetConfig"}, requests...)
	}
	return append([]string{"UpdateCode"}, requests...)
}
