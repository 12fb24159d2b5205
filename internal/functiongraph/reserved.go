// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// ReservedInstance says how many instances a version or an alias has that are kept ready (contract 3.18).
type ReservedInstance struct {
	FunctionURN   string `json:"function_urn"`
	QualifierType string `json:"qualifier_type"` // alias or version
	QualifierName string `json:"qualifier_name"`
	MinCount      int64  `json:"min_count"`
	IdleMode      bool   `json:"idle_mode"`
	// Tactics are the policies that raise the number by the clock or the load. Without any, the object or its lists are
	// empty, null or missing (contract 3.18.2).
	Tactics struct {
		Cron   []json.RawMessage `json:"cron_configs"`
		Metric []json.RawMessage `json:"metric_configs"`
	} `json:"tactics_config"`

	odd oddMembers
}

// keep also brings the words for the version or alias into one form: nothing says that the type is in small letters,
// and that a name never has the mark of an alias. A row without a name is that of its URN, as far as that is more than
// latest, which every row has (contract 3.18.2).
func (r *ReservedInstance) keep(odd oddMembers) {
	r.odd = odd
	if urn, err := ParseURN(r.FunctionURN); err == nil && r.QualifierName == "" && urn.Version() != VersionLatest {
		r.QualifierName = urn.Qualifier
	}
	name, marked := strings.CutPrefix(r.QualifierName, "!")
	r.QualifierName, r.QualifierType = name, strings.ToLower(r.QualifierType)
	switch {
	case marked:
		r.QualifierType = qualifierAlias
	case r.QualifierType == "" && name == VersionLatest:
		r.QualifierType = qualifierVersion
	}
}

// The values of ReservedInstance.QualifierType.
const (
	qualifierAlias   = "alias"
	qualifierVersion = "version"
)

// Qualifier is the version or alias as a URN names it; "" where the row does not say whose it is.
func (r ReservedInstance) Qualifier() string {
	switch {
	case r.QualifierName == "":
		return ""
	case r.QualifierType == qualifierAlias:
		return "!" + r.QualifierName
	case r.QualifierType == qualifierVersion:
		return r.QualifierName
	}
	return ""
}

// String says how many instances are kept ready, "" for none: a base of 0 with policies keeps some at times.
func (r ReservedInstance) String() string {
	policies := len(r.Tactics.Cron) + len(r.Tactics.Metric)
	switch {
	case policies > 0:
		return fmt.Sprintf("%d, more by policy", r.MinCount)
	case r.MinCount > 0:
		return strconv.FormatInt(r.MinCount, 10)
	}
	return ""
}

// reservedPageSize is how many rows of a function are asked for at once, and reservedProjectPageSize of a project: the
// largest page that there is (contract 3.18).
const (
	reservedPageSize        = 100
	reservedProjectPageSize = 500
)

// ReservedInstances lists those of a function, of its versions and aliases, with all pages read: GET
// /v2/{project_id}/fgs/functions/reservedinstanceconfigs (contract 3.18). Where there are none, the list may be null.
func (c *Client) ReservedInstances(ctx context.Context, urn URN) ([]ReservedInstance, error) {
	return c.reservedOf(ctx, urn, false)
}

// reservedOf is the same of something that may have been written a moment before, or whose function, version or alias
// may be that new: the call names it in its query only.
func (c *Client) reservedOf(ctx context.Context, urn URN, written bool) ([]ReservedInstance, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	return c.reserved(ctx, written || c.newborns.has(urn), url.Values{
		"function_urn": {urn.Function().WithQualifier(VersionLatest).String()}, "limit": {strconv.Itoa(reservedPageSize)},
	}, func(r ReservedInstance) error { return inFunction(urn, r.FunctionURN) })
}

// ProjectReservedInstances lists those of all functions of the project: the same call without a function (contract
// O27). Each has its FunctionURN, which names the function, and of the qualifier nothing.
func (c *Client) ProjectReservedInstances(ctx context.Context) ([]ReservedInstance, error) {
	return c.reserved(ctx, false, url.Values{"limit": {strconv.Itoa(reservedProjectPageSize)}},
		func(r ReservedInstance) error { return namesFunction(r.FunctionURN) })
}

func (c *Client) reserved(
	ctx context.Context, written bool, query url.Values, check func(ReservedInstance) error,
) ([]ReservedInstance, error) {
	return listing[ReservedInstance]{
		client: c, request: request{method: http.MethodGet, route: routeReserved, written: written},
		member: "reserved_instances", query: query, nulls: true, others: true, // it counts functions, by the documents
		key: func(r ReservedInstance) string {
			if r.QualifierName == "" {
				return ""
			}
			return r.FunctionURN + "/" + r.QualifierType + ":" + r.QualifierName
		},
		check: check, keep: (*ReservedInstance).keep,
	}.all(ctx)
}
