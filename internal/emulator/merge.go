// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "encoding/json"

// change is what one member of a request does to the settings.
type change func(st, defaults *Settings)

// parseCreate reads the settings of a create request. What is not sent, null included, stays at its default.
func (s *Server) parseCreate(m members) ([]change, *Error) {
	changes := []change{}
	for _, item := range settings {
		if item.calls == updateOnly || !m.present(item.name) && item.omitted != needed {
			continue
		}
		apply, err := item.parse(s, item.name, m.orNull(item.name))
		if err != nil {
			return nil, err
		}
		if item.calls == bothQ10 && s.opts.Switches.IgnoreCreateMembers {
			continue
		}
		changes = append(changes, func(st, _ *Settings) { apply(st) })
	}
	return changes, s.checkLogRequest(m, true)
}

// parseUpdate reads the settings of PUT config by the table of contract 4.3.
func (s *Server) parseUpdate(m members) ([]change, *Error) {
	changes := []change{}
	for _, item := range settings {
		if m.present(item.name) || item.omitted == needed {
			apply, err := item.parse(s, item.name, m.orNull(item.name))
			if err != nil {
				return nil, err
			}
			changes = append(changes, s.update(item, m, apply))
			continue
		}
		if _, isNull := m[item.name]; s.clears(item, isNull) {
			changes = append(changes, item.clear)
		}
	}
	return changes, s.checkLogRequest(m, false)
}

// update applies a sent value, with the two members whose value may have no effect.
func (s *Server) update(item setting, m members, apply func(*Settings)) change {
	switch {
	case item.name == "runtime" && s.opts.Switches.KeepRuntime, // Q22
		item.omitted == lenient && string(m[item.name]) == `""`:
		return func(*Settings, *Settings) {}
	}
	return func(st, _ *Settings) { apply(st) }
}

// clears says whether a member that is absent, or null, is put back to its default.
func (s *Server) clears(item setting, isNull bool) bool {
	always := item.omitted == object || item.omitted == paired
	if isNull && item.omitted != lenient && (always || !s.opts.Switches.NullOmitted) {
		return true
	}
	switch item.omitted {
	case reset:
		return true
	case open, object:
		return !s.opts.Switches.MergeConfig
	case scaling:
		return s.opts.Switches.OmittedStrategy
	default:
		return false
	}
}

// orNull returns a member; null for an absent one, which decodes to the zero that the check of a needed one refuses.
func (m members) orNull(name string) json.RawMessage {
	if raw, ok := m[name]; ok {
		return raw
	}
	return json.RawMessage("null")
}
