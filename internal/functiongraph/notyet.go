// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// What was just made may not have arrived everywhere in the service: for a while, calls about it are answered as if it
// were not there, or not ready. That is "not yet", under one rule for reads and writes.
const (
	notYetWindow = 30 * time.Second
	notYetPause  = time.Second
)

// newborns are what this client made, and when: functions, versions and aliases.
type newborns struct {
	mu   sync.Mutex
	made map[URN]time.Time
}

// newbornKey leaves out what a caller may not know.
func newbornKey(urn URN) URN {
	return URN{Package: urn.Package, Name: urn.Name, Qualifier: urn.Qualifier}
}

func (n *newborns) add(urn URN) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.made == nil {
		n.made = map[URN]time.Time{}
	}
	n.made[newbornKey(urn)] = time.Now()
}

// forget is for what was deleted: a function, with all that it had.
func (n *newborns) forget(function URN) {
	n.mu.Lock()
	defer n.mu.Unlock()
	maps.DeleteFunc(n.made, func(key URN, _ time.Time) bool { return key.Function() == newbornKey(function) })
}

// has says that a call about the URN may meet what was just made: it is about that itself, about something of a
// function that is new as a whole, or about the function, of which a version or an alias is new.
func (n *newborns) has(urn URN) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := newbornKey(urn)
	for key, made := range n.made {
		concerned := key == asked || asked.Qualifier == "" || key.Qualifier == ""
		if key.Function() == asked.Function() && concerned && time.Since(made) < notYetWindow {
			return true
		}
	}
	return false
}

type atOnceKey struct{}

// atOnce returns a context for calls that want to know what is there now: an answer "not found" is one. One that the
// service is not ready to give it is not.
func atOnce(ctx context.Context) context.Context {
	return context.WithValue(ctx, atOnceKey{}, true)
}

// notYet says that a refusal may only mean that what was just made has not arrived. A refusal for want of permission is
// tried once more: new objects get theirs a moment later.
func (k *call) notYet(api *Error) bool {
	if !k.newborn || time.Since(k.started) >= notYetWindow {
		return false
	}
	switch {
	case isAbsence(api) && k.ctx.Value(atOnceKey{}) != nil:
		return false
	case isAbsence(api):
		return k.method != http.MethodDelete || !k.repeated // an attempt without an answer may have done it
	case api.Status == http.StatusConflict:
		return !saysWhatIsThere(api)
	case api.Status == http.StatusLocked:
		return true
	case api.Status == http.StatusBadRequest:
		return api.Code == CodeInvalidParameter && k.method != http.MethodDelete
	case api.Status == http.StatusUnauthorized && !k.unauthorized:
		k.unauthorized = true
		return true
	}
	return false
}

// notYetWait is how long to wait for what was just made. A parameter that is refused is mostly wrong for good: it is
// asked about a few times only.
func (k *call) notYetWait(err error) time.Duration {
	if !HasCode(err, CodeInvalidParameter) {
		return notYetPause
	}
	k.refusals++
	return notYetPause << min(k.refusals-1, 3)
}

// isAbsence says that the service itself says that something is not there: the function, or what else the call names.
func isAbsence(api *Error) bool {
	if slices.Contains(triggerAbsent, api.Code) {
		return api.Status == http.StatusNotFound
	}
	switch api.Code {
	case CodeNotFound, CodeGone, CodeFunctionNotFound, CodeVersionNotFound, CodeEventNotFound:
		return api.Status == http.StatusNotFound || api.Status == http.StatusGone
	case CodeAliasNotFound: // whatever the status (contract X20)
		return true
	}
	return false
}

// saysWhatIsThere says that a conflict is about something that exists for good: waiting does not end it.
func saysWhatIsThere(api *Error) bool {
	return strings.HasPrefix(api.Code, "FSS.1")
}
