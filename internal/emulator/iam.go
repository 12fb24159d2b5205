// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"time"
)

// tokenValidity is that of IAM's tokens (contract 1.4).
const tokenValidity = 24 * time.Hour

// listProjects is GET /v3/projects?name= (contract 1.2).
func (s *Server) listProjects(c *call) (any, *Error) {
	projects := []map[string]any{}
	if name := c.query.Get("name"); name == "" || name == s.opts.ProjectName {
		projects = append(projects, map[string]any{
			"id": s.opts.ProjectID, "name": s.opts.ProjectName, "domain_id": s.opts.DomainID,
			"enabled": true, "is_domain": false, "parent_id": s.opts.DomainID,
		})
	}
	links := map[string]any{"self": "https://" + c.http.Host + c.http.URL.RequestURI(), "previous": nil, "next": nil}
	return map[string]any{"projects": projects, "links": links}, nil
}

// tokenRequest is the body of POST /v3/auth/tokens (contract 1.4). Members beyond it do no harm.
type tokenRequest struct {
	Auth struct {
		Identity struct {
			Methods  []string `json:"methods"`
			Password struct {
				User struct {
					Name     string `json:"name"`
					Password string `json:"password"`
					Domain   struct {
						ID   string `json:"id"`
						Name string `json:"name"`
					} `json:"domain"`
				} `json:"user"`
			} `json:"password"`
		} `json:"identity"`
		Scope struct {
			Project struct {
				ID   string `json:"id"`
				Name string `json:"name"`
			} `json:"project"`
		} `json:"scope"`
	} `json:"auth"`
}

// createToken issues a token that is valid for 24 hours of the emulator's clock.
func (s *Server) createToken(c *call) (any, *Error) {
	var request tokenRequest
	if err := json.Unmarshal(c.body.text, &request); err != nil {
		return nil, &Error{Status: http.StatusBadRequest, Code: iamCode, Message: "The request body is invalid."}
	}
	user, project := request.Auth.Identity.Password.User, request.Auth.Scope.Project
	if user.Name != s.opts.User || user.Password != s.opts.Password || user.Domain.Name+user.Domain.ID == "" {
		return nil, &Error{Status: http.StatusUnauthorized, Code: iamCode, Message: "The username or password is wrong."}
	}
	if project.Name != s.opts.ProjectName && project.ID != s.opts.ProjectID {
		return nil, &Error{Status: http.StatusUnauthorized, Code: iamCode,
			Message: "The project of the scope does not exist."}
	}
	token := s.newID(64)
	s.tokens[token] = issued{as: "user", ends: c.at.Add(tokenValidity)}
	return reply{
		status: http.StatusCreated,
		header: http.Header{"X-Subject-Token": {token}},
		body: map[string]any{"token": map[string]any{
			"methods": []string{"password"}, "issued_at": iamTime(c.at), "expires_at": iamTime(c.at.Add(tokenValidity)),
			"project": map[string]any{"id": s.opts.ProjectID, "name": s.opts.ProjectName},
			"user":    map[string]any{"name": s.opts.User},
		}},
	}, nil
}

func iamTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// iamCode marks an error that is answered in IAM's own shape (contract 1.6), whose code is the status.
const iamCode = "IAM"

func iamEnvelope(err *Error) map[string]any {
	return map[string]any{"error": map[string]any{
		"code": err.Status, "message": err.Message, "title": http.StatusText(err.Status),
	}}
}
