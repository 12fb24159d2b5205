// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"maps"
	"slices"
)

// maxAliases is A4.
const maxAliases = 10

// additional is the additional version of an alias, if it has one.
func (a *Alias) additional() string {
	for _, keys := range [][]string{slices.Collect(maps.Keys(a.Weights)), slices.Collect(maps.Keys(a.Strategy))} {
		if len(keys) > 0 {
			return keys[0]
		}
	}
	return ""
}

// createAlias is contract 3.11.
func (s *Server) createAlias(c *call) (any, *Error) {
	alias, _, err := s.parseAlias(c, "name")
	if err != nil {
		return nil, err
	}
	if !aliasName.MatchString(alias.Name) {
		return nil, badRequest("FSS.1014", "The alias name %q is invalid", alias.Name) // A1
	}
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	if err := checkAlias(f, &alias); err != nil {
		return nil, err
	}
	if f.aliasIndex(alias.Name) >= 0 {
		return nil, conflict("FSS.1063", "The alias %s has existed", alias.Name) // A2
	}
	if err := s.checkAliasFree(f, &alias); err != nil {
		return nil, err
	}
	if len(f.Aliases) >= maxAliases {
		return nil, forbidden("FSS.1043", "The function has %d aliases already", maxAliases) // A4
	}
	alias.LastModified = s.nowSeconds()
	f.setAlias(alias)
	return s.aliasAnswer(f, &alias), nil
}

// parseAlias reads the body of create and update; what is not sent is empty (A11). extra are further members.
func (s *Server) parseAlias(c *call, extra ...string) (Alias, members, *Error) {
	var alias Alias
	into := map[string]any{
		"version": &alias.Version, "description": &alias.Description,
		"additional_version_weights": &alias.Weights, "additional_version_strategy": &alias.Strategy,
	}
	if slices.Contains(extra, "name") {
		into["name"] = &alias.Name
	}
	m, err := s.members(c, slices.Collect(maps.Keys(into)))
	if err != nil {
		return alias, m, err
	}
	if err := s.takeAll(m, into); err != nil {
		return alias, m, err
	}
	if alias.Version == "" {
		return alias, m, badRequest("FSS.1015", "The version is missing")
	}
	if err := checkDescription(s, alias.Description); err != nil {
		return alias, m, err
	}
	return alias, m, checkAdditional(&alias)
}

// keepOmitted is the other reading of A11: what was not sent stays as it was.
func (a *Alias) keepOmitted(m members, old *Alias) {
	if !m.present("description") {
		a.Description = old.Description
	}
	if !m.present("additional_version_weights") {
		a.Weights = old.Weights
	}
	if !m.present("additional_version_strategy") {
		a.Strategy = old.Strategy
	}
}

// checkAdditional applies A7, A8 and the form of the rules.
func checkAdditional(alias *Alias) *Error {
	if len(alias.Weights) > 0 && len(alias.Strategy) > 0 {
		return invalid("additional_version_weights and additional_version_strategy exclude one another") // A8
	}
	if len(alias.Weights) > 1 || len(alias.Strategy) > 1 {
		return badRequest("FSS.1092", "An alias has at most one additional version") // A7
	}
	for _, weight := range alias.Weights {
		if weight < 0 || weight > 100 {
			return badRequest("FSS.1092", "The weight %d is not between 0 and 100", weight) // A7
		}
	}
	for _, strategy := range alias.Strategy {
		if !slices.Contains([]string{"and", "or"}, strategy.CombineType) {
			return invalid("combine_type %q is neither and nor or", strategy.CombineType)
		}
		for _, rule := range strategy.Rules {
			if !slices.Contains([]string{"=", "in"}, rule.Op) {
				return invalid("op %q is neither = nor in", rule.Op)
			}
		}
	}
	return nil
}

// checkAlias applies A5, A6 and A12.
func checkAlias(f *Function, alias *Alias) *Error {
	if alias.Version != latest && f.versionIndex(alias.Version) < 0 {
		return versionNotFound(alias.Version) // A5
	}
	switch additional := alias.additional(); {
	case additional == "":
		return nil
	case additional == alias.Version:
		return badRequest("FSS.1093", "The additional version is the version itself") // A6
	case additional == latest || f.versionIndex(additional) < 0:
		return badRequest("FSS.1091", "The additional version %s is invalid", additional) // A6
	}
	return nil
}

