// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// project is the id of the client's project, or the name to look it up by.
type project struct {
	name string

	mu     sync.Mutex
	id     string
	lookup *projectLookup // the one under way, nil if none is
}

type projectLookup struct {
	done chan struct{}
	id   string
	err  error
	gone bool // the caller who made the request gave up, which is no answer for the others
}

// ProjectID returns the configured project id, or looks it up in IAM by the project's name (contract 1.2). Callers at
// the same time share one lookup. A failed one is not kept: the next caller tries again.
func (c *Client) ProjectID(ctx context.Context) (string, error) {
	for {
		look, leader, id := c.project.join()
		switch {
		case look == nil:
			return id, nil
		case leader:
			return c.lead(ctx, look)
		}
		select {
		case <-look.done:
		case <-ctx.Done():
			return "", ctxError(ctx)
		}
		if !look.gone {
			return look.id, look.err
		}
	}
}

// join returns the id if it is known, else the lookup under way or a new one that the caller must lead.
func (p *project) join() (look *projectLookup, leader bool, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.id != "" {
		return nil, false, p.id
	}
	if p.lookup != nil {
		return p.lookup, false, ""
	}
	p.lookup = &projectLookup{done: make(chan struct{}), err: errors.New("the project lookup did not end")}
	return p.lookup, true, ""
}

// lead makes the request. Deferred, so that a panic below does not leave the others waiting.
func (c *Client) lead(ctx context.Context, look *projectLookup) (string, error) {
	defer func() {
		c.project.mu.Lock()
		c.project.id, c.project.lookup = look.id, nil
		c.project.mu.Unlock()
		close(look.done)
	}()
	look.id, look.err = c.findProject(ctx)
	look.gone = look.err != nil && ctx.Err() != nil
	return look.id, look.err
}

func (c *Client) findProject(ctx context.Context) (string, error) {
	name := c.project.name
	if name == "" {
		return "", errors.New("neither a project id nor a project name nor a region is configured")
	}
	type row struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	type answer struct {
		Projects []row `json:"projects"`
	}
	list, err := fetch(ctx, c, request{method: http.MethodGet, route: routeProjects, query: url.Values{"name": {name}}},
		func(a *answer) error {
			if a.Projects == nil {
				return errors.New("it holds no list projects")
			}
			return nil
		})
	if err != nil {
		return "", fmt.Errorf("cannot look up the id of project %q in IAM: %w", name, err)
	}
	var ids []string
	for _, p := range list.Projects {
		if p.Name == name {
			ids = append(ids, p.ID)
		}
	}
	switch {
	case len(ids) == 0:
		return "", fmt.Errorf("IAM knows no project named %q for these credentials; "+
			"check the region, or set the project id", name)
	case len(ids) > 1:
		return "", fmt.Errorf("IAM knows %d projects named %q; set the project id", len(ids), name)
	case !validProject.MatchString(ids[0]):
		return "", fmt.Errorf("IAM gave project %q the id %q, which is not a project id",
			name, printable.Line(c.vault.Hide(ids[0]), maxID))
	}
	return ids[0], nil
}

// CheckURN compares a URN with the client's region and project before anything is requested: asked for a function of
// another project, the service would answer "not found", and a state would be emptied.
func (c *Client) CheckURN(ctx context.Context, urn URN) error {
	if _, err := ParseURN(urn.String()); err != nil {
		return err
	}
	if c.region != "" && urn.Region != c.region {
		return &MismatchError{Part: "region", URN: urn.String(), Got: urn.Region, Want: c.region}
	}
	id, err := c.ProjectID(ctx)
	if err != nil {
		return err
	}
	if urn.ProjectID != id {
		return &MismatchError{Part: "project", URN: urn.String(), Got: urn.ProjectID, Want: id}
	}
	return nil
}
