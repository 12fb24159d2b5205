// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"maps"
	"math"
	"regexp"
	"slices"
	"unicode/utf8"
)

// memberKind is what the value of a member of event_data is.
type memberKind int

const (
	aText     memberKind = iota
	aNumber              // whole
	aFlag                // true or false
	aFlagText            // true or false, as such or as text (X38)
	texts                // a list of texts that is not empty
	anObject
)

// triggerMember is one member of event_data.
type triggerMember struct {
	name        string
	kind        memberKind
	needed      bool
	least, most float64 // of a number, or of the characters of a text; most 0: no bound
	form        string  // regular expression of a text
	secret      bool
}

// takes says whether a value is one for the member. An optional text may be empty.
func (m *triggerMember) takes(value any) bool {
	switch v := value.(type) {
	case string:
		if m.kind == aFlagText {
			return v == "true" || v == "false"
		}
		return m.kind == aText && (v == "" && !m.needed || m.takesText(v))
	case float64:
		return m.kind == aNumber && v == math.Trunc(v) && m.within(v)
	case bool:
		return m.kind == aFlag || m.kind == aFlagText
	case []any:
		return m.kind == texts && areTexts(v)
	case map[string]any:
		return m.kind == anObject
	}
	return false
}

func (m *triggerMember) takesText(text string) bool {
	return text != "" && m.within(float64(utf8.RuneCountInString(text))) && regexp.MustCompile(m.form).MatchString(text)
}

func (m *triggerMember) within(n float64) bool { return n >= m.least && (m.most == 0 || n <= m.most) }

func areTexts(list []any) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(item any) bool {
		text, ok := item.(string)
		return !ok || text == ""
	})
}

// known returns event_data as the type knows it: members that it does not have are ignored, or refused by the switch
// unknown-members; null counts as omitted (contract 3).
func (kind *triggerType) known(s *Server, data map[string]any) (map[string]any, *Error) {
	out := map[string]any{}
	for name, value := range data {
		isKnown := kind.open || slices.ContainsFunc(kind.members, func(m triggerMember) bool { return m.name == name })
		if !isKnown && s.opts.Switches.RejectUnknown {
			return nil, invalid("unknown member event_data.%s", name)
		}
		if isKnown && value != nil {
			out[name] = value
		}
	}
	return out, nil
}

// checkData applies the rules of the type to complete data.
func (kind *triggerType) checkData(data map[string]any) *Error {
	for i := range kind.members {
		m := &kind.members[i]
		value, there := data[m.name]
		if !there && m.needed {
			return badRequest(cmp.Or(kind.bad, "FSS.0400"), "event_data.%s is missing", m.name)
		}
		if there && !m.takes(value) {
			return badRequest(cmp.Or(kind.bad, "FSS.0400"), "event_data.%s is invalid", m.name)
		}
	}
	if kind.check != nil {
		return kind.check(data)
	}
	return nil
}

// changed returns the data after a PUT. By default it takes the members of Q26 and keeps what is left out (Q25). bucket
// never changes. A list (Q24) has no others than those of Q26.
func (kind *triggerType) changed(s *Server, before, sent map[string]any) map[string]any {
	takes := func(name string, _ any) bool {
		if s.opts.Switches.PutAllTriggerMembers && !s.opts.Switches.ListTriggerData {
			return !slices.Contains(kind.fixed, name)
		}
		return slices.Contains(kind.live, name)
	}
	after := map[string]any{}
	maps.Copy(after, before)
	if s.opts.Switches.ReplaceTriggerData {
		maps.DeleteFunc(after, takes)
	}
	for name, value := range sent {
		if takes(name, value) {
			after[name] = value
		}
	}
	return after
}

// textOf is a member that is a text, "" if it is missing or something else.
func textOf(data map[string]any, name string) string {
	text, _ := data[name].(string)
	return text
}

// textsOf is a member that is a list of texts; other items are left out.
func textsOf(data map[string]any, name string) []string {
	list, _ := data[name].([]any)
	out := []string{}
	for _, item := range list {
		if text, ok := item.(string); ok {
			out = append(out, text)
		}
	}
	return out
}
