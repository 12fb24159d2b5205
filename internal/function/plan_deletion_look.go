// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/functiongraph/terraform-provider-fgs/internal/connection"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// look is what a plan reads of what belongs to a function.
//
// A project of hundreds of functions is destroyed with one request for each here, its versions, and one list for all,
// the triggers of the project. Only of the first few, and where that finds something, more is asked: the reserved
// instances, which are one list of the project too, of whatever was published or is triggered; aliases, asynchronous
// settings and test events, which are a request each, of what was published. So where many functions are destroyed, one
// that was never published may not have its test events named, nor an alias of latest that no trigger is bound to.
type look struct {
	shared *connection.Connection
	client *functiongraph.Client
	urn    functiongraph.URN
	inFull bool // ask for everything
	whole  bool // everything was asked for

	versions, aliases, triggers, reserved, async, events found
}

// found are the names of one kind of thing, and whether these are all.
type found struct {
	names []string
	err   error
}

// all looks, and says whether there is a function.
func (l *look) all(ctx context.Context) bool {
	var triggers []functiongraph.Trigger
	together(
		func() { l.versions = l.findVersions(ctx) },
		func() { triggers, l.triggers.err = l.shared.Triggers(ctx, l.urn) },
	)
	if functiongraph.IsNotFound(l.versions.err) {
		return false
	}
	l.whole = l.inFull || l.versions.err != nil || len(l.versions.names) > 0
	var more []func()
	if l.whole || l.triggers.err != nil || hasAlias(triggers) {
		more = append(more, func() { l.aliases = l.findAliases(ctx) })
	}
	if l.whole || l.triggers.err != nil || len(triggers) > 0 {
		more = append(more, func() { l.reserved = l.findReserved(ctx) })
	}
	if l.whole {
		more = append(more, func() { l.async = l.findAsync(ctx) }, func() { l.events = l.findEvents(ctx) })
	}
	together(more...)
	if l.triggers.err != nil {
		triggers, l.triggers.err = l.ownTriggers(ctx)
	}
	l.triggers.names = triggerNames(triggers)
	return true
}

// belongings puts what was found in words.
func (l *look) belongings() *belongings {
	var b belongings
	b.add("version", "versions", l.versions)
	b.add("alias", "aliases", l.aliases)
	b.add("trigger", "triggers", l.triggers)
	b.add("reserved instances of", "reserved instances of", l.reserved)
	b.add("asynchronous settings of", "asynchronous settings of", l.async)
	b.add("test event", "test events", l.events)
	return &b
}

func (l *look) findVersions(ctx context.Context) (f found) {
	versions, err := l.client.Versions(ctx, l.urn)
	for _, v := range versions {
		if v.Version != functiongraph.VersionLatest && v.Version != "" {
			f.names = append(f.names, v.Version)
		}
	}
	f.err = err
	return f
}

func (l *look) findAliases(ctx context.Context) (f found) {
	aliases, err := l.client.Aliases(ctx, l.urn)
	for _, a := range aliases {
		f.names = append(f.names, a.Name)
	}
	f.err = err
	return f
}

// findReserved takes the list of the project, or else that of the function. A row without instances is what is left of
// a reservation.
func (l *look) findReserved(ctx context.Context) (f found) {
	rows, err := l.shared.Reserved(ctx, l.urn)
	if err != nil {
		rows, err = l.client.ReservedInstances(ctx, l.urn)
	}
	for _, r := range rows {
		if ready := r.String(); ready != "" {
			f.names = append(f.names, fmt.Sprintf("%s (%s)", r.QualifierName, ready))
		}
	}
	f.err = unlessMissing(err)
	return f
}

func (l *look) findAsync(ctx context.Context) (f found) {
	rows, err := l.client.AsyncSettings(ctx, l.urn)
	for _, a := range rows {
		urn, bad := functiongraph.ParseURN(a.FunctionURN)
		if bad != nil {
			continue // it does not say whose they are
		}
		f.names = append(f.names, strings.TrimPrefix(cmp.Or(urn.Qualifier, functiongraph.VersionLatest), "!"))
	}
	f.err = unlessMissing(err)
	return f
}

func (l *look) findEvents(ctx context.Context) (f found) {
	events, err := l.client.Events(ctx, l.urn)
	for _, e := range events {
		f.names = append(f.names, e.Name)
	}
	f.err = unlessMissing(err)
	return f
}

// unlessMissing forgives that a region lacks a call: then it has nothing of that kind.
func unlessMissing(err error) error {
	if functiongraph.HasCode(err, functiongraph.CodeUnknownPath) {
		return nil
	}
	return err
}

// ownTriggers asks for those of the function, its versions and its aliases, one after the other, where the list of the
// project could not be had: whether the list of the function has those of the others is not documented (contract Q30).
func (l *look) ownTriggers(ctx context.Context) (all []functiongraph.Trigger, err error) {
	qualifiers := append([]string{""}, l.versions.names...)
	for _, alias := range l.aliases.names {
		qualifiers = append(qualifiers, "!"+alias)
	}
	for _, qualifier := range qualifiers {
		triggers, err := l.client.Triggers(ctx, l.urn.WithQualifier(qualifier))
		if err != nil {
			return all, err
		}
		all = append(all, triggers...)
	}
	return all, nil
}

// triggerNames are types, with names where there are any.
func triggerNames(triggers []functiongraph.Trigger) (names []string) {
	seen := map[string]bool{}
	for _, t := range triggers {
		if id := t.FunctionURN + t.Type + t.ID; !seen[id] {
			seen[id] = true
			names = append(names, t.Type+" "+cmp.Or(t.EventData.Text("name"), t.ID))
		}
	}
	return names
}

// hasAlias says that a trigger is bound to an alias.
func hasAlias(triggers []functiongraph.Trigger) bool {
	for _, t := range triggers {
		if urn, err := functiongraph.ParseURN(t.FunctionURN); err == nil && urn.Alias() != "" {
			return true
		}
	}
	return false
}

// together does things at the same time. A panic in one of them is raised here, where it is guarded against.
func together(all ...func()) {
	var wait sync.WaitGroup
	panics := make(chan any, len(all))
	for _, do := range all {
		wait.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					panics <- v
				}
			}()
			do()
		})
	}
	wait.Wait()
	select {
	case v := <-panics:
		panic(v)
	default:
	}
}