// checkAliasFree is A3.
func (s *Server) checkAliasFree(f *Function, alias *Alias) *Error {
	for _, other := range f.Aliases {
		switch {
		case other.Name == alias.Name || other.Version != alias.Version:
		case s.opts.Switches.BadAliasedVersion:
			return badRequest("FSS.1014", "The alias of the version %s is invalid", alias.Version)
		default:
			return conflict("FSS.1066", "The version %s has the alias %s already", alias.Version, other.Name)
		}
	}
	return nil
}

// setAlias adds or replaces, by name.
func (f *Function) setAlias(alias Alias) {
	if i := f.aliasIndex(alias.Name); i >= 0 {
		f.Aliases[i] = alias
		return
	}
	f.Aliases = append(f.Aliases, alias)
	slices.SortFunc(f.Aliases, func(a, b Alias) int { return cmp.Compare(a.Name, b.Name) })
}

func (s *Server) aliasBody(f *Function, alias *Alias) map[string]any {
	out := map[string]any{
		"name": alias.Name, "version": alias.Version, "description": alias.Description,
		"last_modified": s.timeText(alias.LastModified),
		"alias_urn":     s.functionURN(f.place()) + ":!" + alias.Name,
	}
	if len(alias.Weights) > 0 {
		out["additional_version_weights"] = alias.Weights
	}
	if len(alias.Strategy) > 0 {
		out["additional_version_strategy"] = alias.Strategy
	}
	return out
}

// listAliases is contract 3.12: a bare array.
func (s *Server) listAliases(c *call) (any, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	rows := []map[string]any{}
	for i := range f.Aliases {
		rows = append(rows, s.aliasBody(f, &f.Aliases[i]))
	}
	return rows, nil
}

// findAlias is for the calls of contract 3.13.
func (s *Server) findAlias(c *call) (*Function, int, *Error) {
	f, err := s.findLatest(c.params["function_urn"])
	if err != nil {
		return nil, 0, err
	}
	i := f.aliasIndex(c.params["alias_name"])
	if i < 0 {
		return nil, 0, aliasNotFound(c.params["alias_name"])
	}
	return f, i, nil
}

func (s *Server) getAlias(c *call) (any, *Error) {
	f, i, err := s.findAlias(c)
	if err != nil {
		return nil, err
	}
	return s.aliasAnswer(f, &f.Aliases[i]), nil
}

// aliasAnswer is that of create and get.
func (s *Server) aliasAnswer(f *Function, alias *Alias) map[string]any {
	out := s.aliasBody(f, alias)
	if s.opts.Switches.AliasStrategyInList {
		delete(out, "additional_version_strategy")
	}
	return out
}

// updateAlias replaces version, description, weights and strategy (A11); its answer has no strategy (3.13). An alias
// keeps its triggers and reserved instances wherever it points.
func (s *Server) updateAlias(c *call) (any, *Error) {
	alias, m, err := s.parseAlias(c)
	if err != nil {
		return nil, err
	}
	f, i, err := s.findAlias(c)
	if err != nil {
		return nil, err
	}
	alias.Name = f.Aliases[i].Name
	if s.opts.Switches.MergeAlias {
		alias.keepOmitted(m, &f.Aliases[i])
		if err := checkAdditional(&alias); err != nil {
			return nil, err
		}
	}
	if err := checkAlias(f, &alias); err != nil {
		return nil, err
	}
	if err := s.checkAliasFree(f, &alias); err != nil {
		return nil, err
	}
	if err := f.checkMove(&alias); err != nil {
		return nil, err
	}
	alias.LastModified = s.nowSeconds()
	f.Aliases[i] = alias
	out := s.aliasBody(f, &alias)
	delete(out, "additional_version_strategy")
	return out, nil
}

func (s *Server) deleteAlias(c *call) (any, *Error) {
	f, i, err := s.findAlias(c)
	if err != nil {
		return nil, err
	}
	if name := f.Aliases[i].Name; f.hasTriggers("!" + name) {
		return nil, forbidden("FSS.1154", "The alias %s has triggers", name) // A9
	}
	f.removeReservations("!" + f.Aliases[i].Name) // A10
	s.dropAsync(f, "!"+f.Aliases[i].Name)         // AI1
	f.Aliases = slices.Delete(f.Aliases, i, i+1)
	return noContent, nil
}
