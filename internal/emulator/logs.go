// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// projectLogs is what the project as a whole knows about logs (contract 3.20).
type projectLogs struct {
	on          bool      // reporting to LTS was enabled
	asyncStatus LogConfig // where the states of asynchronous invocations go; empty: nowhere
	group       string    // id of the service's own group, once it is needed
}

// ownLog is a binding that the service makes itself: a new stream in its one group of the project.
func (s *Server) ownLog(stream string) *LogConfig {
	setDefault(&s.logs.group, s.newID(32))
	return &LogConfig{
		GroupName: "functiongraph.log.group.1", GroupID: s.logs.group, StreamName: stream, StreamID: s.newID(32),
	}
}

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

// enableLogs is O11. What it changes for functions is not documented: nothing here.
func (s *Server) enableLogs(*call) (any, *Error) {
	if s.logs.on {
		return nil, badRequest("FSS.1221", "Reporting logs to LTS is enabled already")
	}
	s.logs.on = true
	return map[string]any{}, nil
}

// enableAsyncStatusLogs may be repeated: no refusal is documented.
func (s *Server) enableAsyncStatusLogs(*call) (any, *Error) {
	if s.logs.asyncStatus == (LogConfig{}) {
		s.logs.asyncStatus = *s.ownLog("async-status")
	}
	return map[string]any{}, nil
}

// asyncStatusLogDetail: empty texts before it was enabled, as with a function (assumption).
func (s *Server) asyncStatusLogDetail(*call) (any, *Error) {
	return s.logs.asyncStatus, nil
}
