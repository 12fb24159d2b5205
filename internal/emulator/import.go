// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
)

// importFunction is contract 3.15.
func (s *Server) importFunction(c *call) (any, *Error) {
	f, err := s.parseImport(c)
	if err != nil {
		return nil, err
	}
	if err := s.add(f); err != nil {
		return nil, err // O1
	}
	return s.functionBody(c, target{f: f}, inImport), nil
}

func (s *Server) parseImport(c *call) (*Function, *Error) {
	m, err := s.members(c, []string{"func_name", "file_name", "file_type", "file_code", "package"})
	if err != nil {
		return nil, err
	}
	f := &Function{Package: defaultPackage, Type: "v2", Tags: map[string]string{}}
	var fileName, fileType, fileCode string
	err = s.takeAll(m, map[string]any{
		"func_name": &f.Name, "package": &f.Package,
		"file_name": &fileName, "file_type": &fileType, "file_code": &fileCode,
	})
	if err != nil {
		return nil, err
	}
	setDefault(&f.Package, defaultPackage)
	if err := checkNames(f); err != nil {
		return nil, err
	}
	if fileName == "" {
		return nil, invalid("file_name is missing")
	}
	if fileType != "zip" {
		return nil, badRequest("FSS.1013", "The file type %q is invalid", fileType) // O5
	}
	archive, badBase64 := c.body.decode(fileCode)
	if badBase64 != nil {
		return nil, badRequest("FSS.1011", "file_code is not Base64")
	}
	if limit := orDefault(s.opts.Switches.ImportSizeMB, 300); len(archive) > limit<<20 {
		return nil, badRequest("FSS.1023", "The import package is larger than %d MB", limit)
	}
	return f, s.unpack(f, archive)
}

// unpack fills the function from an export package.
func (s *Server) unpack(f *Function, archive []byte) *Error {
	files, err := openPackage(archive)
	if err != nil {
		return err
	}
	name, properties, err := files.function()
	if err != nil {
		return err
	}
	if name == f.Package {
		return badRequest("FSS.1058", "The function of the package has the name of its application %s", name) // O3
	}
	f.Settings = defaultSettings(f.Type)
	if err := s.applyProperties(f, properties); err != nil {
		return err
	}
	code, err := files.code(properties)
	if err != nil {
		return err
	}
	code.object = s.objects[code.url]
	if err := code.settleType(&f.Settings); err != nil {
		return err
	}
	if err := code.check(); err != nil {
		return err
	}
	code.apply(f)
	return s.checkFunction(f)
}

// applyProperties puts the package's settings through the checks of create.
func (s *Server) applyProperties(f *Function, p packageProperties) *Error {
	m := members{}
	for name, value := range map[string]any{
		"runtime": p.Runtime, "timeout": p.Timeout, "handler": p.Handler, "memory_size": p.MemorySize,
		"description": p.Description, "user_data": p.userData(),
	} {
		m[name] = json.RawMessage(mustJSON(value))
	}
	changes, err := s.parseCreate(m)
	if err != nil {
		return err
	}
	for _, change := range changes {
		change(&f.Settings, nil)
	}
	return nil
}

// userData is the environment as the service keeps it; none is the empty text.
func (p packageProperties) userData() string {
	if len(p.Environment.Variables) == 0 {
		return ""
	}
	values := map[string]string{}
	for name, value := range p.Environment.Variables {
		values[name] = fmt.Sprint(value)
	}
	text, err := json.Marshal(values)
	if err != nil {
		return ""
	}
	return string(text)
}
