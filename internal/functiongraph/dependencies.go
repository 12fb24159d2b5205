// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// PublicOwner is the owner of the public dependencies.
const PublicOwner = "public"

// DependencyVersion is one version of a dependency (contract 3.22). Nothing of it ever changes.
type DependencyVersion struct {
	ID           string `json:"id"`     // what Code.DependVersionIDs names
	DependencyID string `json:"dep_id"` // what the calls about it name, with Version
	Name         string `json:"name"`
	Runtime      string `json:"runtime"`
	Owner        string `json:"owner"` // PublicOwner, or the account
	Version      int64  `json:"version"`
	Description  string `json:"description"`
	ETag         string `json:"etag"` // MD5 of the bytes only where it has 32 hex digits (contract Q41)
	Size         int64  `json:"size"` // bytes
	FileName     string `json:"file_name"`
	LastModified string `json:"last_modified"` // see ParseTime

	odd oddMembers
}

func (d *DependencyVersion) keep(odd oddMembers) { d.odd = odd }

// UnmarshalJSON takes a number or a text for the time (contract 1.9).
func (d *DependencyVersion) UnmarshalJSON(data []byte) error {
	type members DependencyVersion // without this method
	wire := struct {
		*members
		LastModified scalarText `json:"last_modified"`
	}{members: (*members)(d)}
	err := json.Unmarshal(data, &wire)
	d.LastModified = string(wire.LastModified)
	return err
}

// CreateDependencyVersionRequest says what to make: from a Blob or from a URL, one of the two.
type CreateDependencyVersionRequest struct {
	Name        string
	Runtime     string
	Description string
	Blob        *Blob  // a zip archive
	URL         string // of an archive in OBS, which the service copies
}

// CreateDependencyVersion makes the first version of a dependency, or the next one where the name is there: POST
// /v2/{project_id}/fgs/dependencies/version (contract 3.22). The archive is streamed; if it is not the announced one,
// the call fails with ErrSourceChanged and nothing was stored. It sends once, apart from tries that provably did
// nothing; a lost answer is an *AmbiguousError: sent again, it would make one version more.
func (c *Client) CreateDependencyVersion(
	ctx context.Context, in CreateDependencyVersionRequest,
) (*DependencyVersion, error) {
	wire := struct {
		Type        string `json:"depend_type"`
		URL         string `json:"depend_link,omitempty"`
		Name        string `json:"name"`
		Runtime     string `json:"runtime"`
		Description string `json:"description,omitempty"`
	}{CodeTypeOBS, in.URL, in.Name, in.Runtime, in.Description}
	var body *body
	var err error
	switch {
	case (in.Blob == nil) == (in.URL == ""):
		return nil, errors.New("a dependency version is made from an archive or from a URL, one of the two")
	case in.Blob != nil:
		wire.Type = CodeTypeZip
		body, err = blobBody(wire, `"depend_file":"`, in.Blob, `"}`)
	default:
		body, err = jsonBody(wire)
	}
	if err != nil {
		return nil, err
	}
	return fetch(ctx, c, request{method: http.MethodPost, route: routeNewDependency, body: body, once: true},
		func(d *DependencyVersion) error {
			if err := wholeDependency("", 0)(d); err != nil {
				return err
			}
			if d.DependencyID == "" {
				return errors.New("it has no dep_id")
			}
			return errors.Join(isAsked("name", d.Name, in.Name), isAsked("runtime", d.Runtime, in.Runtime))
		})
}

// DependencyVersion reads a version by the id of its dependency and its number: GET
// /v2/{project_id}/fgs/dependencies/{dependency_id}/version/{version} (contract 3.22). IsNotFound is true for the error
// if it is not there. The answer's DependencyID and Version are those that were asked for, also where the service
// leaves them out; a version of 0 counts as left out, as in a sample of the documents.
func (c *Client) DependencyVersion(
	ctx context.Context, dependencyID string, version int64,
) (*DependencyVersion, error) {
	r, err := dependencyRequest(http.MethodGet, dependencyID, version)
	if err != nil {
		return nil, err
	}
	got, err := fetch(ctx, c, r, wholeDependency(dependencyID, version))
	if err == nil {
		got.DependencyID, got.Version = dependencyID, version
	}
	return got, err
}

// DeleteDependencyVersion deletes a version, with the last one the dependency: DELETE
// /v2/{project_id}/fgs/dependencies/{dependency_id}/version/{version} (contract 3.22). One that is gone already is
// fine. IsInUse is true for the error if a function or a version of one uses it. An answer other than the promised 204
// is not believed: a read decides.
func (c *Client) DeleteDependencyVersion(ctx context.Context, dependencyID string, version int64) error {
	r, err := dependencyRequest(http.MethodDelete, dependencyID, version)
	if err != nil {
		return err
	}
	r.promises = http.StatusNoContent
	err = c.assured(ctx, r, nil, func(ctx context.Context) (bool, error) {
		_, err := c.DependencyVersion(ctx, dependencyID, version)
		return isGone(err)
	})
	if IsNotFound(err) {
		return nil
	}
	return err
}

// IsInUse says whether the service refuses a deletion because something uses what would go (contract X41).
func IsInUse(err error) bool { return HasCode(err, CodeDependencyInUse, CodePrecondition) }

// dependencyAbsent are the codes that say that a dependency, or a version of it, is not there.
var dependencyAbsent = []string{CodeDependencyNotFound, CodeNotFound, CodeGone}

// isDependencyAbsence: about a function, the code means that something is missing that the function names (contract 6).
func isDependencyAbsence(api *Error) bool {
	return api.Code == CodeDependencyNotFound && api.Status == http.StatusNotFound
}

func dependencyRequest(method, dependencyID string, version int64) (request, error) {
	if !isPathName(dependencyID) {
		return request{}, fmt.Errorf("%q is not the id of a dependency", dependencyID)
	}
	return request{
		method: method, route: routeDependencyVersion, absent: dependencyAbsent,
		names: pathNames{"dependency_id": dependencyID, "version": strconv.FormatInt(version, 10)},
	}, nil
}

// wholeDependency asks that an answer is about the version, as far as one was asked for, and has what a function and
// the next call need.
func wholeDependency(dependencyID string, version int64) func(*DependencyVersion) error {
	return func(d *DependencyVersion) error {
		if err := d.odd.need("id", "dep_id", "name", "runtime", "version", "size"); err != nil {
			return err
		}
		switch {
		case d.ID == "":
			return errors.New("it has no id")
		case d.Name == "":
			return errors.New("it has no name")
		case d.Runtime == "":
			return errors.New("it has no runtime")
		case dependencyID != "" && d.Version != 0 && d.Version != version:
			return fmt.Errorf("it is about the version %d", d.Version)
		}
		return isAsked("dep_id", d.DependencyID, firstOf(dependencyID, d.DependencyID))
	}
}
