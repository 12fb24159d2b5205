// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// What a package may be unpacked (contract 2.6: 1.5 GB is what the service takes). The bounds of its two files are
// assumptions; code has that of the package itself. More is FSS.1023, "import too large".
const (
	maxUnpacked    = 1536 << 20
	maxPackageCode = 300 << 20
	maxPackageYAML = 1 << 20
)

// packageDocument is the YAML file of an export package (contract 3.15).
type packageDocument struct {
	Resources map[string]struct {
		Type       string            `yaml:"Type"`
		Properties packageProperties `yaml:"Properties"`
	} `yaml:"Resources"`
}

// packageProperties are the properties of its function. Others are ignored.
type packageProperties struct {
	Handler      string `yaml:"Handler"`
	Runtime      string `yaml:"Runtime"`
	CodeType     string `yaml:"CodeType"`
	CodeFileName string `yaml:"CodeFileName"`
	CodeURL      string `yaml:"CodeUrl"`
	Description  string `yaml:"Description"`
	MemorySize   int    `yaml:"MemorySize"`
	Timeout      int    `yaml:"Timeout"`
	Environment  struct {
		Variables map[string]any `yaml:"Variables"`
	} `yaml:"Environment"`
}

// exportPackage is an opened package: its one YAML file and its code files.
type exportPackage struct {
	document []byte
	files    map[string]*zip.File // by base name
}

// openPackage applies O2.
func openPackage(archive []byte) (exportPackage, *Error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return exportPackage{}, badRequest("FSS.1011", "The import package is not a zip archive")
	}
	var documents []*zip.File
	p := exportPackage{files: map[string]*zip.File{}}
	var unpacked uint64
	for _, file := range reader.File {
		// What the directory says is not more than what is unpacked: archive/zip stops there.
		if unpacked += min(file.UncompressedSize64, maxUnpacked+1); unpacked > maxUnpacked {
			return p, packageTooLarge()
		}
		switch {
		case strings.HasSuffix(file.Name, "/"):
		case slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(path.Ext(file.Name))):
			documents = append(documents, file)
		default:
			p.files[path.Base(file.Name)] = file
		}
	}
	switch len(documents) {
	case 0:
		return p, badRequest("FSS.1025", "The import package has no YAML file")
	case 1:
		p.document, err = readFile(documents[0], maxPackageYAML)
		if errors.Is(err, errUnpacked) {
			return p, packageTooLarge()
		}
		if err != nil {
			return p, badRequest("FSS.1025", "The YAML file cannot be read")
		}
		return p, nil
	default:
		return p, badRequest("FSS.1022", "The import package has more than one YAML file")
	}
}

// function finds the one function of the document: O4; without YAML in the file it is O2.
func (p exportPackage) function() (string, packageProperties, *Error) {
	var document packageDocument
	if err := yaml.Unmarshal(p.document, &document); err != nil {
		return "", packageProperties{}, badRequest("FSS.1025", "The YAML file is invalid")
	}
	for _, name := range slices.Sorted(maps.Keys(document.Resources)) {
		if resource := document.Resources[name]; resource.Type == "HC::Serverless::Function" {
			return name, resource.Properties, nil
		}
	}
	return "", packageProperties{}, notFound("FSS.1057", "The YAML file has no function")
}

// code is the code of the function: the code file, which CodeFileName names, or what CodeUrl names.
func (p exportPackage) code(properties packageProperties) (codeRequest, *Error) {
	req := codeRequest{
		codeType: properties.CodeType, url: properties.CodeURL, filename: properties.CodeFileName, sent: true,
	}
	if req.storesCode() {
		file, ok := p.files[path.Base(properties.CodeFileName)]
		if !ok || len(p.files) != 1 {
			return req, badRequest("FSS.1012", "The import package needs exactly one code file, %q", properties.CodeFileName)
		}
		content, err := readFile(file, maxPackageCode)
		if errors.Is(err, errUnpacked) {
			return req, packageTooLarge()
		}
		if err != nil || len(content) == 0 {
			return req, badRequest("FSS.1011", "The code file cannot be read")
		}
		req.code = content
	}
	return req, nil
}

var errUnpacked = errors.New("the file is too large")

func packageTooLarge() *Error {
	return badRequest("FSS.1023", "The import package is too large when it is unpacked")
}

// readFile unpacks a file of at most most bytes. The directory's length comes first, and bounds what archive/zip reads.
func readFile(file *zip.File, most uint64) ([]byte, error) {
	if file.UncompressedSize64 > most {
		return nil, errUnpacked
	}
	content, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }() // a read that went well is what counts
	return io.ReadAll(content)
}
