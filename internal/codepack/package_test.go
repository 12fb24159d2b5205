// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// exportYAML is the template of contract 3.15 with some properties changed. A value is YAML; "-" leaves it out.
func exportYAML(change map[string]string) string {
	properties := map[string]string{
		"Handler": "index.handler", "Runtime": "Python3.9", "CodeType": "inline", "CodeFileName": "index.py",
		"CodeUrl": `""`, "Description": `""`, "MemorySize": "128", "Timeout": "3", "Version": "latest",
		"DependencyPkg": `""`, "Environment": "{Variables: {}}",
	}
	maps.Copy(properties, change)
	var text strings.Builder
	text.WriteString("HcCrmTemplateVersion: v1\nResources:\n  demo:\n")
	text.WriteString("    Type: HC::Serverless::Function\n    Properties:\n")
	for _, key := range slices.Sorted(maps.Keys(properties)) {
		if properties[key] != "-" {
			fmt.Fprintf(&text, "      %s: %s\n", key, properties[key])
		}
	}
	return text.String()
}

func TestScanPackage_inline(t *testing.T) {
	t.Parallel()
	content := zipOf(t, member{name: "demo.yaml", content: exportYAML(nil), method: zip.Deflate},
		member{name: "index.py", content: code, method: zip.Deflate})
	pkg, err := ScanPackage(writeFile(t, content))
	if err != nil {
		t.Fatal(err)
	}
	checkBytes(t, pkg.Archive, content)
	if pkg.Archive.Hash != "" || pkg.Archive.Type != TypeZip {
		t.Errorf("Archive: Hash %q, Type %q", pkg.Archive.Hash, pkg.Archive.Type)
	}
	checkBytes(t, pkg.Code, []byte(code))
	if want := Inline(code); pkg.Code.Hash != want.Hash || pkg.Code.Digest != want.Digest || pkg.Code.Type != TypeInline {
		t.Errorf("Code %+v, want that of Inline", pkg.Code)
	}
	if pkg.Name != "demo" || pkg.Handler != "index.handler" || pkg.Runtime != "Python3.9" || pkg.Description != "" {
		t.Errorf("settings %+v", pkg)
	}
	if pkg.MemorySize != 128 || pkg.Timeout != 3 || pkg.Environment != nil || pkg.Beyond != nil {
		t.Errorf("settings %+v", pkg)
	}
	if pkg.Filename != "index.py" {
		t.Errorf("Filename %q", pkg.Filename)
	}
}

// Moving from package_file to zip_file or jar_file with the same code uploads nothing.
func TestScanPackage_archiveInside(t *testing.T) {
	t.Parallel()
	inner := zipOf(t, original()...)
	for _, codeType := range []string{TypeZip, TypeJar} {
		for _, method := range []uint16{zip.Store, zip.Deflate} {
			t.Run(fmt.Sprint(codeType, method), func(t *testing.T) {
				t.Parallel()
				want, err := ScanArchive(writeFile(t, inner), codeType)
				if err != nil {
					t.Fatal(err)
				}
				text := exportYAML(map[string]string{"CodeType": codeType, "CodeFileName": "code." + codeType})
				pkg, err := ScanPackage(writeFile(t, zipOf(t,
					member{name: "code." + codeType, content: string(inner), method: method},
					member{name: "demo.yml", content: text})))
				if err != nil {
					t.Fatal(err)
				}
				checkBytes(t, pkg.Code, inner)
				if pkg.Code.Hash != want.Hash || pkg.Code.Type != codeType {
					t.Errorf("Code %+v, want %+v", pkg.Code, *want)
				}
			})
		}
	}
}

