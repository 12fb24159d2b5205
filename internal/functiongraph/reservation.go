// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
)

// Reservation is what is kept ready for one version or alias (contract 3.18.1).
type Reservation struct {
	Count    int64 // 0 to 1000, the base
	IdleMode bool
	Cron     map[string]CronPolicy   // by name
	Metric   map[string]MetricPolicy // by name
}

// CronPolicy makes the number another one by the clock.
type CronPolicy struct {
	Cron    string `json:"cron"` // in UTC
	Count   int64  `json:"count"`
	Start   int64  `json:"start_time"` // epoch seconds
	Expires int64  `json:"expired_time"`
}

// MetricPolicy makes the number another one by the load.
type MetricPolicy struct {
	Type      string `json:"type"` // MetricConcurrency; an answer may have another
	Threshold int64  `json:"threshold"`
	Min       int64  `json:"min"`
}

// MetricConcurrency is the one documented type of a MetricPolicy.
const MetricConcurrency = "Concurrency"

// IsEmpty says that nothing is kept ready.
func (r Reservation) IsEmpty() bool { return r.Count == 0 && len(r.Cron)+len(r.Metric) == 0 }

// Equal compares all but the order of the policies.
func (r Reservation) Equal(other Reservation) bool {
	return r.Count == other.Count && r.IdleMode == other.IdleMode &&
		maps.Equal(r.Cron, other.Cron) && maps.Equal(r.Metric, other.Metric)
}

// Reservation reads what is kept ready for the version or alias that the URN names, latest where it names none; nil for
// nothing. A row that is kept at 0 is nothing (contract Q46), and so is what belongs to a function that is gone, which
// the list does not tell apart (contract O27).
func (c *Client) Reservation(ctx context.Context, urn URN) (*Reservation, error) {
	return c.reservation(ctx, urn, false)
}

// ReadBackReservation reads it after it was written: "not found" and "not ready" are "not yet" for 30 seconds.
func (c *Client) ReadBackReservation(ctx context.Context, urn URN) (*Reservation, error) {
	return c.reservation(ctx, urn, true)
}

func (c *Client) reservation(ctx context.Context, urn URN, written bool) (*Reservation, error) {
	rows, err := c.reservedOf(ctx, urn, written)
	if HasCode(err, CodeFunctionNotFound, CodeNotFound) {
		err = c.missing(ctx, urn, err)
	}
	if IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	nobodys := false
	for _, row := range rows {
		if row.Names(urn) {
			return row.Reservation()
		}
		nobodys = nobodys || row.Qualifier() == "" && row.keeps()
	}
	if nobodys { // it may be the very one
		return nil, errors.New("the list of reserved instances has a row that does not say of which version or alias it is")
	}
	return nil, nil
}

// keeps says that something is kept ready by the row, as far as it can be read.
func (r ReservedInstance) keeps() bool {
	return r.String() != "" || r.odd.need("min_count", "tactics_config") != nil
}

// Names says that a row of a function is that of a version or an alias of it.
func (r ReservedInstance) Names(urn URN) bool { return r.Qualifier() == qualified(urn).Qualifier }

// Reservation reads a row; nil where nothing is kept ready. Its error is that the row has a form of its own.
func (r ReservedInstance) Reservation() (*Reservation, error) {
	if err := r.odd.need("min_count", "idle_mode", "tactics_config"); err != nil {
		return nil, fmt.Errorf("the reserved instances of %s cannot be read: %w", r.QualifierName, err)
	}
	cron, err := policies[CronPolicy](r.Tactics.Cron)
	metric, errMetric := policies[MetricPolicy](r.Tactics.Metric)
	if err := errors.Join(err, errMetric); err != nil {
		return nil, fmt.Errorf("the policies of the reserved instances of %s cannot be read: %w", r.QualifierName, err)
	}
	for name, p := range metric {
		p.Type = cmp.Or(p.Type, MetricConcurrency) // what is not told is nothing else
		metric[name] = p
	}
	out := &Reservation{r.MinCount, r.IdleMode, cron, metric}
	if out.IsEmpty() {
		return nil, nil
	}
	return out, nil
}

