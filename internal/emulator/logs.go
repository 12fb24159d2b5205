// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// logDetail is contract 3.20; without a binding all four are empty (assumption).
func (s *Server) logDetail(c *call) (any, *Error) {
	t, err := s.findTarget(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	if binding := t.settings().LogConfig; binding != nil {
		return *binding, nil
	}
	return LogConfig{}, nil
}
