// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

const projectsDoc = `{"projects":[{"id":"p2","name":"cn-north-4_team"},{"id":"` + testProject +
	`","name":"cn-north-4"}],"links":{}}`

func lookupConfig(s *script) Config {
	cfg := testConfig(s)
	cfg.ProjectID = ""
	return cfg
}

func TestProjectID(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		project, body string
		status        int
		want, wantErr string
		requests      int
	}{
		"by region": {body: projectsDoc, status: 200, want: testProject, requests: 1},
		"by name":   {project: "cn-north-4_team", body: projectsDoc, status: 200, want: "p2", requests: 1},
		"none":      {body: `{"projects":[]}`, status: 200, wantErr: `no project named "cn-north-4"`, requests: 1},
		"other name": {
			project: "cn-north", body: projectsDoc, status: 200, wantErr: `no project named "cn-north"`, requests: 1,
		},
		"bad id": {
			body: `{"projects":[{"id":"../x","name":"cn-north-4"}]}`, status: 200, wantErr: "not a project id", requests: 1,
		},
		"refused":       {body: `{"error":{"code":401,"message":"who?"}}`, status: 401, wantErr: "who?", requests: 1},
		"down for good": {body: "", status: 503, wantErr: "HTTP 503", requests: 4},
		"two": {
			body:   `{"projects":[{"id":"a","name":"cn-north-4"},{"id":"b","name":"cn-north-4"}]}`,
			status: 200, wantErr: "2 projects named", requests: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &script{steps: []step{{status: v.status, body: v.body}}}
			cfg := lookupConfig(s)
			cfg.ProjectName = v.project
			got, err := newClient(t, cfg).ProjectID(t.Context())
			if got != v.want || (err == nil) != (v.wantErr == "") || err != nil && !strings.Contains(err.Error(), v.wantErr) {
				t.Errorf("got %q, %v", got, err)
			}
			r := s.requests()[0]
			if len(s.requests()) != v.requests || r.path != "/v3/projects" || r.query != "name="+firstOf(v.project, testRegion) {
				t.Errorf("%d requests, the first %s?%s", len(s.requests()), r.path, r.query)
			}
			if r.header.Get("Authorization") == "" || r.header.Get("X-Project-Id") != "" {
				t.Errorf("headers %v", r.header)
			}
		})
	}
}

// The lookup is made when the first call needs it, goes to IAM's address, and is made once.
func TestProjectID_lazy(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{{status: 200, body: projectsDoc}, {status: 200, body: functionDoc}}}
	c := newClient(t, lookupConfig(s))
	for range 3 {
		if _, err := c.Function(t.Context(), testURN); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.requests()) != 4 || s.requests()[1].header.Get("X-Project-Id") != testProject {
		t.Errorf("%d requests", len(s.requests()))
	}
}

func TestProjectID_shared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{{status: 200, body: projectsDoc, delay: time.Second}}}
		c := newClient(t, lookupConfig(s))
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() {
				if id, err := c.ProjectID(t.Context()); id != testProject || err != nil {
					t.Errorf("got %q, %v", id, err)
				}
			})
		}
		group.Wait()
		if len(s.requests()) != 1 {
			t.Errorf("%d requests", len(s.requests()))
		}
	})
}

// Callers who wait share a failure, and the next caller asks again.
func TestProjectID_failureIsNotKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{
			{status: 403, body: `{"error_code":"IAM.1","error_msg":"m"}`, delay: time.Second},
			{status: 200, body: projectsDoc},
		}}
		c := newClient(t, lookupConfig(s))
		var failed atomic.Int32
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if _, err := c.ProjectID(t.Context()); HasCode(err, "IAM.1") {
					failed.Add(1)
				}
			})
		}
		group.Wait()
		if failed.Load() != 5 || len(s.requests()) != 1 {
			t.Errorf("%d failed, %d requests", failed.Load(), len(s.requests()))
		}
		if id, err := c.ProjectID(t.Context()); id != testProject || err != nil {
			t.Errorf("afterwards: %q, %v", id, err)
		}
	})
}

