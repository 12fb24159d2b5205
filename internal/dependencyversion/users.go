// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package dependencyversion

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// The bounds of the search for what uses a version.
const (
	searchWithin  = 10 * time.Second
	searchAtOnce  = 4
	usersInDetail = 10 // that a message names
)

// usedBy says, in a sentence, what uses a version, as far as it can be found out: functions of its runtime first, since
// others rarely use it, and of each function the published versions too.
func usedBy(ctx context.Context, client *functiongraph.Client, m model) string {
	ctx, cancel := context.WithTimeout(ctx, searchWithin)
	defer cancel()
	functions, err := client.Functions(ctx, functiongraph.FunctionFilter{})
	if err != nil {
		return "Something uses it; what that is could not be found out."
	}
	runtime := m.Runtime.ValueString()
	slices.SortStableFunc(functions, func(a, b functiongraph.Function) int {
		return compareBools(b.Runtime == runtime, a.Runtime == runtime)
	})
	found, whole := search(ctx, client, functions, m.ID.ValueString())
	slices.Sort(found)
	switch {
	case len(found) == 0 && whole:
		return "Something uses it, and none of the functions of this project does: another project may."
	case len(found) == 0:
		return "Something uses it; what that is could not be found out."
	}
	text := "It is used by "
	if !whole {
		text += "at least "
	}
	if more := len(found) - usersInDetail; more > 0 {
		return text + strings.Join(found[:usersInDetail], ", ") + fmt.Sprintf(" and %d more.", more)
	}
	return text + strings.Join(found, ", ") + "."
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// search reads the functions, a few at a time. whole says that all could be read.
func search(
	ctx context.Context, client *functiongraph.Client, functions []functiongraph.Function, id string,
) (found []string, whole bool) {
	var lock sync.Mutex
	var workers sync.WaitGroup
	whole = true
	next := make(chan functiongraph.Function)
	for range searchAtOnce {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for f := range next {
				users, err := usersIn(ctx, client, f, id)
				lock.Lock()
				found, whole = append(found, users...), whole && err == nil
				lock.Unlock()
			}
		}()
	}
	for _, f := range functions {
		next <- f // each ends at once when the time is over
	}
	close(next)
	workers.Wait()
	return found, whole
}

// usersIn are the URNs of a function and of its versions that use the dependency version. A function that went
// meanwhile uses nothing.
func usersIn(
	ctx context.Context, client *functiongraph.Client, f functiongraph.Function, id string,
) (users []string, err error) {
	urn, err := functiongraph.ParseURN(f.URN)
	if err != nil {
		return nil, err
	}
	urns := []functiongraph.URN{urn.Function()}
	versions, err := client.Versions(ctx, urn.Function())
	for _, version := range versions {
		if version.Version != "" && version.Version != "latest" {
			urns = append(urns, urn.Function().WithQualifier(version.Version))
		}
	}
	if functiongraph.IsNotFound(err) {
		return nil, nil
	}
	for _, urn := range urns {
		got, failed := client.Function(ctx, urn)
		switch {
		case functiongraph.IsNotFound(failed):
		case failed != nil:
			err = failed
		case slices.Contains(got.DependVersionList, id):
			users = append(users, urn.String())
		}
	}
	return users, err
}
