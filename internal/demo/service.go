// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// What the emulator accepts unless its flags say otherwise.
const (
	project = "0123456789abcdef0123456789abcdef"
	token   = "fgs-emulator-token"
	urn     = "urn:fss:cn-north-4:" + project + ":function:default:orders"
)

// service is FunctionGraph's API as somebody with a token and nothing of Terraform uses it.
type service struct{ url string }

// deployed is what the API says of a function or of one of its versions.
type deployed struct {
	Version      string `json:"version"`
	Digest       string `json:"digest"`
	LastModified string `json:"last_modified"`
	MemorySize   int    `json:"memory_size"`
}

// function reads the function as it runs now.
func (s service) function(ctx context.Context) (deployed, error) {
	var f deployed
	err := s.call(ctx, http.MethodGet, "/fgs/functions/"+urn+"/config", nil, &f)
	return f, err
}

// published lists the published versions, by name.
func (s service) published(ctx context.Context) (map[string]deployed, error) {
	var list struct{ Versions []deployed }
	if err := s.call(ctx, http.MethodGet, "/fgs/functions/"+urn+"/versions", nil, &list); err != nil {
		return nil, err
	}
	versions := map[string]deployed{}
	for _, v := range list.Versions {
		if v.Version != "latest" { // the function itself
			versions[v.Version] = v
		}
	}
	return versions, nil
}

// count is the number of functions in the project.
func (s service) count(ctx context.Context) (int, error) {
	var list struct{ Functions []json.RawMessage }
	err := s.call(ctx, http.MethodGet, "/fgs/functions", nil, &list)
	return len(list.Functions), err
}

// putCode deploys an archive, past Terraform.
func (s service) putCode(ctx context.Context, archive []byte) error {
	body := map[string]any{
		"code_type": "zip", "code_filename": "index.zip",
		"func_code": map[string]any{"file": archive}, // []byte is Base64 in JSON, as the API wants it
	}
	return s.call(ctx, http.MethodPut, "/fgs/functions/"+urn+"/code", body, nil)
}

func (s service) call(ctx context.Context, method, path string, body, into any) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("encode the request: %w", err)
		}
		content = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, s.url+"/v2/"+project+path, content)
	if err != nil {
		return fmt.Errorf("make the request: %w", err)
	}
	req.Header.Set("X-Auth-Token", token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("ask the service: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %s", method, path, resp.Status, answer)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	return nil
}
