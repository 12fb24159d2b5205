// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"
)

// AsyncSettings are those of asynchronous calls of a version or an alias (contract 3.19).
type AsyncSettings struct {
	Qualifier string // as that of a Reservation
	MaxAge    int    // seconds
	Retries   int
	OnSuccess *AsyncDestination // nil for none
	OnFailure *AsyncDestination
	StatusLog bool
	Created   time.Time
	Modified  time.Time
}

// AsyncDestination is where results go.
type AsyncDestination struct {
	Destination string `json:"destination"` // OBS, SMN, DIS, FunctionGraph
	Param       string `json:"param"`       // JSON, which comes back byte for byte
}

// The settings that hold where none are set (AI2).
const (
	defaultAsyncAge     = 3600
	defaultAsyncRetries = 1
)

// PutAsyncSettings makes asynchronous settings or replaces those of the same qualifier. What they are for has to be
// there; no other rule is applied.
func (s *Server) PutAsyncSettings(pkg, name string, settings AsyncSettings) error {
	return s.change(pkg, name, func(f *Function) error {
		if err := f.checkQualifier(settings.Qualifier); err != nil {
			return asError(err)
		}
		s.storeAsync(f, settings)
		return nil
	})
}

func (s *Server) storeAsync(f *Function, settings AsyncSettings) {
	settings.Modified = s.nowSeconds()
	if settings.Created.IsZero() {
		settings.Created = settings.Modified
	}
	f.removeAsync(settings.Qualifier)
	f.Async = append(f.Async, settings)
}

// removeAsync removes those of a version or an alias.
func (f *Function) removeAsync(qualifier string) {
	f.Async = slices.DeleteFunc(f.Async, func(a AsyncSettings) bool { return a.Qualifier == qualifier })
}

// dropAsync goes with what they are for (AI1), unless they are left (Q51).
func (s *Server) dropAsync(f *Function, qualifier string) {
	if !s.opts.Switches.LeaveAsyncSettings {
		f.removeAsync(qualifier)
	}
}

// findAsync is for the calls about the settings of one version or alias; -1 where there are none.
func (s *Server) findAsync(c *call) (f *Function, qualifier string, at int, err *Error) {
	f, u, err := s.find(c.params["function_urn"])
	if err != nil {
		return nil, "", -1, err
	}
	qualifier = cmp.Or(u.qualifier, latest)
	if err := f.checkQualifier(qualifier); err != nil {
		return nil, "", -1, err
	}
	return f, qualifier, slices.IndexFunc(f.Async, func(a AsyncSettings) bool { return a.Qualifier == qualifier }), nil
}

// noAsyncSettings is O10.
func noAsyncSettings() *Error { return notFound("FSS.0404", "not found the async invoke config") }

func (s *Server) getAsyncSettings(c *call) (any, *Error) {
	f, _, i, err := s.findAsync(c)
	if err != nil {
		return nil, err
	}
	if i < 0 {
		return nil, noAsyncSettings()
	}
	return s.asyncRow(f, f.Async[i]), nil
}

func (s *Server) deleteAsyncSettings(c *call) (any, *Error) {
	f, qualifier, i, err := s.findAsync(c)
	if err != nil {
		return nil, err
	}
	if i < 0 {
		return nil, noAsyncSettings()
	}
	f.removeAsync(qualifier)
	return noContent, nil
}

// asyncDestinations is the member of that name.
type asyncDestinations struct {
	OnSuccess *AsyncDestination `json:"on_success,omitempty"`
	OnFailure *AsyncDestination `json:"on_failure,omitempty"`
}

// setAsyncSettings makes the settings or replaces them without notice.
func (s *Server) setAsyncSettings(c *call) (any, *Error) {
	f, qualifier, i, err := s.findAsync(c)
	if err != nil {
		return nil, err
	}
	next := AsyncSettings{MaxAge: defaultAsyncAge, Retries: defaultAsyncRetries}
	var before AsyncSettings
	if i >= 0 {
		before = f.Async[i]
	}
	if i >= 0 && s.opts.Switches.KeepAsyncMembers { // Q50
		next = before
	}
	if err := s.readAsync(c, &next); err != nil {
		return nil, err
	}
	next.Qualifier, next.Created = qualifier, before.Created
	if err := s.checkAsync(f, &next); err != nil {
		return nil, err
	}
	s.storeAsync(f, next)
	return s.asyncRow(f, f.Async[len(f.Async)-1]), nil
}

