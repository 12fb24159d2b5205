// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"regexp"
	"strings"
)

const (
	maxReserved        = 1000 // of one policy (contract 2.6)
	maxReservedAccount = 90   // of all functions (contract 2.6)
)

// policyName is contract 3.18.1.
var policyName = regexp.MustCompile(`^[A-Za-z]([A-Za-z0-9_-]{0,58}[A-Za-z0-9])?$`)

// setReservedInstances is contract 3.18.1.
func (s *Server) setReservedInstances(c *call) (any, *Error) {
	m, err := s.members(c, []string{"count", "idle_mode", "tactics_config"})
	if err != nil {
		return nil, err
	}
	var asked Reservation
	var tactics struct {
		Cron   []CronPolicy   `json:"cron_configs"`
		Metric []MetricPolicy `json:"metric_configs"`
	}
	if err := s.takeAll(m, map[string]any{
		"count": &asked.MinCount, "idle_mode": &asked.IdleMode, "tactics_config": &tactics,
	}); err != nil {
		return nil, err
	}
	if !m.present("count") {
		return nil, invalid("count is missing")
	}
	f, u, err := s.find(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	asked.Qualifier, asked.Cron, asked.Metric = cmp.Or(u.qualifier, latest), tactics.Cron, tactics.Metric
	if err := f.checkQualifier(asked.Qualifier); err != nil {
		return nil, err
	}
	if i := f.reservationIndex(asked.Qualifier); i >= 0 && s.opts.Switches.KeepReservedMembers { // Q47
		if !m.present("idle_mode") {
			asked.IdleMode = f.Reservations[i].IdleMode
		}
		if !m.present("tactics_config") {
			asked.Cron, asked.Metric = f.Reservations[i].Cron, f.Reservations[i].Metric
		}
	}
	if err := asked.check(); err != nil {
		return nil, err
	}
	if err := s.checkReserved(f, &asked); err != nil {
		return nil, err
	}
	s.setReservation(f, asked)
	return map[string]any{"count": asked.MinCount, "idle_mode": asked.IdleMode, "tactics_config": s.tactics(asked)}, nil
}

// check applies the table of contract 3.18.1.
func (r *Reservation) check() *Error {
	if r.MinCount < 0 || r.MinCount > maxReserved {
		return invalid("count %d is not between 0 and %d", r.MinCount, maxReserved)
	}
	names := map[string]bool{}
	for _, p := range r.Cron {
		switch {
		case !policyName.MatchString(p.Name) || names["cron "+p.Name]:
			return invalid("the name %q of a policy", p.Name)
		case !isCron(p.Cron):
			return invalid("the cron expression %q", p.Cron)
		case p.Count < r.MinCount || p.Count > maxReserved:
			return invalid("the count %d of the policy %s", p.Count, p.Name)
		case p.StartTime <= 0 || p.StartTime >= p.ExpiredTime:
			return invalid("the times of the policy %s", p.Name)
		}
		names["cron "+p.Name] = true
	}
	for _, p := range r.Metric {
		switch {
		case !policyName.MatchString(p.Name) || names["metric "+p.Name]:
			return invalid("the name %q of a policy", p.Name)
		case p.Type != "Concurrency":
			return invalid("the type %q of a policy", p.Type)
		case p.Threshold < 1 || p.Threshold > 99:
			return invalid("the threshold %d of the policy %s", p.Threshold, p.Name)
		case p.Min < r.MinCount || p.Min > maxReserved:
			return invalid("min %d of the policy %s", p.Min, p.Name)
		}
		names["metric "+p.Name] = true
	}
	return nil
}

// most is the largest number that the base and the policies ask for.
func (r *Reservation) most() int {
	most := r.MinCount
	for _, p := range r.Cron {
		most = max(most, p.Count)
	}
	for _, p := range r.Metric {
		most = max(most, p.Min)
	}
	return most
}

// checkReserved applies RI1, RI7 and RI8. Nothing is in the way of a removal.
func (s *Server) checkReserved(f *Function, r *Reservation) *Error {
	if r.isEmpty() {
		return nil
	}
	if other := f.reservedBeside(r.Qualifier); other != "" { // RI1
		return invalid("reserved instances of %s, and of %s, which is the same version", r.Qualifier, other)
	}
	switch most := f.Concurrency; {
	case most == 0:
		return invalid("the function is disabled")
	case most > 0 && r.most() > most: // RI7
		return invalid("%d reserved instances are more than max_instance_num %d", r.most(), most)
	}
	sum := r.MinCount
	for _, other := range s.functions {
		for _, row := range other.Reservations {
			if other != f || row.Qualifier != r.Qualifier {
				sum += row.MinCount
			}
		}
	}
	if sum > maxReservedAccount { // RI8
		return forbidden("FSS.0403", "%d reserved instances are more than the %d of an account", sum, maxReservedAccount)
	}
	return nil
}

// reservedBeside is what has reserved instances and is the same version: the version of an alias, the alias of a
// version; "" for none.
func (f *Function) reservedBeside(qualifier string) string {
	name, isAlias := strings.CutPrefix(qualifier, "!")
	for _, alias := range f.Aliases {
		switch {
		case isAlias && alias.Name == name && f.isReserved(alias.Version):
			return alias.Version
		case !isAlias && alias.Version == qualifier && f.isReserved("!"+alias.Name):
			return "!" + alias.Name
		}
	}
	return ""
}

// checkMove is RI6.
func (f *Function) checkMove(alias *Alias) *Error {
	if f.isReserved("!"+alias.Name) && f.isReserved(alias.Version) {
		return invalid("the alias %s and the version %s both have reserved instances", alias.Name, alias.Version)
	}
	return nil
}