func TestScanPackage_codeFile(t *testing.T) {
	t.Parallel()
	file := func(name string) member { return member{name: name, content: "code of " + name} }
	named := func(name string) string { return exportYAML(map[string]string{"CodeFileName": name}) }
	tests := map[string]struct {
		yaml, codeFileName string
		files              []member
		code, filename     string
	}{
		"named":     {"f.yaml", "index.py", []member{file("other.py"), file("index.py")}, "index.py", "index.py"},
		"only file": {"f.yaml", "gone.py", []member{file("index.py")}, "index.py", "gone.py"},
		"not named": {"f.yaml", "-", []member{file("src/index.py")}, "src/index.py", "index.py"},
		"folder": {
			"demo/f.yaml", "index.py", []member{file("index.py"), file("demo/index.py")}, "demo/index.py", "index.py",
		},
		"ending in upper": {"f.YAML", "index.py", []member{file("index.py")}, "index.py", "index.py"},
		"folder entries": {
			"f.yml", "index.py", []member{{name: "a/", mode: directory}, file("index.py")}, "index.py", "index.py",
		},
		"YAML in the name": {"f.yml", "a.yaml.py", []member{file("a.yaml.py"), file("b.py")}, "a.yaml.py", "a.yaml.py"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			members := append([]member{{name: test.yaml, content: named(test.codeFileName)}}, test.files...)
			pkg, err := ScanPackage(writeFile(t, zipOf(t, members...)))
			if err != nil {
				t.Fatal(err)
			}
			checkBytes(t, pkg.Code, []byte("code of "+test.code))
			if pkg.Filename != test.filename {
				t.Errorf("Filename %q, want %q", pkg.Filename, test.filename)
			}
		})
	}
}

func TestScanPackage_refused(t *testing.T) {
	t.Parallel()
	py := member{name: "index.py", content: code}
	yamlFile := member{name: "demo.yaml", content: exportYAML(nil)}
	withYAML := func(change map[string]string) member { return member{name: "demo.yaml", content: exportYAML(change)} }
	zipCode := withYAML(map[string]string{"CodeType": "zip", "CodeFileName": "index.zip"})
	tests := map[string]struct {
		members []member
		want    error
		text    string
	}{
		"no YAML": {[]member{py}, ErrNoYAML, `"index.py"`},
		"two YAML": {
			[]member{yamlFile, {name: "b.yml", content: "a: b"}, py}, ErrManyYAML, `2 YAML files, "b.yml", "demo.yaml"`,
		},
		"YAML in folder": {[]member{yamlFile, {name: "__MACOSX/._demo.yaml", content: "x"}, py}, ErrManyYAML, "2 YAML files"},
		"seven YAML":     {append(slices.Repeat([]member{yamlFile}, 7), py), ErrManyYAML, "and 2 more"},

		"no code": {[]member{yamlFile}, ErrNoCodeFile, `"demo.yaml"`},
		"two candidates": {
			[]member{yamlFile, {name: "b.py"}, {name: "a.py"}}, ErrManyCodeFiles,
			`CodeFileName is "index.py", the candidates are "a.py", "b.py"`,
		},
		"twice":      {[]member{yamlFile, py, py}, ErrManyCodeFiles, `"index.py", "index.py"`},
		"empty code": {[]member{yamlFile, {name: "index.py"}}, ErrEmpty, `"index.py"`},

		"obs":              {[]member{withYAML(map[string]string{"CodeType": "obs"}), py}, ErrCodeType, `"obs"`},
		"obs, no code":     {[]member{withYAML(map[string]string{"CodeType": "obs"})}, ErrCodeType, `"obs"`},
		"image":            {[]member{withYAML(map[string]string{"CodeType": "Custom-Image-Swr"}), py}, ErrCodeType, ""},
		"no code type":     {[]member{withYAML(map[string]string{"CodeType": "-"}), py}, ErrCodeType, `""`},
		"no zip inside":    {[]member{zipCode, {name: "index.zip", content: code}}, ErrNotZip, `code file "index.zip": `},
		"empty zip inside": {[]member{zipCode, {name: "index.zip", content: string(zipOf(t))}}, ErrNoFiles, `"index.zip"`},
		"escape inside": {
			[]member{zipCode, {name: "index.zip", content: string(zipOf(t, member{name: "../a"}))}}, ErrUnsafeName, `"../a"`},

		"escape":     {[]member{yamlFile, py, {name: "../a"}}, ErrUnsafeName, `"../a"`},
		"no mapping": {[]member{{name: "demo.yaml", content: "just text"}, py}, ErrYAML, `"demo.yaml"`},
		"huge YAML": {
			[]member{{name: "f.yaml", content: strings.Repeat("#", maxYAMLSize+1), method: zip.Deflate}, py},
			ErrYAML, `"f.yaml" is larger than 1 MiB`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := ScanPackage(writeFile(t, zipOf(t, test.members...)))
			checkError(t, err, test.want, test.text)
		})
	}
}

