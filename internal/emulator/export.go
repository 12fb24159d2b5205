// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"archive/zip"
	"bytes"
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"

	"go.yaml.in/yaml/v3"
)

// exportFunction is contract 3.14, with the first reading of its answer (Q54): a name, and an address that serves the
// package.
func (s *Server) exportFunction(c *call) (any, *Error) {
	parts, err := exportParts(c.query)
	if err != nil {
		return nil, err
	}
	t, err := s.findTarget(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	sum := md5.Sum(t.code().Code)
	return map[string]any{
		"file_name": t.f.Name + "_" + hex.EncodeToString(sum[:]) + ".zip",
		"code_url":  s.storage(c.http) + "export/" + t.f.ID + "/" + t.name() + "?" + parts.Encode(),
	}, nil
}

// exportParts reads what is to be exported: type, or one of code and config, which do not mix (O6).
func exportParts(query url.Values) (url.Values, *Error) {
	kind, out := query.Get("type"), url.Values{}
	for _, part := range []string{"code", "config"} {
		switch value := query.Get(part); {
		case !slices.Contains([]string{"", "true", "false"}, value):
			return nil, invalid("%s is neither true nor false", part)
		case kind != "" && query.Has(part):
			return nil, invalid("type and %s do not mix", part)
		case value == "true" || kind == part:
			out.Set(part, "true")
		}
	}
	if len(out) == 0 {
		return nil, invalid("none of type, code and config says what to export")
	}
	return out, nil
}

// downloadExport serves the address of an export.
func (s *Server) downloadExport(c *call) (any, *Error) {
	for _, f := range s.functions {
		if f.ID != c.params["function_id"] {
			continue
		}
		t, err := f.target(c.params["version"])
		if err != nil {
			return nil, err
		}
		content := t.pack(c.query.Has("code"), c.query.Has("config"))
		return reply{http.StatusOK, http.Header{"Content-Type": {"application/zip"}}, content}, nil
	}
	return nil, notFound("FSS.1054", "Not found the code package")
}

// pack makes a package: the code under its own name, and the settings in a YAML file (contract 3.15).
func (t target) pack(code, config bool) []byte {
	var buf bytes.Buffer
	archive := zip.NewWriter(&buf)
	put := func(name string, content []byte) {
		file, err := archive.Create(name)
		if err == nil {
			_, err = file.Write(content)
		}
		if err != nil {
			panic("emulator: zip: " + err.Error()) // memory takes everything
		}
	}
	if code && len(t.code().Code) > 0 {
		put(t.code().CodeFilename, t.code().Code)
	}
	if config {
		put(t.f.Name+".yaml", t.document())
	}
	if err := archive.Close(); err != nil {
		panic("emulator: zip: " + err.Error())
	}
	return buf.Bytes()
}

// document is the YAML file of a package.
func (t target) document() []byte {
	variables := map[string]string{}
	if text := t.settings().UserData; text != "" {
		_ = json.Unmarshal([]byte(text), &variables) // F14
	}
	code, settings := t.code(), t.settings()
	content, err := yaml.Marshal(map[string]any{
		"HcCrmTemplateVersion": "v1",
		"Resources": map[string]any{t.f.Name: map[string]any{"Type": "HC::Serverless::Function", "Properties": map[string]any{
			"Handler": settings.Handler, "Runtime": settings.Runtime, "CodeType": code.CodeType,
			"CodeFileName": code.CodeFilename, "CodeUrl": code.CodeURL, "Description": settings.Description,
			"MemorySize": settings.MemorySize, "Timeout": settings.Timeout, "Version": t.name(), "DependencyPkg": "",
			"Environment": map[string]any{"Variables": variables},
		}}},
	})
	if err != nil {
		panic("emulator: package is not YAML: " + err.Error())
	}
	return content
}