// That the caller who makes the request gives up does not concern the others.
func TestProjectID_leaderGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := &script{steps: []step{{delay: time.Hour}, {status: 200, body: projectsDoc}}}
		c := newClient(t, lookupConfig(s))
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := c.ProjectID(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("the leader: %v", err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			if id, err := c.ProjectID(t.Context()); id != testProject || err != nil {
				t.Errorf("the other: %q, %v", id, err)
			}
		})
		impatient, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		group.Go(func() {
			if _, err := c.ProjectID(impatient); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("the impatient: %v", err)
			}
		})
		time.Sleep(2 * time.Second)
		cancel()
		group.Wait()
	})
}

func TestMismatch(t *testing.T) {
	t.Parallel()
	otherRegion, otherProject := testURN, testURN
	otherRegion.Region, otherProject.ProjectID = "eu-west-101", "ffff"
	broken := testURN
	broken.Name = "../x"
	tags := map[string]string{"k": "v"}
	type ctx = context.Context
	drop := func(_ any, err error) error { return err }
	calls := map[string]func(context.Context, *Client, URN) error{
		"Function": func(x ctx, c *Client, u URN) error { return drop(c.Function(x, u)) },
		"UpdateSettings": func(x ctx, c *Client, u URN) error {
			return c.UpdateSettings(x, u, UpdateSettingsRequest{})
		},
		"UpdateCode":      func(x ctx, c *Client, u URN) error { return drop(c.UpdateCode(x, u, Code{})) },
		"SetMaxInstances": func(x ctx, c *Client, u URN) error { return c.SetMaxInstances(x, u, 1) },
		"DeleteFunction":  func(x ctx, c *Client, u URN) error { return c.DeleteFunction(x, u) },
		"DeleteVersion":   func(x ctx, c *Client, u URN) error { return c.DeleteVersion(x, u.WithQualifier("v1")) },
		"PublishVersion": func(x ctx, c *Client, u URN) error {
			return drop(c.PublishVersion(x, u, PublishVersionRequest{}))
		},
		"Versions":   func(x ctx, c *Client, u URN) error { return drop(c.Versions(x, u)) },
		"Aliases":    func(x ctx, c *Client, u URN) error { return drop(c.Aliases(x, u)) },
		"LogConfig":  func(x ctx, c *Client, u URN) error { return drop(c.LogConfig(x, u)) },
		"Tags":       func(x ctx, c *Client, u URN) error { return drop(c.Tags(x, u)) },
		"CreateTags": func(x ctx, c *Client, u URN) error { return c.CreateTags(x, u, tags) },
		"DeleteTags": func(x ctx, c *Client, u URN) error { return c.DeleteTags(x, u, tags) },
	}
	for name, call := range calls {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, step{status: http.StatusNotFound, body: notFoundDoc})
			for part, u := range map[string]URN{"region": otherRegion, "project": otherProject} {
				var mismatch *MismatchError
				err := call(t.Context(), c, u)
				if !errors.As(err, &mismatch) || mismatch.Part != part || IsNotFound(err) {
					t.Errorf("%s: %v", part, err)
					continue
				}
				if text := err.Error(); !strings.Contains(text, mismatch.Got) || !strings.Contains(text, mismatch.Want) ||
					mismatch.Got == mismatch.Want {
					t.Errorf("%s: the text does not name both: %s", part, text)
				}
			}
			if err := call(t.Context(), c, broken); err == nil || IsNotFound(err) {
				t.Errorf("a URN that would change the path: %v", err)
			}
			if len(s.requests()) != 0 {
				t.Errorf("%d requests", len(s.requests()))
			}
		})
	}
}

// Without a configured region only the project can be compared.
func TestMismatch_noRegion(t *testing.T) {
	t.Parallel()
	s := &script{steps: []step{{status: 200, body: functionDoc}}}
	cfg := testConfig(s)
	cfg.Region, cfg.Endpoint = "", "https://fgs.example.com"
	c := newClient(t, cfg)
	if _, err := c.Function(t.Context(), testURN); err != nil {
		t.Error(err)
	}
	other := testURN
	other.ProjectID = "ffff"
	var mismatch *MismatchError
	if _, err := c.Function(t.Context(), other); !errors.As(err, &mismatch) || len(s.requests()) != 1 {
		t.Errorf("got %v", err)
	}
}
