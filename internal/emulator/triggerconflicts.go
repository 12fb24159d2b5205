// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "slices"

// Two triggers of one type that cannot be there together. Nothing else is unique for every type (contract 3.21.2), so
// that most types take the same trigger twice.

func (t placedTrigger) sameQualifier(other placedTrigger) bool {
	return t.f == other.f && t.qualifier() == other.qualifier()
}

// shares says that a text member is there and equal in both.
func (t placedTrigger) shares(other placedTrigger, name string) bool {
	return textOf(t.EventData, name) != "" && textOf(t.EventData, name) == textOf(other.EventData, name)
}

// sameTimer is O13.
func sameTimer(s *Server, mine, other placedTrigger) *Error {
	near := mine.sameQualifier(other) || s.opts.Switches.TimerNamesOfFunction && mine.f == other.f
	if near && mine.shares(other, "name") {
		return conflict("FSS.1148", "The timer %s has existed", textOf(mine.EventData, "name"))
	}
	return nil
}

// sameAPI: within a group, the name, and the path with its method.
func sameAPI(_ *Server, mine, other placedTrigger) *Error {
	switch {
	case !mine.shares(other, "group_id"):
		return nil
	case mine.shares(other, "name"):
		return conflict("FSS.1146", "The API %s has existed", textOf(mine.EventData, "name"))
	case mine.shares(other, "path") && mine.shares(other, "req_method"):
		return conflict("FSS.1147", "The request path %s has existed", textOf(mine.EventData, "path"))
	}
	return nil
}

// sameNotification: of the project, as is the number of them (assumption).
func sameNotification(_ *Server, mine, other placedTrigger) *Error {
	if mine.shares(other, "name") {
		return badRequest("FSS.1307", "The trigger name %s has existed", textOf(mine.EventData, "name"))
	}
	return nil
}

// sameObjects is O23.
func sameObjects(_ *Server, mine, other placedTrigger) *Error {
	if !mine.shares(other, "bucket") {
		return nil
	}
	for _, name := range []string{"prefix", "suffix"} {
		if textOf(mine.EventData, name) != textOf(other.EventData, name) {
			return nil
		}
	}
	for _, text := range textsOf(mine.EventData, "events") {
		set, one, _ := objectEvent(text)
		if slices.ContainsFunc(textsOf(other.EventData, "events"), func(theirs string) bool {
			theirSet, theirOne, _ := objectEvent(theirs)
			return set == theirSet && (one == theirOne || one == "*" || theirOne == "*")
		}) {
			return forbidden("FSS.1108", "The configuration of the bucket conflicts with that of another trigger")
		}
	}
	return nil
}

// sameTopic: a function, whichever version of it, is subscribed once.
func sameTopic(_ *Server, mine, other placedTrigger) *Error {
	if mine.f == other.f && mine.shares(other, "topic_urn") {
		return conflict("FSS.1141", "The SMN trigger has existed")
	}
	return nil
}

// sameKafka: what exactly makes two equal is not documented; here it is the instance and a topic, on one version or
// alias (assumption).
func sameKafka(_ *Server, mine, other placedTrigger) *Error {
	if !mine.sameQualifier(other) || !mine.shares(other, "instance_id") {
		return nil
	}
	theirs := textsOf(other.EventData, "topic_ids")
	for _, id := range textsOf(mine.EventData, "topic_ids") {
		if slices.Contains(theirs, id) {
			return conflict("FSS.1150", "The Kafka trigger has existed")
		}
	}
	return nil
}

// checkConflicts compares with all triggers of the project, apart from the one of the same id.
func (s *Server) checkConflicts(kind *triggerType, mine placedTrigger) *Error {
	for _, f := range s.newestFirst() {
		for i := range f.Triggers {
			other := placedTrigger{f, &f.Triggers[i]}
			if kind.conflict == nil || other.Type != mine.Type || other.ID == mine.ID && mine.sameQualifier(other) {
				continue
			}
			if err := kind.conflict(s, mine, other); err != nil {
				return err
			}
		}
	}
	return nil
}

const (
	maxPulling       = 10 // O19
	maxNotifications = 10 // of CTS in a project (contract 2.6)
)

// checkTriggerQuota is O19, and the bound of CTS.
func (s *Server) checkTriggerQuota(kind *triggerType, t placedTrigger) *Error {
	pulling, notifications := 0, 0
	for _, f := range s.functions {
		for _, other := range f.Triggers {
			theirs := findTriggerType(other.Type)
			if theirs != nil && theirs.pulls && t.sameQualifier(placedTrigger{f, &other}) {
				pulling++
			}
			if other.Type == "CTS" {
				notifications++
			}
		}
	}
	if kind.pulls && pulling >= maxPulling || kind.code == "CTS" && notifications >= maxNotifications {
		return badRequest("FSS.1306", "There are too many triggers")
	}
	return nil
}
