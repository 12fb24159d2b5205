// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// change is what one member of a request does to the settings.
type change func(st, defaults *Settings)

// parseCreate reads the settings of a create request. What is not sent, null included, stays at its default.
func (s *Server) parseCreate(m members) ([]change, *Error) {
	changes := []change{}
	for _, item := range settings {
		if item.calls == updateOnly || !m.present(item.name) && item.omitted != needed {
			continue
		}
		apply, err := item.parse(s, m.orZero(item.name))
		if err != nil {
			return nil, err
		}
		if item.calls == bothQ10 && s.opts.Switches.IgnoreCreateMembers {
			continue
		}
		changes = append(changes, func(st, _ *Settings) { apply(st) })
	}
	return changes, checkLogRequest(m, true)
}

// parseUpdate reads the settings of PUT config by the table of contract 4.3.
func (s *Server) parseUpdate(m members) ([]change, *Error) {
	changes := []change{}
	for _, item := range settings {
		if m.present(item.name) || item.omitted == needed {
			apply, err := item.parse(s, m.orZero(item.name))
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
	return changes, checkLogRequest(m, false)
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
	if isNull && item.omitted != lenient && (s.opts.Switches.NullClears || item.omitted == object) {
		return true
	}
	switch item.omitted {
	case reset:
		return true
	case open, object:
		return !s.opts.Switches.MergeConfig
	case logging:
		return s.opts.Switches.OmittedLogTurnsOff
	default:
		return false
	}
}

// orZero returns a member, or for an absent or null one the value that its check refuses.
func (m members) orZero(name string) []byte {
	switch {
	case m.present(name):
		return m[name]
	case name == "runtime":
		return []byte(`""`)
	default:
		return []byte("0")
	}
}

// checkLogRequest holds what was observed about the two log members (contract 3.4).
func checkLogRequest(m members, creating bool) *Error {
	bound := m.present("log_config") && !isEmptyObject(m["log_config"])
	switch string(m["enable_lts_log"]) {
	case "true":
		if !bound && !creating {
			return invalid("enable_lts_log needs log_config in an update")
		}
	case "false":
		if bound {
			return invalid("log_config is not allowed with enable_lts_log false")
		}
	}
	return nil
}

// settle brings the log members, which depend on one another, into order after a change.
func (s *Server) settle(m members, st *Settings) *Error {
	if !st.EnableLTSLog {
		if m.present("lts_custom_tag") && len(st.LTSCustomTag) > 0 {
			return invalid("lts_custom_tag needs enable_lts_log")
		}
		st.LogConfig, st.LTSCustomTag = nil, nil
		return nil
	}
	if st.LogConfig == nil {
		// The service makes group and stream itself (contract 2.3, enable_lts_log).
		st.LogConfig = &LogConfig{GroupName: "functiongraph.log.group.1", StreamName: "stream-" + s.newID(8)}
	}
	setDefault(&st.LogConfig.GroupID, s.newID(32))
	setDefault(&st.LogConfig.StreamID, s.newID(32))
	return nil
}