// policies are those of a list, by name.
func policies[T any](list []json.RawMessage) (map[string]T, error) {
	out := make(map[string]T, len(list))
	for _, text := range list {
		var name struct {
			Name string `json:"name"`
		}
		var policy T
		if err := errors.Join(json.Unmarshal(text, &name), json.Unmarshal(text, &policy)); err != nil {
			return nil, err
		}
		if _, twice := out[name.Name]; twice || name.Name == "" {
			return nil, fmt.Errorf("%q is not the name of one of them", name.Name)
		}
		out[name.Name] = policy
	}
	return out, nil
}

// The body of SetReservation: all members, since what is left out may stay (contract Q47).
type reservationRequest struct {
	Count    int64   `json:"count"`
	IdleMode bool    `json:"idle_mode"`
	Tactics  tactics `json:"tactics_config"`
}

type tactics struct {
	Cron   []cronRow   `json:"cron_configs"`
	Metric []metricRow `json:"metric_configs"`
}

type cronRow struct {
	Name string `json:"name"`
	CronPolicy
}

type metricRow struct {
	Name string `json:"name"`
	MetricPolicy
}

func (r Reservation) request() reservationRequest {
	out := reservationRequest{r.Count, r.IdleMode, tactics{[]cronRow{}, []metricRow{}}}
	for _, name := range slices.Sorted(maps.Keys(r.Cron)) {
		out.Tactics.Cron = append(out.Tactics.Cron, cronRow{name, r.Cron[name]})
	}
	for _, name := range slices.Sorted(maps.Keys(r.Metric)) {
		out.Tactics.Metric = append(out.Tactics.Metric, metricRow{name, r.Metric[name]})
	}
	return out
}

// SetReservation makes or replaces what is kept ready, by one call: PUT .../{urn}/reservedinstances (contract 3.18.1).
// An empty one removes it. It may be sent again. An answer that does not confirm the number is not believed: a read
// decides. IsNotFound is true for the error if there is no such function, version or alias.
func (c *Client) SetReservation(ctx context.Context, urn URN, in Reservation) error {
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	body, err := jsonBody(in.request())
	if err != nil {
		return err
	}
	type answer struct {
		Count *int64 `json:"count"`
	}
	confirms := func(data []byte) error {
		got, odd, err := decodeObject[answer](data)
		switch {
		case err != nil:
			return err
		case got.Count == nil:
			return errors.Join(odd.need("count"), errors.New("it has no count"))
		case *got.Count != in.Count:
			return fmt.Errorf("its count is %d and not %d", *got.Count, in.Count)
		}
		return nil
	}
	return c.assured(ctx, request{
		method: http.MethodPut, route: routeSetReserved, urn: qualified(urn), body: body, absent: goneCodes(urn),
	}, confirms, func(ctx context.Context) (bool, error) {
		got, err := c.Reservation(ctx, urn)
		if got == nil {
			got = &Reservation{}
		}
		return err == nil && (got.Equal(in) || got.IsEmpty() && in.IsEmpty()), err
	})
}

// RemoveReservation keeps nothing ready any more. Where the service refuses, or says that there is no such function,
// version or alias, a read tells whether there is nothing to remove.
func (c *Client) RemoveReservation(ctx context.Context, urn URN) error {
	err := c.SetReservation(ctx, urn, Reservation{})
	var refusal *Error
	if !errors.As(err, &refusal) {
		return err
	}
	if there, readErr := c.Reservation(atOnce(ctx), urn); readErr == nil && there == nil {
		return nil
	}
	return err
}

// qualified names latest where a URN names no version or alias.
func qualified(urn URN) URN { return urn.WithQualifier(cmp.Or(urn.Qualifier, VersionLatest)) }

// missing is for an answer that says that the function is gone, about something else than the function: before that is
// believed, the function itself is asked for. Then the error is one for which IsNotFound is true; where the function
// is there, it is not.
func (c *Client) missing(ctx context.Context, urn URN, err error) error {
	_, readErr := c.Function(ctx, urn.Function())
	switch {
	case IsNotFound(readErr):
		return fmt.Errorf("%w (asked after: %w)", readErr, err)
	case readErr != nil:
		return fmt.Errorf("%s; whether the function is there could not be read: %w", err.Error(), readErr)
	}
	// What is not confirmed must not be found in the error.
	return errors.New("the service says that the function is not there, and yet answers for it: " + err.Error())
}
