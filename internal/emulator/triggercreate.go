// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
)

// createTrigger is call 1 of contract 3.21.1.
func (s *Server) createTrigger(c *call) (any, *Error) {
	m, err := s.members(c, []string{"trigger_type_code", "trigger_status", "event_type_code", "event_data"})
	if err != nil {
		return nil, err
	}
	var code, status, ignored string
	var data map[string]any
	if err := s.takeAll(m, map[string]any{
		"trigger_type_code": &code, "trigger_status": &status, "event_type_code": &ignored, "event_data": &data,
	}); err != nil {
		return nil, err
	}
	kind := findTriggerType(code)
	if kind == nil {
		return nil, badRequest("FSS.1101", "The trigger type %q is invalid", code)
	}
	if err := kind.checkStatus(status, true); err != nil {
		return nil, err
	}
	if data == nil {
		return nil, invalid("event_data is missing")
	}
	if data, err = kind.known(s, data); err != nil {
		return nil, err
	}
	if err := kind.checkData(data); err != nil {
		return nil, err
	}
	f, u, err := s.find(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	made := Trigger{Qualifier: u.qualifier, Type: code, Status: kind.firstStatus(s, status), EventData: data}
	return s.addTrigger(kind, f, made)
}

// addTrigger applies what depends on the function, in the order of contract 4.
func (s *Server) addTrigger(kind *triggerType, f *Function, made Trigger) (any, *Error) {
	t, err := f.target(made.qualifier())
	if err != nil {
		return nil, err
	}
	if err := kind.checkSurroundings(t.settings()); err != nil {
		return nil, err
	}
	made.Qualifier = made.qualifier()
	made.ID = s.triggerID(kind, made.EventData)
	if slices.ContainsFunc(f.Triggers, func(t Trigger) bool { return t.key() == made.key() }) {
		return nil, conflict("FSS.1145", "The trigger %s has existed", made.ID)
	}
	if err := s.checkConflicts(kind, placedTrigger{f, &made}); err != nil {
		return nil, err
	}
	if err := s.checkTriggerQuota(kind, placedTrigger{f, &made}); err != nil {
		return nil, err
	}
	if kind.keep != nil {
		kind.keep(made.EventData)
	}
	s.completeTrigger(&made)
	s.delayTrigger(f, made.key())
	f.Triggers = append(f.Triggers, made)
	return reply{status: http.StatusCreated, body: s.triggerRow(f, made)}, nil
}

// triggerID follows contract 3.21.2; that of OBS is Q34.
func (s *Server) triggerID(kind *triggerType, data map[string]any) string {
	name := textOf(data, "name")
	switch {
	case kind.hexID:
		return s.newID(32)
	case kind.named && name != "" && !s.opts.Switches.OBSTriggerUUID:
		return name
	}
	return s.newUUID()
}

// checkStatus is O16b; an empty status stands for none.
func (kind *triggerType) checkStatus(status string, mayBeEmpty bool) *Error {
	switch {
	case status == "" && mayBeEmpty, status == active, status == disabled && !kind.noSwitch:
		return nil
	case status == disabled:
		return invalid("a trigger of type %s cannot be disabled", kind.code)
	}
	return invalid("trigger_status %q is neither ACTIVE nor DISABLED", status)
}

// firstStatus is O16, with Q27 and Q28.
func (kind *triggerType) firstStatus(s *Server, asked string) string {
	switch {
	case kind.slow && !s.opts.Switches.HonourKafkaStatus, asked == "" && kind.asleep:
		return disabled
	case asked == "", asked == disabled && !kind.asleep && s.opts.Switches.CreateTriggersActive:
		return active
	}
	return asked
}

// checkSurroundings is O20 and O21.
func (kind *triggerType) checkSurroundings(st *Settings) *Error {
	if kind.network != "" && st.FuncVPC == nil {
		return badRequest(kind.network, "A trigger of type %s needs the function in its network", kind.code)
	}
	if kind.agency && st.XRole == "" {
		return forbidden("FSS.1121", "A trigger of type %s needs an agency", kind.code)
	}
	return nil
}
