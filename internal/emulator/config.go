// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// getConfig is contract 3.3; the URN may name a version or an alias.
func (s *Server) getConfig(c *call) (any, *Error) {
	t, err := s.findTarget(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	return s.functionBody(c, t, inGetConfig), nil
}

// updateConfigMembers are all members that PUT config knows.
func updateConfigMembers() []string {
	return append([]string{"func_name", "package"}, SettingNames()...)
}

// updateConfig is contract 3.4 and 4.3.
func (s *Server) updateConfig(c *call) (any, *Error) {
	m, err := s.members(c, updateConfigMembers())
	if err != nil {
		return nil, err
	}
	var name, pkg string
	if err := s.takeAll(m, map[string]any{"func_name": &name, "package": &pkg}); err != nil {
		return nil, err
	}
	if name == "" && s.opts.Switches.RequireFuncName {
		return nil, badRequest("FSS.1002", "The function name is missing") // Q5
	}
	changes, err := s.parseUpdate(m)
	if err != nil {
		return nil, err
	}
	t, err := s.findConfigTarget(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	if err := checkSameName(t.f, name, pkg); err != nil {
		return nil, err
	}
	if err := s.applyUpdate(m, t, changes); err != nil {
		return nil, err
	}
	return s.functionBody(c, t, inUpdateConfig), nil
}

// findConfigTarget refuses published versions, unless the switch allows them (V12).
func (s *Server) findConfigTarget(urn string) (target, *Error) {
	if s.opts.Switches.EditableVersions {
		return s.findTarget(urn)
	}
	f, err := s.findLatest(urn)
	return target{f: f}, err
}

// checkSameName: neither name nor package can be changed (contract 4.3, Q9); an empty one is as good as absent.
func checkSameName(f *Function, name, pkg string) *Error {
	if name != "" && name != f.Name {
		return badRequest("FSS.1002", "The function name cannot be changed")
	}
	if pkg != "" && pkg != f.Package {
		return badRequest("FSS.1004", "The package cannot be changed")
	}
	return nil
}

// applyUpdate changes the settings only if the result is valid as a whole.
func (s *Server) applyUpdate(m members, t target, changes []change) *Error {
	after, defaults := deepCopy(*t.settings()), defaultSettings(t.f.Type)
	for _, change := range changes {
		change(&after, &defaults)
	}
	followAgency(m, t.settings(), &after)
	s.settleLogs(&after)
	if err := s.checkTogether(&after, t.f.Type, t.code().CodeType); err != nil {
		return err
	}
	if err := checkTransition(t.settings(), &after); err != nil {
		return err
	}
	s.imageChanged(t.code(), t.settings(), &after)
	*t.settings() = after
	s.touchTarget(t)
	return nil
}

// touchTarget moves last_modified of what was changed (F33).
func (s *Server) touchTarget(t target) {
	if t.version == nil {
		s.touch(t.f)
		return
	}
	if now := s.nowSeconds(); now.After(t.version.LastModified) {
		t.version.LastModified = now
	}
}

// setMaxInstances is contract 3.8.
func (s *Server) setMaxInstances(c *call) (any, *Error) {
	m, err := s.members(c, []string{"max_instance_num"})
	if err != nil {
		return nil, err
	}
	if !m.present("max_instance_num") {
		return nil, badRequest("FSS.0400", "no param has changed") // observed, contract 3.8
	}
	var number int
	if err := s.take(m, "max_instance_num", &number); err != nil {
		return nil, err
	}
	if err := checkConcurrency(number, 1, "v2"); err != nil {
		return nil, err
	}
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	if err := checkConcurrency(number, 1, f.Type); err != nil {
		return nil, err
	}
	f.Concurrency = number
	s.touch(f)
	return s.functionBody(c, target{f: f}, inMaxInstances), nil
}
