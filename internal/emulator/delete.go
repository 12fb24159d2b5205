// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// deleteFunction is contract 3.7: the function, or the version that the URN's last field names.
func (s *Server) deleteFunction(c *call) (any, *Error) {
	_, u, err := s.find(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	if u.qualifier != "" {
		return s.deleteVersion(c.params["function_urn"])
	}
	delete(s.functions, u.place) // D1: everything of the function is in there, triggers too
	return noContent, nil
}

// deleteVersion also takes an alias, which stands for its version (3.7). latest cannot be deleted: V15.
func (s *Server) deleteVersion(urn string) (any, *Error) {
	t, err := s.findTarget(urn)
	if err != nil {
		return nil, err
	}
	if t.version == nil {
		return nil, badRequest("FSS.0400", "Can't delete the 'latest' version")
	}
	for _, alias := range t.f.Aliases {
		if alias.Version == t.version.Name && t.f.hasTriggers("!"+alias.Name) && !s.opts.Switches.DeleteBoundAlias {
			return nil, forbidden("FSS.1154", "The alias %s has triggers", alias.Name) // A9, Q21
		}
	}
	if err := s.removeVersion(t.f, t.version.Name); err != nil {
		return nil, err
	}
	return noContent, nil
}