func TestScanPackage_notAnArchive(t *testing.T) {
	t.Parallel()
	_, err := ScanPackage(writeFile(t, []byte("HcCrmTemplateVersion: v1\n")))
	checkError(t, err, ErrNotZip, "plain text")
	_, err = ScanPackage(t.TempDir() + "/none.zip")
	checkError(t, err, fs.ErrNotExist, "cannot read the file: ")
	_, err = ScanPackage(writeFile(t, flipped(zipOf(t, member{name: "f.yaml", content: exportYAML(nil)}), "HcCrm")))
	checkError(t, err, ErrDamaged, `"f.yaml"`)
}

// The import call takes more code than the call that changes a function's code does.
func TestScanPackageCodeSize_large(t *testing.T) {
	t.Parallel()
	yamlFile := member{name: "f.yaml", content: exportYAML(nil)}
	pkg, err := ScanPackage(writeFile(t, zipOf(t, yamlFile,
		member{name: "index.py", content: strings.Repeat("#", MaxArchiveSize+1)})))
	if err != nil {
		t.Fatal(err)
	}
	if pkg.Code.Size != MaxArchiveSize+1 {
		t.Errorf("Size %d", pkg.Code.Size)
	}
	said := func(size uint64) string {
		return writeFile(t, packageOf(t, yamlFile.content, "no data", header("index.py", 7, size, zip.Deflate)))
	}
	_, err = ScanPackage(said(MaxPackageSize))
	checkError(t, err, ErrDamaged, `"index.py"`)
	_, err = ScanPackage(said(MaxPackageSize + 1))
	checkError(t, err, ErrTooLarge, `"index.py": too large: 314572801 bytes, at most 314572800 (300 MiB)`)
}

// A package file longer than MaxPackageSize is refused by its length alone; the file here is sparse.
func TestScanPackage_sizeLimit(t *testing.T) {
	t.Parallel()
	path := writeFile(t, nil)
	if err := os.Truncate(path, MaxPackageSize+2); err != nil {
		t.Fatal(err)
	}
	_, err := ScanPackage(path)
	checkError(t, err, ErrTooLarge, "314572802 bytes, at most 314572800 (300 MiB)")
}

// What Open finds later is not what was scanned.
func TestScanPackage_openAfterChange(t *testing.T) {
	t.Parallel()
	yamlFile := member{name: "f.yaml", content: exportYAML(nil)}
	scanned := zipOf(t, yamlFile, member{name: "index.py", content: code})
	tests := map[string]struct {
		later []byte
		want  error
	}{
		"code": {zipOf(t, yamlFile, member{name: "index.py", content: code + "#"}), ErrChanged},
		"same length": {
			zipOf(t, yamlFile, member{name: "index.py", content: strings.ToUpper(code)}), ErrChanged},
		"name":      {zipOf(t, yamlFile, member{name: "main.py", content: code}), ErrChanged},
		"directory": {zipOf(t, yamlFile, member{name: "index.py/", mode: directory}), ErrChanged},
		"no zip":    {[]byte("text"), ErrNotZip},
		"local header": {
			[]byte(strings.Replace(string(scanned), "\x03\x04", "\x03\x00", 2)), ErrDamaged},
		"settings": {zipOf(t, member{name: "index.py", content: code}), nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := writeFile(t, scanned)
			pkg, err := ScanPackage(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, test.later, 0o600); err != nil {
				t.Fatal(err)
			}
			if test.want == nil {
				checkBytes(t, pkg.Code, []byte(code))
				return
			}
			_, err = pkg.Code.Open()
			checkError(t, err, test.want, "")
		})
	}
}

// A stream that is damaged in the middle must not end as if it were whole.
func TestScanPackage_openChecksum(t *testing.T) {
	t.Parallel()
	scanned := zipOf(t, member{name: "f.yaml", content: exportYAML(nil)}, member{name: "index.py", content: code})
	path := writeFile(t, scanned)
	pkg, err := ScanPackage(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, flipped(scanned, "def handler"), 0o600); err != nil {
		t.Fatal(err)
	}
	reader, err := pkg.Code.Open()
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(io.Discard, reader)
	checkError(t, err, ErrDamaged, `"index.py": zip: checksum error`)
	if err := reader.Close(); err != nil {
		t.Error(err)
	}
}
