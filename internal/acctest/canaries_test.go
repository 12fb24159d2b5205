// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// canary is a secret value whose way is followed: it must not turn up where it does not belong.
type canary struct {
	value string
	// kept says that Terraform itself keeps what the user wrote: in the state, in plan files, and in what `show -json`
	// prints of both.
	kept bool
}

// keepers are the files that Terraform keeps values in.
var keepers = []string{"terraform.tfstate", "terraform.tfstate.backup", "plan.bin"}

// forms are the ways in which a text may write a value: as it is, escaped for JSON, once and twice, with and without
// what HTML escapes; for a URL; in Base64 and in hexadecimal digits.
func (c canary) forms() []string {
	escape := func(text string, html bool) string {
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(html)
		if err := encoder.Encode(text); err != nil {
			panic(err)
		}
		return strings.Trim(strings.TrimSpace(b.String()), `"`)
	}
	v := c.value
	forms := []string{
		v, escape(v, true), escape(v, false), escape(escape(v, true), true), escape(escape(v, false), false),
		url.QueryEscape(v), url.PathEscape(v), hex.EncodeToString([]byte(v)),
		base64.RawStdEncoding.EncodeToString([]byte(v)), base64.RawURLEncoding.EncodeToString([]byte(v)),
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// in reports the form in which a text holds the value; "" for none.
func (c canary) in(text []byte) string {
	for _, form := range c.forms() {
		if bytes.Contains(text, []byte(form)) {
			return form
		}
	}
	return ""
}

// said demands that a text of the CLI holds no canary.
func said(t *testing.T, what, text string, canaries []canary) {
	t.Helper()
	for _, c := range canaries {
		if form := c.in([]byte(text)); form != "" {
			t.Errorf("%s holds %q", what, form)
		}
	}
}

// strict are those that Terraform does not keep by itself.
func strict(canaries []canary) []canary {
	return slices.DeleteFunc(slices.Clone(canaries), func(c canary) bool { return c.kept })
}

// searchFiles looks into every file of the working directory, also into archives such as a plan file, and into the
// private part of a state, which is in Base64. It demands that the named files were among them.
func (s *shell) searchFiles(canaries []canary, names ...string) {
	s.t.Helper()
	searched := map[string]bool{}
	err := filepath.WalkDir(s.path, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.Base(path)
		searched[name] = true
		looked := canaries
		if slices.Contains(keepers, name) {
			looked = strict(canaries)
			for _, private := range privates(content) {
				said(s.t, "the private state in "+name, string(private), canaries)
			}
		}
		for _, text := range append(unpacked(content), content) {
			said(s.t, name, string(text), looked)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, name := range names {
		if !searched[name] {
			s.t.Errorf("%s was not searched", name)
		}
	}
}

// privates are the private states of all resources in a state file; none if it is not one.
func privates(content []byte) [][]byte {
	var state struct {
		Resources []struct {
			Instances []struct {
				Private []byte `json:"private"`
			} `json:"instances"`
		} `json:"resources"`
	}
	if json.Unmarshal(content, &state) != nil {
		return nil
	}
	var out [][]byte
	for _, resource := range state.Resources {
		for _, instance := range resource.Instances {
			out = append(out, instance.Private, decoded(instance.Private))
		}
	}
	return out
}

// decoded is a private state whose values, each in Base64, are readable.
func decoded(private []byte) (out []byte) {
	var values map[string][]byte
	if json.Unmarshal(private, &values) != nil {
		return nil
	}
	for _, value := range values {
		out = append(append(out, value...), '\n')
	}
	return out
}

// unpacked returns the entries of an archive; none if it is not one.
func unpacked(content []byte) [][]byte {
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil
	}
	var out [][]byte
	for _, file := range archive.File {
		entry, err := file.Open()
		if err != nil {
			continue
		}
		text, err := io.ReadAll(entry)
		if err == nil {
			out = append(out, text)
		}
		entry.Close()
	}
	return out
}
