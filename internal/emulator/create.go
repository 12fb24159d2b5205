// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"slices"
)

// createOnly are the members of create that PUT config and PUT code do not have (contract 3.1, 5).
var createOnly = []string{"func_name", "package", "type", "tags"}

// createMembers are all members that create knows.
func createMembers() []string {
	names := slices.Concat(createOnly, codeMembers)
	for _, item := range settings {
		if item.calls != updateOnly {
			names = append(names, item.name)
		}
	}
	return names
}

// createFunction is contract 3.1.
func (s *Server) createFunction(c *call) (any, *Error) {
	f, err := s.parseFunction(c)
	if err != nil {
		return nil, err
	}
	if err := s.add(f); err != nil {
		return nil, err
	}
	return s.functionBody(c, target{f: f}, inCreate), nil
}

// parseFunction makes a function of a create request, without adding it.
func (s *Server) parseFunction(c *call) (*Function, *Error) {
	m, err := s.members(c, createMembers())
	if err != nil {
		return nil, err
	}
	f := &Function{Package: defaultPackage, Type: "v2", Tags: map[string]string{}}
	var tags string
	err = s.takeAll(m, map[string]any{"func_name": &f.Name, "package": &f.Package, "type": &f.Type, "tags": &tags})
	if err != nil {
		return nil, err
	}
	setDefault(&f.Package, defaultPackage) // X24: empty is as good as absent
	if err := checkNames(f); err != nil {
		return nil, err
	}
	if err := s.applyCreate(c, m, f); err != nil {
		return nil, err
	}
	return f, parseTagText(tags, f.Tags)
}

func checkNames(f *Function) *Error {
	switch {
	case !functionName.MatchString(f.Name):
		return badRequest("FSS.1002", "The function name %q is invalid", f.Name) // F1
	case !packageName.MatchString(f.Package):
		return badRequest("FSS.1004", "The package %q is invalid", f.Package) // F2
	case f.Type != "v1" && f.Type != "v2":
		return invalid("type %q is neither v1 nor v2", f.Type)
	}
	return nil
}

func (s *Server) applyCreate(c *call, m members, f *Function) *Error {
	changes, err := s.parseCreate(m)
	if err != nil {
		return err
	}
	code, err := s.parseCode(c, m)
	if err != nil {
		return err
	}
	if s.opts.Switches.IgnoreCreateMembers {
		code.depends = nil // Q10
	}
	f.Settings = defaultSettings(f.Type)
	for _, change := range changes {
		change(&f.Settings, nil)
	}
	if err := code.settleType(&f.Settings); err != nil {
		return err
	}
	if err := s.checkImageCode(code, f.Runtime); err != nil {
		return err
	}
	if f.Handler == "" && isImageFunction(&f.Settings, code.codeType) {
		f.Handler = "-" // contract 3.1: peer omits it for images
	}
	s.startLogging(m, &f.Settings)
	s.settleLogs(&f.Settings)
	code.apply(f)
	if err := s.checkFunction(f); err != nil {
		return err
	}
	return s.checkDependencies(f.DependVersionList) // F30
}

// add puts a new function into the project: conflict, quota, effect.
func (s *Server) add(f *Function) *Error {
	at := f.place()
	if s.functions[at] != nil {
		return conflict("FSS.1061", "The function has existed") // F18, O1
	}
	if limit := orDefault(s.opts.Switches.FunctionQuota, 400); len(s.functions) >= limit {
		return forbidden("FSS.1041", "The project has %d functions already", limit) // F20
	}
	f.ID, s.order[at] = s.newID(12), s.next()
	s.codeChanged(f)
	s.touch(f)
	s.functions[at] = f
	return nil
}

// parseTagText reads the tags member of create: a JSON list of key and value, as text.
func parseTagText(text string, into map[string]string) *Error {
	if text == "" {
		return nil
	}
	var list []tag
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return invalid("tags is not a JSON list of key and value")
	}
	return addTags(into, list)
}
