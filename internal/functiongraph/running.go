// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// RunningCode reads the code of a function back: the link in the answer of GET .../{urn}/code (contract 3.5), and
// what lies there. The link stands for itself: no credentials go there. It is one attempt; an answer without a link,
// a place that does not give it, and more than most bytes are errors.
func (c *Client) RunningCode(ctx context.Context, urn URN, most int64) ([]byte, error) {
	got, err := c.StoredCode(ctx, urn)
	if err != nil {
		return nil, err
	}
	link, err := url.Parse(got.Link)
	if err != nil || link.Scheme != "https" && (link.Scheme != "http" || !isLoopback(link.Hostname())) {
		return nil, errors.New("the link to the code is no https address")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link.String(), nil)
	if err != nil {
		return nil, errors.New("the link to the code is no address")
	}
	resp, err := c.transport.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("cannot read the code at %s: %w", link.Host, err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot read the code at %s: %w", link.Host, err)
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("cannot read the code at %s: HTTP %d", link.Host, resp.StatusCode)
	case int64(len(content)) > most:
		return nil, fmt.Errorf("the code at %s has more than %d bytes", link.Host, most)
	}
	return content, nil
}

// StoredCode is where the code of a function or a version lies, and what it is. What the answer lacks is empty; a
// link it always has.
type StoredCode struct {
	Link     string // a download address that needs no credentials, for a while
	Type     string // code_type
	Filename string
	Digest   string // SHA-512 of the code, hex
	Size     int64  // bytes
}

// storedCode is what GET code says of where the code lies. Members may be missing (contract 3.5).
type storedCode struct {
	URN      string `json:"func_urn"`
	Version  string `json:"version"`
	Type     string `json:"code_type"`
	Filename string `json:"code_filename"`
	Digest   string `json:"digest"`
	Size     int64  `json:"code_size"`
	Code     struct {
		Link string `json:"link"`
	} `json:"func_code"`

	odd oddMembers
}

func (s *storedCode) keep(odd oddMembers) { s.odd = odd }

// of asks that it is about what was asked; which version it is about, the answer need not say.
func (s *storedCode) of(asked URN) error {
	f := &Function{URN: s.URN, Version: s.Version}
	if err := ofFunction(asked)(f); err != nil {
		return err
	}
	if got, _ := ParseURN(s.URN); firstOf(got.Version(), s.Version) == "" { // ofFunction has checked it
		return nil
	}
	return ofVersion(asked)(f)
}

// StoredCode asks where the code of a function, a version or an alias's version lies: GET .../{urn}/code (contract
// 3.5). An answer without a link, such as one about an image, is an error. The link opens the code to whoever has it,
// so that no text shows it.
func (c *Client) StoredCode(ctx context.Context, urn URN) (*StoredCode, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	got, err := fetch(ctx, c, request{
		method: http.MethodGet, route: routeCode, urn: urn, absent: goneCodes(urn),
	}, func(s *storedCode) error {
		if err := s.odd.need("func_urn", "func_code"); err != nil {
			return err
		}
		if s.Code.Link == "" {
			return &oddError{"it has no link to the code"}
		}
		return s.of(urn)
	})
	if err != nil {
		return nil, err
	}
	c.Hide(got.Code.Link)
	return &StoredCode{
		Link: got.Code.Link, Type: got.Type, Filename: got.Filename, Digest: got.Digest, Size: got.Size,
	}, nil
}
