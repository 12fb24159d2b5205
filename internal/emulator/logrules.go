// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// checkLogRequest holds what was observed about the two log members (contract 3.4). A log_config of empty texts is as
// good as none.
func (s *Server) checkLogRequest(m members, creating bool) *Error {
	var sent LogConfig
	if err := s.take(m, "log_config", &sent); err != nil {
		return err
	}
	switch on := string(m["enable_lts_log"]); {
	case on == "false" && sent != LogConfig{}:
		return invalid("log_config is not allowed with enable_lts_log false")
	case on != "true" || creating:
		return nil
	case sent == LogConfig{}:
		return invalid("enable_lts_log needs log_config in an update")
	case s.opts.Switches.RequireLogNames && !sent.isComplete():
		return invalid("log_config needs ids and names of group and stream in an update")
	}
	return nil
}

func (l LogConfig) isComplete() bool {
	return l.GroupName != "" && l.GroupID != "" && l.StreamName != "" && l.StreamID != ""
}

// startLogging decides about a new function whose request has no enable_lts_log (contract 2.9, switch log-default).
// log_config alone binds: it is the only log member of 002.
func (s *Server) startLogging(m members, st *Settings) {
	if !m.present("enable_lts_log") {
		bound := st.LogConfig != nil && *st.LogConfig != LogConfig{}
		st.EnableLTSLog = bound || s.opts.Switches.DefaultLogging
	}
}

// followAgency turns logging off in an update that takes the agency away, unless the request turns it on (contract
// 4.3).
func followAgency(m members, before, after *Settings) {
	if before.XRole != "" && after.XRole == "" && string(m["enable_lts_log"]) != "true" {
		after.EnableLTSLog = false
	}
}

// settleLogs brings the log members, which depend on one another, into order after a change. Tags without logging are
// no error and have no effect (contract 2.3).
func (s *Server) settleLogs(st *Settings) {
	if !st.EnableLTSLog {
		st.LogConfig, st.LTSCustomTag = nil, nil
		return
	}
	if st.LogConfig == nil || *st.LogConfig == (LogConfig{}) {
		st.LogConfig = s.ownLog("stream-" + s.newID(8)) // contract 2.3, enable_lts_log
	}
	setDefault(&st.LogConfig.GroupID, s.newID(32))
	setDefault(&st.LogConfig.StreamID, s.newID(32))
}