// readAsync takes over what is sent. destination_config replaces both destinations.
func (s *Server) readAsync(c *call, into *AsyncSettings) *Error {
	m, err := s.members(c, []string{
		"max_async_event_age_in_seconds", "max_async_retry_attempts", "destination_config", "enable_async_status_log",
		"log_group_id", "log_stream_id", "log_group_name", "log_stream_name",
	})
	if err != nil {
		return err
	}
	to := asyncDestinations{into.OnSuccess, into.OnFailure}
	if m.present("destination_config") {
		to = asyncDestinations{}
	}
	if err := s.takeAll(m, map[string]any{
		"max_async_event_age_in_seconds": &into.MaxAge, "max_async_retry_attempts": &into.Retries,
		"destination_config": &to, "enable_async_status_log": &into.StatusLog,
	}); err != nil {
		return err
	}
	into.OnSuccess, into.OnFailure = to.OnSuccess, to.OnFailure
	return nil
}

// checkAsync applies the tables of contract 3.19. Whether the function may write to a destination is not looked at.
func (s *Server) checkAsync(f *Function, a *AsyncSettings) *Error {
	if a.MaxAge < 1 || a.MaxAge > 86400 {
		return invalid("max_async_event_age_in_seconds %d is not between 1 and 86400", a.MaxAge)
	}
	if a.Retries < 0 || a.Retries > 3 {
		return invalid("max_async_retry_attempts %d is not between 0 and 3", a.Retries)
	}
	own := s.functionURN(f.place()) + ":" + a.Qualifier
	for _, to := range []*AsyncDestination{a.OnSuccess, a.OnFailure} {
		if to == nil {
			continue
		}
		if err := to.check(own); err != nil {
			return err
		}
	}
	return nil
}

func (d *AsyncDestination) check(own string) *Error {
	var param map[string]any
	if err := json.Unmarshal([]byte(d.Param), &param); err != nil || param == nil {
		return invalid("param %q is not an object in JSON", d.Param)
	}
	needs := map[string]string{"OBS": "bucket", "SMN": "topic_urn", "DIS": "stream_name", "FunctionGraph": "func_urn"}
	member, known := needs[d.Destination]
	if !known {
		return invalid("destination %q", d.Destination)
	}
	text, _ := param[member].(string)
	expires, given := param["expires"]
	days, isNumber := expires.(float64)
	switch {
	case text == "":
		return invalid("param of %s lacks %s", d.Destination, member)
	case text == own:
		return invalid("the destination is the function itself")
	case given && (!isNumber || days < 0 || days > 365):
		return invalid("expires is not between 0 and 365")
	}
	return nil
}

// asyncRow is the answer of PUT and GET, and a row of the list.
func (s *Server) asyncRow(f *Function, a AsyncSettings) map[string]any {
	return map[string]any{
		"func_urn":                       s.functionURN(f.place()) + ":" + a.Qualifier,
		"max_async_event_age_in_seconds": a.MaxAge, "max_async_retry_attempts": a.Retries,
		"destination_config":      s.destinations(a),
		"enable_async_status_log": a.StatusLog,
		"created_time":            s.timeText(a.Created), "last_modified": s.timeText(a.Modified),
	}
}

// destinations has no member, or null, where there is none (contract 3.19).
func (s *Server) destinations(a AsyncSettings) any {
	if s.opts.Switches.ShowUnset {
		return map[string]any{"on_success": a.OnSuccess, "on_failure": a.OnFailure}
	}
	return asyncDestinations{a.OnSuccess, a.OnFailure}
}

// The pages of the list of asynchronous settings (contract 1.8).
const (
	asyncPage    = 10
	maxAsyncPage = 100
)

// listAsyncSettings is the list of contract 3.19: a row for each version and alias that has settings.
func (s *Server) listAsyncSettings(c *call) (any, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	marker, limit := countOf(c.query.Get("marker"), 0), min(countOf(c.query.Get("limit"), asyncPage), maxAsyncPage)
	start := min(marker, len(f.Async))
	rows := []map[string]any{}
	for _, a := range f.Async[start:min(start+limit, len(f.Async))] {
		rows = append(rows, s.asyncRow(f, a))
	}
	return map[string]any{
		"async_invoke_configs": rows, "count": len(f.Async),
		"page_info": map[string]any{"next_marker": start + len(rows), "previous_marker": 0, "current_count": len(rows)},
	}, nil
}
