// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// clone copies everything, so that no caller shares memory with the service.
func (f *Function) clone() Function {
	out := *f
	out.Settings = deepCopy(f.Settings)
	out.CodeState = f.CodeState.clone()
	out.Tags = maps.Clone(f.Tags)
	out.Versions = slices.Clone(f.Versions)
	for i, v := range f.Versions {
		out.Versions[i].Settings = deepCopy(v.Settings)
		out.Versions[i].CodeState = v.CodeState.clone()
	}
	out.Aliases = slices.Clone(f.Aliases)
	for i, a := range f.Aliases {
		out.Aliases[i].Weights = maps.Clone(a.Weights)
		out.Aliases[i].Strategy = deepCopy(a.Strategy)
	}
	out.Reservations = slices.Clone(f.Reservations)
	for i, r := range f.Reservations {
		out.Reservations[i].Cron, out.Reservations[i].Metric = slices.Clone(r.Cron), slices.Clone(r.Metric)
	}
	out.Async = slices.Clone(f.Async)
	for i, a := range f.Async {
		out.Async[i].OnSuccess, out.Async[i].OnFailure = deepCopy(a.OnSuccess), deepCopy(a.OnFailure)
	}
	out.Events = slices.Clone(f.Events)
	out.Triggers = slices.Clone(f.Triggers)
	for i, t := range f.Triggers {
		out.Triggers[i].EventData = deepCopy(t.EventData)
	}
	return out
}

func (c CodeState) clone() CodeState {
	c.Code = bytes.Clone(c.Code)
	c.Object = bytes.Clone(c.Object)
	c.DependVersionList = slices.Clone(c.DependVersionList)
	return c
}

// deepCopy goes through JSON: settings and nested objects are small and have no unexported parts.
func deepCopy[T any](in T) T {
	var out T
	text, err := json.Marshal(in)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		panic("emulator: nested object is not JSON: " + err.Error())
	}
	return out
}
