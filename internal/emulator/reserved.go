// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Reservation is how many instances of a version or an alias are kept ready (contract 3.18).
type Reservation struct {
	Qualifier string // name of a version, latest included, or ! and the name of an alias
	MinCount  int
	IdleMode  bool
	Cron      []CronPolicy
	Metric    []MetricPolicy
}

// CronPolicy changes the number by the clock.
type CronPolicy struct {
	Name        string `json:"name"`
	Cron        string `json:"cron"`
	Count       int    `json:"count"`
	StartTime   int64  `json:"start_time"` // epoch seconds
	ExpiredTime int64  `json:"expired_time"`
}

// MetricPolicy changes the number by the load.
type MetricPolicy struct {
	Name      string `json:"name"`
	Type      string `json:"type"` // Concurrency
	Threshold int    `json:"threshold"`
	Min       int    `json:"min"`
}

// isEmpty says that nothing is kept ready.
func (r *Reservation) isEmpty() bool { return r.MinCount == 0 && len(r.Cron)+len(r.Metric) == 0 }

// PutReservation makes a reservation or replaces that of the same qualifier; a count of 0 without policies removes it.
// What it is for has to be there; no other rule is applied.
func (s *Server) PutReservation(pkg, name string, reservation Reservation) error {
	return s.change(pkg, name, func(f *Function) error {
		if err := f.checkQualifier(reservation.Qualifier); err != nil {
			return asError(err)
		}
		s.setReservation(f, reservation)
		return nil
	})
}

// setReservation adds, replaces or removes; what is left of one that is empty is Q46.
func (s *Server) setReservation(f *Function, r Reservation) {
	i := f.reservationIndex(r.Qualifier)
	switch {
	case r.isEmpty() && !s.opts.Switches.KeepEmptyReservations:
		f.removeReservations(r.Qualifier)
	case i >= 0:
		f.Reservations[i] = r
	default:
		f.Reservations = append(f.Reservations, r)
	}
}

func (f *Function) reservationIndex(qualifier string) int {
	return slices.IndexFunc(f.Reservations, func(r Reservation) bool { return r.Qualifier == qualifier })
}

// isReserved says that instances are kept ready for a qualifier.
func (f *Function) isReserved(qualifier string) bool {
	i := f.reservationIndex(qualifier)
	return i >= 0 && !f.Reservations[i].isEmpty()
}

// checkQualifier demands that a version or an alias is there.
func (f *Function) checkQualifier(qualifier string) *Error {
	alias, isAlias := strings.CutPrefix(qualifier, "!")
	switch {
	case isAlias && !slices.ContainsFunc(f.Aliases, func(a Alias) bool { return a.Name == alias }):
		return notFound("FSS.1053", "Not found the alias %s", alias)
	case !isAlias && qualifier != latest && f.versionIndex(qualifier) < 0:
		return versionNotFound(qualifier)
	}
	return nil
}

// removeReservations goes with what they are for: a version (D1), an alias (A10).
func (f *Function) removeReservations(qualifier string) {
	f.Reservations = slices.DeleteFunc(f.Reservations, func(r Reservation) bool { return r.Qualifier == qualifier })
}

// listReservations is reservedinstanceconfigs of contract 3.18: rows of versions and aliases of one function, or of the
// whole project. Where there are none, also because the function is not there, the list is null (O27).
func (s *Server) listReservations(c *call) (any, *Error) {
	of := s.newestFirst()
	if urn := c.query.Get("function_urn"); urn != "" {
		f, err := s.findLatest(urn)
		if err != nil && err.Status != http.StatusNotFound {
			return nil, err
		}
		of = []*Function{f}
		if err != nil {
			of = nil
		}
	}
	var all []map[string]any
	for _, f := range of {
		for _, r := range f.Reservations {
			all = append(all, s.reservationRow(f, r))
		}
	}
	marker, limit := countOf(c.query.Get("marker"), 0), min(countOf(c.query.Get("limit"), 100), maxReservationPage)
	start := min(marker, len(all))
	rows := all[start:min(start+limit, len(all))]
	out := map[string]any{"reserved_instances": nil, "page_info": nil, "count": len(all)}
	if len(rows) > 0 {
		out["reserved_instances"] = rows
		out["page_info"] = map[string]any{"next_marker": marker + len(rows), "previous_marker": 0, "current_count": len(rows)}
	}
	return out, nil
}

// maxReservationPage is the largest page (contract 3.18.2).
const maxReservationPage = 500

func (s *Server) reservationRow(f *Function, r Reservation) map[string]any {
	kind, name := "version", r.Qualifier
	if alias, ok := strings.CutPrefix(r.Qualifier, "!"); ok {
		kind, name = "alias", alias
	}
	return map[string]any{
		"function_urn": s.functionURN(f.place()) + ":" + latest, "qualifier_type": kind, "qualifier_name": name,
		"min_count": r.MinCount, "idle_mode": r.IdleMode, "tactics_config": s.tactics(r),
	}
}

// tactics are the policies in an answer. Without any the object is empty, or has lists that are (contract 3.18.2).
func (s *Server) tactics(r Reservation) map[string]any {
	out := map[string]any{}
	if len(r.Cron) > 0 || s.opts.Switches.ShowUnset {
		out["cron_configs"] = r.Cron
	}
	if len(r.Metric) > 0 || s.opts.Switches.ShowUnset {
		out["metric_configs"] = r.Metric
	}
	return out
}

// countOf reads a number of a query; what is none is the fallback.
func countOf(text string, fallback int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return fallback
	}
	return n
}
