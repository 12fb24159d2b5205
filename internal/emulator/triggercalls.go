// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"slices"
)

// The two values of trigger_status.
const (
	active   = "ACTIVE"
	disabled = "DISABLED"
)

// What calls answer whose function is gone: O14 and O15.
var (
	errNoFunctionToRead = &Error{
		Status: http.StatusInternalServerError, Code: "FSS.0500", Message: "Error getting associated function",
	}
	errNoFunctionToDelete = &Error{Status: http.StatusUnauthorized, Code: "FSS.0401", Message: "not permit"}
)

// findForTriggers finds what triggers are bound to. A function that is not there is answered with gone, unless the
// switch missing-function-triggers wants the general code; a version or an alias that is not there has its own.
func (s *Server) findForTriggers(c *call, gone *Error) (*Function, urn, *Error) {
	f, u, err := s.find(c.params["function_urn"])
	if err != nil && err.Status == http.StatusNotFound && !s.opts.Switches.MissingFunctionNotFound {
		return nil, u, gone
	}
	if err != nil {
		return nil, u, err
	}
	_, err = f.target(u.qualifier)
	return f, u, err
}

// matchTrigger says which triggers a path of calls 5 to 7 means. Those of another qualifier are Q31.
func (s *Server) matchTrigger(c *call, u urn) func(Trigger) bool {
	asked := triggerKey{cmp.Or(u.qualifier, latest), c.params["trigger_type_code"], c.params["trigger_id"]}
	return func(t Trigger) bool {
		key := t.key()
		if s.opts.Switches.LookUpAnyQualifier {
			key.qualifier = asked.qualifier
		}
		return key == asked
	}
}

// triggerNotFound has the code of the type; a type that does not exist has the general one (X40).
func triggerNotFound(code string) *Error {
	if kind := findTriggerType(code); kind != nil {
		return notFound(kind.missing, "Not found the trigger")
	}
	return notFound("FSS.0404", "not found")
}

// getTrigger is call 5.
func (s *Server) getTrigger(c *call) (any, *Error) {
	f, u, err := s.findForTriggers(c, errNoFunctionToRead)
	if err != nil {
		return nil, err
	}
	for _, trigger := range s.visibleTriggers(f) {
		if s.matchTrigger(c, u)(trigger) {
			return s.triggerRow(f, trigger), nil
		}
	}
	return nil, triggerNotFound(c.params["trigger_type_code"])
}

// deleteTrigger is call 7; one that is not there is Q38.
func (s *Server) deleteTrigger(c *call) (any, *Error) {
	f, u, err := s.findForTriggers(c, errNoFunctionToDelete)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(f.Triggers, s.matchTrigger(c, u))
	if i < 0 {
		return nil, triggerNotFound(c.params["trigger_type_code"])
	}
	s.delayTrigger(f, f.Triggers[i].key())
	f.Triggers = slices.Delete(f.Triggers, i, i+1)
	return noContent, nil
}

// deleteTriggers is call 4: those of the URN's version or alias; for the function or latest, those of all of them.
func (s *Server) deleteTriggers(c *call) (any, *Error) {
	f, u, err := s.findForTriggers(c, errNoFunctionToDelete)
	if err != nil {
		return nil, err
	}
	goes := func(t Trigger) bool { return u.isLatest() || t.qualifier() == u.qualifier }
	for _, trigger := range f.Triggers {
		if goes(trigger) {
			s.delayTrigger(f, trigger.key())
		}
	}
	f.Triggers = slices.DeleteFunc(f.Triggers, goes)
	return noContent, nil
}
