// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Package is a package exported from FunctionGraph: a zip archive with one YAML file, which holds the settings, and one
// code file (contract 3.15).
type Package struct {
	// Archive is the package file itself, for the import call: its bytes, their length and SHA-512. Its Hash is empty,
	// since the settings in the YAML are not code. Its Type is TypeZip, the import's only file_type.
	Archive Scan
	// Code is the code file inside. Hash, Digest, Size and Type are what Inline or ScanArchive give for its bytes; Open
	// unpacks it as it is read.
	Code Scan
	// Filename is the YAML's CodeFileName; where it has none, the code file's name.
	Filename string
	// Name is the function's name in the YAML.
	Name string
	// Handler, Runtime and Description are as written; empty when absent.
	Handler, Runtime, Description string
	// MemorySize in MB and Timeout in seconds; 0 when absent.
	MemorySize, Timeout int64
	// Environment holds the variables; nil when there are none.
	Environment map[string]string
	// Beyond names, sorted, the settings that the package sets to something other than nothing, besides runtime,
	// handler, timeout, memory and code. A variable is named "Environment.Variables.KEY".
	Beyond []string
}

// ScanPackage reads the export package at path: at most MaxPackageSize bytes, in them one YAML file at any depth, one
// function, and one code file of at most as many bytes. The errors are those of files, archives and packages
// above; fs.ErrNotExist when there is no such file.
func ScanPackage(path string) (*Package, error) {
	src, err := openSource(path, MaxPackageSize)
	if err != nil {
		return nil, err
	}
	defer src.close()
	return scanPackage(path, src.forwardFile)
}

// scanPackage reads the file once, save for the directory and the settings, which come first: they are small and say
// which entry is the code.
func scanPackage(path string, file *forwardFile) (*Package, error) {
	found, err := zipContents(file, file.size)
	if err != nil {
		return nil, err
	}
	settings, codeFile, err := readPackage(found.files)
	if err != nil {
		return nil, err
	}
	file.start()
	code, err := scanCode(path, codeFile, settings.codeType)
	if err != nil {
		return nil, fmt.Errorf("code file %s: %w", quote(codeFile.name), err)
	}
	digest, err := file.finish()
	if err != nil {
		return nil, err
	}
	pkg := settings.toPackage(*code, codeFile.name)
	pkg.Archive = Scan{Digest: digest, Size: file.size, Open: reopen(path), Type: TypeZip}
	return pkg, nil
}

func readPackage(files []entry) (*settings, entry, error) {
	yamlFile, others, err := splitYAML(files)
	if err != nil {
		return nil, entry{}, err
	}
	settings, err := readSettings(yamlFile)
	if err != nil {
		return nil, entry{}, err
	}
	codeFile, err := pickCode(others, yamlFile.name, settings.codeFileName)
	if err != nil {
		return nil, entry{}, err
	}
	return settings, codeFile, nil
}

// splitYAML counts YAML files at any depth: the service's rule (contract O2) does not speak of folders.
func splitYAML(files []entry) (yamlFile entry, others []entry, err error) {
	var yamlFiles []entry
	for _, file := range files {
		switch strings.ToLower(path.Ext(file.name)) {
		case ".yaml", ".yml":
			yamlFiles = append(yamlFiles, file)
		default:
			others = append(others, file)
		}
	}
	switch len(yamlFiles) {
	case 0:
		return entry{}, nil, fmt.Errorf("%w: a package exported from FunctionGraph has one .yaml file, this has %s",
			ErrNoYAML, listNames(files))
	case 1:
		return yamlFiles[0], others, nil
	}
	return entry{}, nil, fmt.Errorf("%w: %d YAML files, %s", ErrManyYAML, len(yamlFiles), listNames(yamlFiles))
}

// pickCode takes the file that the YAML names, beside the YAML, else the only one.
func pickCode(files []entry, yamlName, codeFileName string) (entry, error) {
	candidates := files
	wanted := path.Join(path.Dir(yamlName), codeFileName)
	named := slices.DeleteFunc(slices.Clone(files), func(f entry) bool { return f.name != wanted })
	if len(named) > 0 {
		candidates = named
	}
	switch len(candidates) {
	case 0:
		return entry{}, fmt.Errorf("%w: it has nothing but %s", ErrNoCodeFile, quote(yamlName))
	case 1:
		return candidates[0], nil
	}
	return entry{}, fmt.Errorf("%w: CodeFileName is %s, the candidates are %s",
		ErrManyCodeFiles, quote(codeFileName), listNames(candidates))
}

// listNames names the first few files, sorted.
func listNames(files []entry) string {
	names := make([]string, 0, len(files))
	for _, file := range files {
		names = append(names, file.name)
	}
	slices.Sort(names)
	return quoteAll(names)
}

// sameEntry finds in a package that was opened again the entry that was scanned.
func sameEntry(archive *zipArchive, want entry) (entry, bool) {
	for _, file := range archive.File {
		name, _, err := entryName(file.Name)
		if err != nil || name != want.name {
			continue
		}
		if file.CRC32 == want.CRC32 && file.UncompressedSize64 == want.UncompressedSize64 {
			return entry{File: file, name: name}, true
		}
	}
	return entry{}, false
}
