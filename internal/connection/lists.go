// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package connection

import (
	"context"
	"errors"
	"sync"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// lists are those of the whole project, of one region: a connection has one of each. They are of one run of the
// provider, and for what may be a moment old: warnings, and refreshes that find nothing new.
type lists struct {
	triggers shared[map[functiongraph.URN][]functiongraph.Trigger]
	some     shared[[]functiongraph.Trigger] // of the triggers, those that take few requests
	reserved shared[map[functiongraph.URN][]functiongraph.ReservedInstance]
	tags     shared[map[functiongraph.URN]map[string]string]

	mu        sync.Mutex
	asked     map[functiongraph.URN]int // how often tags were asked for
	refreshed map[string]int            // how often triggers were, by their ids
}

// Triggers returns the triggers of a function, its versions and its aliases. An error means that the list of the
// project could not be had, and says nothing of the function.
func (c *Connection) Triggers(ctx context.Context, function functiongraph.URN) ([]functiongraph.Trigger, error) {
	if err := c.Client.CheckURN(ctx, function); err != nil { // the list would be another project's
		return nil, err
	}
	all, err := c.lists.triggers.get(ctx,
		func(ctx context.Context) (map[functiongraph.URN][]functiongraph.Trigger, error) {
			rows, err := c.Client.ProjectTriggers(ctx)
			if err != nil {
				return nil, err
			}
			return byFunction(rows, func(t functiongraph.Trigger) string { return t.FunctionURN })
		})
	return all[function.Function()], err
}

// Reserved returns the reserved instances of a function, its versions and its aliases, as Triggers does.
func (c *Connection) Reserved(
	ctx context.Context, function functiongraph.URN,
) ([]functiongraph.ReservedInstance, error) {
	if err := c.Client.CheckURN(ctx, function); err != nil { // the list would be another project's
		return nil, err
	}
	all, err := c.lists.reserved.get(ctx,
		func(ctx context.Context) (map[functiongraph.URN][]functiongraph.ReservedInstance, error) {
			rows, err := c.Client.ProjectReservedInstances(ctx)
			if err != nil {
				return nil, err
			}
			return byFunction(rows, func(r functiongraph.ReservedInstance) string { return r.FunctionURN })
		})
	return all[function.Function()], err
}

// byFunction sorts rows by function. Of a row that does not say whose it is nobody can tell whom it concerns.
func byFunction[T any](rows []T, urnOf func(T) string) (map[functiongraph.URN][]T, error) {
	of := map[functiongraph.URN][]T{}
	for _, row := range rows {
		urn, err := functiongraph.ParseURN(urnOf(row))
		if err != nil {
			return nil, errNoOwner
		}
		of[urn.Function()] = append(of[urn.Function()], row)
	}
	return of, nil
}

var errNoOwner = errors.New("the list of the project has a row that does not say of which function it is")

// tagsFrom is which function of a run is the first to read the list of tags. The first function is asked itself: a run
// with one has no use for a list of all. With two, the list takes the place of one request, and with more, of all
// others.
const tagsFrom = 2

// errNotListed says that the list of tags does not know of a function.
var errNotListed = errors.New("not in the list of tags")

// ListedTags returns the tags of a function from the list of the project, once in a run for each function: whoever
// reads it again wants to know what has changed since. Where no list can be read, or the function is not in it, or this
// run has written its tags, it is an error. only is for a region that has no other way to read tags, and comes after a
// call without it: then the list is read for the first function already.
func (c *Connection) ListedTags(ctx context.Context, function functiongraph.URN, only bool) (map[string]string, error) {
	if !c.lists.mayList(function.Function(), only) || c.Client.WroteTags(function) {
		return nil, errNotListed
	}
	if err := c.Client.CheckURN(ctx, function); err != nil { // the list would be another project's
		return nil, err
	}
	all, err := c.lists.tags.get(ctx, c.Client.TaggedFunctions)
	tags, ok := all[function.Function()]
	if err == nil && !ok {
		err = errNotListed
	}
	return tags, err
}

func (l *lists) mayList(function functiongraph.URN, only bool) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.asked == nil {
		l.asked = map[functiongraph.URN]int{}
	}
	if !only {
		l.asked[function]++
	}
	return l.asked[function] == 1 && (only || len(l.asked) >= tagsFrom)
}
