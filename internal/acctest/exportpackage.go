// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// ExportYAML is the settings file of a package exported from FunctionGraph (contract 3.15) with some properties
// changed. A value is YAML; an empty one leaves the property out.
func ExportYAML(change map[string]string) File {
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
		if properties[key] != "" {
			fmt.Fprintf(&text, "      %s: %s\n", key, properties[key])
		}
	}
	return File{"demo.yaml", text.String()}
}

// Package puts an export package into the folder and returns its path: the settings file of ExportYAML and the files.
func (d Dir) Package(name string, change map[string]string, files ...File) string {
	d.t.Helper()
	return d.Write(name, Zip(d.t, time.Unix(1767225600, 0), append([]File{ExportYAML(change)}, files...)...))
}
