// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package internal_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestDependabot: each Go module of this repository, and each folder of workflows, is looked after.
func TestDependabot(t *testing.T) {
	t.Parallel()
	var config struct {
		Updates []struct {
			Ecosystem   string `yaml:"package-ecosystem"`
			Directories []string
		}
	}
	readYAML(t, "../.github/dependabot.yml", &config)
	got := map[string][]string{}
	for _, update := range config.Updates {
		got[update.Ecosystem] = update.Directories
	}
	var modules []string
	for _, file := range repositoryFiles(t, "go.mod") {
		if strings.Contains(file, "/stubs/") { // of modules that are published nowhere; they need nothing
			continue
		}
		modules = append(modules, path.Join("/", path.Dir(file)))
	}
	slices.Sort(modules)
	slices.Sort(got["gomod"])
	if len(modules) < 5 || !slices.Equal(got["gomod"], modules) {
		t.Errorf("dependabot.yml has the modules %q, the repository %q", got["gomod"], modules)
	}
	for _, file := range repositoryFiles(t, "*.yml") {
		folder, ok := strings.CutSuffix(path.Dir(file), ".github/workflows")
		if !ok {
			continue
		}
		if folder != "" {
			folder = path.Dir(file)
		}
		if !slices.Contains(got["github-actions"], path.Join("/", folder)) {
			t.Errorf("dependabot.yml does not name the folder of %s", file)
		}
	}
}

// TestIssueForms: each form has what GitHub demands of one, or it is not offered.
func TestIssueForms(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../.github/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		if filepath.Base(file) == "config.yml" {
			continue
		}
		var form struct {
			Name, Description string
			Body              []struct {
				Type, ID   string
				Attributes struct {
					Label   string
					Options []struct{ Label string }
				}
			}
		}
		readYAML(t, file, &form)
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s needs name, description and body", file)
		}
		ids := map[string]bool{}
		for _, field := range form.Body {
			known := slices.Contains([]string{"input", "textarea", "checkboxes"}, field.Type)
			if !known || field.ID == "" || ids[field.ID] || field.Attributes.Label == "" ||
				(field.Type == "checkboxes") != (len(field.Attributes.Options) > 0) {
				t.Errorf("%s: the field %+v", file, field)
			}
			ids[field.ID] = true
		}
	}
}

// TestSupportTable: the table in README.md names the versions that the workflows test, and no other.
func TestSupportTable(t *testing.T) {
	t.Parallel()
	var matrix struct {
		Jobs map[string]struct {
			Strategy struct {
				Matrix struct{ Version, OS []string }
			}
		}
	}
	readYAML(t, "../.github/workflows/matrix.yml", &matrix)
	minor := regexp.MustCompile(`^\d+\.\d+`)
	for _, readme := range []string{"../README.md", "../README.zh-CN.md"} {
		rows := supportRows(t, readme)
		for name, job := range map[string]string{"Terraform": "terraform", "OpenTofu": "opentofu"} {
			var want []string
			for _, version := range matrix.Jobs[job].Strategy.Matrix.Version {
				if number := minor.FindString(version); number != "" {
					want = append(want, number)
				}
			}
			if got := versionNumber.FindAllString(rows[name], -1); len(want) < 3 || !slices.Equal(got, want) {
				t.Errorf("%s: %s is tested with %q, the table has %q", readme, name, want, got)
			}
		}
		if len(matrix.Jobs["platform"].Strategy.Matrix.OS) == 0 || rows["Windows"] == "" || rows["macOS"] == "" {
			t.Errorf("%s does not say what is tested on Windows and macOS", readme)
		}
	}
}

var versionNumber = regexp.MustCompile(`\d+\.\d+`)

// supportRows are the second cells of the rows of the table, by their first.
func supportRows(t *testing.T, name string) map[string]string {
	t.Helper()
	rows := map[string]string{}
	for _, table := range pageAt(t, name).tables {
		for _, row := range table {
			if cells := strings.Split(row, "|"); len(cells) > 3 {
				rows[strings.TrimSpace(cells[1])] = cells[2]
			}
		}
	}
	return rows
}

var codeBlock = regexp.MustCompile("(?ms)^```.*?^```$")

// TestChineseReadme: README.zh-CN.md has the commands and configurations of README.md, all of them, in their order.
func TestChineseReadme(t *testing.T) {
	t.Parallel()
	blocks := func(name string) []string {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return codeBlock.FindAllString(string(content), -1)
	}
	english, chinese := blocks("../README.md"), blocks("../README.zh-CN.md")
	if len(english) < 8 || len(english) != len(chinese) {
		t.Fatalf("README.md has %d blocks of code, README.zh-CN.md %d", len(english), len(chinese))
	}
	for i, block := range english {
		if chinese[i] != block {
			t.Errorf("block %d of README.zh-CN.md is\n%s\nand of README.md\n%s", i+1, chinese[i], block)
		}
	}
}

func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err == nil {
		err = yaml.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// repositoryFiles are the files of this repository whose names match, with their folders; not what was built.
func repositoryFiles(t *testing.T, pattern string) (files []string) {
	t.Helper()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{".git", ".terraform", "bin", "dist", "node_modules"}, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		matched, err := path.Match(pattern, entry.Name())
		if matched {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
