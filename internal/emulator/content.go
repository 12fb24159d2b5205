// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "encoding/json"

// content is the value of a setting: how it comes in, how it is put back, and how it is shown.
type content struct {
	// parse decodes and checks a value without looking at the function; the result puts it there.
	parse func(s *Server, name string, raw json.RawMessage) (func(*Settings), *Error)
	// clear gives the member the value that a new function has.
	clear func(st, defaults *Settings)
	// show is the value in an answer; nil: the answer has no such member.
	show func(s *Server, st *Settings, in answers) any
}

// plain is a value that is one field, and that answers show as it is.
func plain[T any](field func(*Settings) *T, checks ...func(*Server, T) *Error) content {
	return shownAs(func(_ *Server, value T) T { return value }, field, checks...)
}

// shownAs is a value that is one field, and that answers show as something else.
func shownAs[T, U any](show func(*Server, T) U, field func(*Settings) *T, checks ...func(*Server, T) *Error) content {
	return content{
		parse: func(s *Server, name string, raw json.RawMessage) (func(*Settings), *Error) {
			var value T
			if err := s.decode(raw, name, &value); err != nil {
				return nil, err
			}
			for _, check := range checks {
				if err := check(s, value); err != nil {
					return nil, err
				}
			}
			return func(st *Settings) { *field(st) = value }, nil
		},
		clear: func(st, defaults *Settings) { *field(st) = *field(defaults) },
		show:  func(s *Server, st *Settings, _ answers) any { return show(s, *field(st)) },
	}
}

// nested is a value that is an object. A sent object replaces the old one whole; {} removes it (contract 4.3). Answers
// leave it out when it is not set, or show it with zero values (switch unset-objects).
func nested[T any](
	show func(*Server, T, answers) any, field func(*Settings) **T, check func(*Server, *T) *Error) content {
	return content{
		parse: func(s *Server, name string, raw json.RawMessage) (func(*Settings), *Error) {
			var value *T
			if err := s.decode(raw, name, &value); err != nil {
				return nil, err
			}
			if isEmptyObject(raw) {
				return func(st *Settings) { *field(st) = nil }, nil
			}
			if check != nil {
				if err := check(s, value); err != nil {
					return nil, err
				}
			}
			return func(st *Settings) { *field(st) = value }, nil
		},
		clear: func(st, defaults *Settings) { *field(st) = *field(defaults) },
		show: func(s *Server, st *Settings, in answers) any {
			value := *field(st)
			switch {
			case value != nil:
				return show(s, *value, in)
			case s.opts.Switches.ZeroObjects:
				return show(s, *new(T), in)
			default:
				return nil
			}
		},
	}
}

// isEmptyObject says whether a value is written as {}.
func isEmptyObject(raw json.RawMessage) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal(raw, &object) == nil && len(object) == 0
}

// strategy is strategy_config on its way in. A member that is not sent keeps its value; a sent 0 disables.
type strategy struct {
	Concurrency   *int `json:"concurrency"`
	ConcurrentNum *int `json:"concurrent_num"`
}

var strategyContent = content{
	parse: func(s *Server, name string, raw json.RawMessage) (func(*Settings), *Error) {
		var sent strategy
		if err := s.decode(raw, name, &sent); err != nil {
			return nil, err
		}
		return func(st *Settings) {
			if sent.Concurrency != nil {
				st.Concurrency = *sent.Concurrency
			}
			if sent.ConcurrentNum != nil {
				st.ConcurrentNum = *sent.ConcurrentNum
			}
			if st.ConcurrentNum == -1 || st.ConcurrentNum == 0 {
				st.ConcurrentNum = 1 // observed, contract 2.4
			}
		}, nil
	},
	clear: func(st, defaults *Settings) {
		if defaults.Concurrency == -1 {
			return // v1: peer leaves the member out there, and works
		}
		st.Concurrency, st.ConcurrentNum = defaults.Concurrency, defaults.ConcurrentNum
	},
	show: func(_ *Server, st *Settings, _ answers) any {
		return map[string]any{"concurrency": st.Concurrency, "concurrent_num": st.ConcurrentNum}
	},
}

// enterpriseProjectContent is F36: an empty id changes nothing, 0 is the default project.
var enterpriseProjectContent = content{
	parse: func(s *Server, name string, raw json.RawMessage) (func(*Settings), *Error) {
		var id string
		if err := s.decode(raw, name, &id); err != nil {
			return nil, err
		}
		return func(st *Settings) {
			if id != "" {
				st.EnterpriseProjectID = id
			}
		}, nil
	},
	clear: func(st, defaults *Settings) { st.EnterpriseProjectID = defaults.EnterpriseProjectID },
	show:  func(_ *Server, st *Settings, _ answers) any { return st.EnterpriseProjectID },
}

// blanked keeps the keys and hides the values of encrypted_user_data (F31).
func blanked(_ *Server, text string) string {
	var entries map[string]string
	if text == "" || json.Unmarshal([]byte(text), &entries) != nil {
		return ""
	}
	for key := range entries {
		entries[key] = ""
	}
	hidden, err := json.Marshal(entries)
	if err != nil {
		return ""
	}
	return string(hidden)
}

// notNull is a map that answers show as {} when there is none.
func notNull(_ *Server, m map[string]string) map[string]string {
	if m == nil {
		return map[string]string{}
	}
	return m
}
