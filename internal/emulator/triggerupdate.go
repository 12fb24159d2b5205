// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"slices"
)

// updateTrigger is call 6: status, event_data or both (Q24 to Q26).
func (s *Server) updateTrigger(c *call) (any, *Error) {
	m, err := s.members(c, []string{"trigger_status", "event_data"})
	if err != nil {
		return nil, err
	}
	kind := findTriggerType(c.params["trigger_type_code"])
	if kind == nil {
		return nil, triggerNotFound("")
	}
	var status string
	if err := s.take(m, "trigger_status", &status); err != nil {
		return nil, err
	}
	if err := kind.checkStatus(status, !m.present("trigger_status")); err != nil {
		return nil, err
	}
	data, err := s.sentData(m, kind)
	if err != nil {
		return nil, err
	}
	if data == nil && status == "" {
		return nil, invalid("neither trigger_status nor event_data is there")
	}
	f, u, err := s.findForTriggers(c, errNoFunctionToRead)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(f.Triggers, s.matchTrigger(c, u))
	if i < 0 {
		return nil, triggerNotFound(kind.code)
	}
	after := f.Triggers[i]
	if status != "" {
		after.Status = status
	}
	if data != nil {
		after.EventData = kind.changed(s, after.EventData, data)
		if err := s.checkChange(kind, placedTrigger{f, &after}); err != nil {
			return nil, err
		}
	}
	after.LastUpdated = s.nowSeconds()
	s.delayTrigger(f, after.key())
	f.Triggers[i] = after
	return s.triggerRow(f, after), nil
}

// sentData reads event_data of a PUT: an object, or a list of one (X37). nil: none was sent.
func (s *Server) sentData(m members, kind *triggerType) (map[string]any, *Error) {
	if !m.present("event_data") {
		return nil, nil
	}
	raw := m["event_data"]
	if s.opts.Switches.ListTriggerData && !isSDKForm(raw) {
		return nil, invalid("event_data is not a list of one object with the members of DIS")
	}
	if bytes.HasPrefix(bytes.TrimLeft(raw, " \t\r\n"), []byte("[")) {
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil || len(list) != 1 {
			return nil, invalid("event_data is not a list of one object")
		}
		raw = list[0]
	}
	var data map[string]any
	if err := s.decode(raw, "event_data", &data); err != nil {
		return nil, err
	}
	return kind.known(s, data)
}

// isSDKForm says that event_data of a PUT is as the SDK writes it (X37, X38).
func isSDKForm(raw json.RawMessage) bool {
	var list []struct {
		IsSerial *bool  `json:"is_serial"`
		Most     *int64 `json:"max_fetch_bytes"`
		Interval *int64 `json:"polling_interval"`
		Unit     string `json:"polling_unit"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	return decoder.Decode(&list) == nil && len(list) == 1
}

// checkChange lets a change through only if the result is valid as a whole.
func (s *Server) checkChange(kind *triggerType, after placedTrigger) *Error {
	if err := kind.checkData(after.EventData); err != nil {
		return err
	}
	if err := s.checkConflicts(kind, after); err != nil {
		return err
	}
	if kind.keep != nil {
		kind.keep(after.EventData)
	}
	return nil
}
