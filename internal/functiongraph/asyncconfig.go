// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// AsyncConfig are the settings of asynchronous calls of one version or alias (contract 3.19).
type AsyncConfig struct {
	MaxAge       int64             `json:"max_async_event_age_in_seconds"` // 1 to 86400
	MaxRetries   int64             `json:"max_async_retry_attempts"`       // 0 to 3
	Destinations AsyncDestinations `json:"destination_config"`
	StatusLog    bool              `json:"enable_async_status_log"`
}

// AsyncDestinations say where results go; nil for nowhere.
type AsyncDestinations struct {
	OnSuccess *AsyncDestination `json:"on_success,omitempty"`
	OnFailure *AsyncDestination `json:"on_failure,omitempty"`
}

// AsyncDestination is one of them.
type AsyncDestination struct {
	Destination string `json:"destination"` // OBS, SMN, DIS, FunctionGraph
	Param       string `json:"param"`       // an object, as JSON: which members it has depends on the destination
}

// Equal says that both go to the same place: the text of the JSON may differ.
func (d *AsyncDestination) Equal(other *AsyncDestination) bool {
	if d.isNone() || other.isNone() {
		return d.isNone() && other.isNone()
	}
	var a, b any
	if json.Unmarshal([]byte(d.Param), &a) != nil || json.Unmarshal([]byte(other.Param), &b) != nil {
		return *d == *other
	}
	return d.Destination == other.Destination && reflect.DeepEqual(a, b)
}

func (d *AsyncDestination) isNone() bool { return d == nil || d.Destination == "" }

// equal compares all settings.
func (a AsyncConfig) equal(b AsyncConfig) bool {
	return a.MaxAge == b.MaxAge && a.MaxRetries == b.MaxRetries && a.StatusLog == b.StatusLog &&
		a.Destinations.OnSuccess.Equal(b.Destinations.OnSuccess) &&
		a.Destinations.OnFailure.Equal(b.Destinations.OnFailure)
}

// asyncAnswer is that of PUT and GET.
type asyncAnswer struct {
	URN          string            `json:"func_urn"`
	MaxAge       *int64            `json:"max_async_event_age_in_seconds"`
	MaxRetries   *int64            `json:"max_async_retry_attempts"`
	Destinations AsyncDestinations `json:"destination_config"`
	StatusLog    bool              `json:"enable_async_status_log"`
}

// ofAsync asks that an answer is about the settings of the URN, and has what all have. That of an alias may name the
// version that it points at.
func ofAsync(urn URN) func(*asyncAnswer) error {
	asked := qualified(urn)
	return func(a *asyncAnswer) error {
		got, err := ParseURN(a.URN)
		is := qualified(got)
		switch {
		case a.URN == "":
			return errors.New("it has no func_urn")
		case err != nil || !asked.sameFunction(got):
			return fmt.Errorf("it is about %s", printable.Line(a.URN, maxID*2))
		case is.Qualifier != asked.Qualifier && (asked.Alias() == "" || is.Alias() != ""):
			return fmt.Errorf("it is about %s", printable.Line(is.Qualifier, maxID))
		case a.MaxAge == nil:
			return errors.New("it has no max_async_event_age_in_seconds")
		case a.MaxRetries == nil:
			return errors.New("it has no max_async_retry_attempts")
		}
		return nil
	}
}

// AsyncConfig reads the settings of the version or alias that the URN names, latest where it names none: GET
// .../{urn}/async-invoke-config (contract 3.19). IsNotFound is true for the error if there are none, and if there is no
// such function, version or alias.
func (c *Client) AsyncConfig(ctx context.Context, urn URN) (*AsyncConfig, error) {
	got, err := c.asyncConfig(ctx, urn, false)
	if IsNotFound(err) && HasCode(err, CodeFunctionNotFound) {
		err = c.missing(ctx, urn, err)
	}
	return got, err
}

// AsyncConfigNow reads them as they are now, also of what was just made: "not found" is an answer.
func (c *Client) AsyncConfigNow(ctx context.Context, urn URN) (*AsyncConfig, error) {
	return c.asyncConfig(atOnce(ctx), urn, false)
}

// ReadBackAsyncConfig reads them after they were written: "not found" is "not yet" for 30 seconds.
func (c *Client) ReadBackAsyncConfig(ctx context.Context, urn URN) (*AsyncConfig, error) {
	return c.asyncConfig(ctx, urn, true)
}

func (c *Client) asyncConfig(ctx context.Context, urn URN, written bool) (*AsyncConfig, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	got, err := fetch(ctx, c, request{
		method: http.MethodGet, route: routeAsyncConfig, urn: qualified(urn), absent: goneCodes(urn), written: written,
	}, ofAsync(urn))
	if err != nil {
		return nil, err
	}
	return &AsyncConfig{*got.MaxAge, *got.MaxRetries, got.Destinations, got.StatusLog}, nil
}

// SetAsyncConfig makes the settings, or replaces what there is, which the service does not mention: PUT
// .../{urn}/async-invoke-config (contract 3.19). All members are sent, since what is left out may stay (contract Q50).
// It may be sent again. An answer that is not whole is not believed: a read decides. IsNotFound is true for the error
// if there is no such function, version or alias.
func (c *Client) SetAsyncConfig(ctx context.Context, urn URN, in AsyncConfig) error {
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	body, err := jsonBody(in)
	if err != nil {
		return err
	}
	whole := func(data []byte) error {
		got, odd, err := decodeObject[asyncAnswer](data)
		if err != nil {
			return err
		}
		return errors.Join(odd.needAll(), ofAsync(urn)(got))
	}
	return c.assured(ctx, request{
		method: http.MethodPut, route: routeAsyncConfig, urn: qualified(urn), body: body, absent: goneCodes(urn),
	}, whole, func(ctx context.Context) (bool, error) {
		got, err := c.AsyncConfigNow(ctx, urn)
		if IsNotFound(err) {
			return false, nil
		}
		return err == nil && got.equal(in), err
	})
}

// DeleteAsyncConfig takes the settings away, so that the defaults hold: DELETE .../{urn}/async-invoke-config (contract
// 3.19). Where there are none that is fine. An answer other than the promised 204 is not believed: a read decides.
func (c *Client) DeleteAsyncConfig(ctx context.Context, urn URN) error {
	if err := c.CheckURN(ctx, urn); err != nil {
		return err
	}
	err := c.assured(ctx, request{
		method: http.MethodDelete, route: routeAsyncConfig, urn: qualified(urn), absent: goneCodes(urn),
		promises: http.StatusNoContent,
	}, nil, func(ctx context.Context) (bool, error) {
		_, err := c.AsyncConfigNow(ctx, urn)
		return isGone(err)
	})
	if IsNotFound(err) {
		return nil
	}
	return err
}

// LogsAsyncStatus says whether the project logs the states of asynchronous calls at all: GET
// /v2/{project_id}/fgs/functions/async-status-log-detail (contract 3.20).
func (c *Client) LogsAsyncStatus(ctx context.Context) (bool, error) {
	type detail struct {
		Group  string `json:"group_id"`
		Stream string `json:"stream_id"`
	}
	got, err := fetch(ctx, c, request{method: http.MethodGet, route: routeAsyncLog}, func(*detail) error { return nil })
	return err == nil && got.Group+got.Stream != "", err
}
