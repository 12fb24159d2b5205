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

// RunningCode reads the code of a function back: the link in the answer of GET .../{urn}/code (contract 3.5), and what
// lies there. The link stands for itself: no credentials go there. It is one attempt; an answer without a link, a place
// that does not give it, and more than most bytes are errors.
func (c *Client) RunningCode(ctx context.Context, urn URN, most int64) ([]byte, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	got, err := fetch(ctx, c, request{
		method: http.MethodGet, route: routeCode, urn: urn, absent: goneCodes(urn),
	}, func(s *storedCode) error {
		if s.Code.Link == "" {
			return &oddError{"it has no link to the code"}
		}
		return ofFunction(urn)(&Function{URN: s.URN})
	})
	if err != nil {
		return nil, err
	}
	link, err := url.Parse(got.Code.Link)
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

// storedCode is what GET code says of where the code lies. Members may be missing (contract 3.5).
type storedCode struct {
	URN  string `json:"func_urn"`
	Code struct {
		Link string `json:"link"`
	} `json:"func_code"`
}
