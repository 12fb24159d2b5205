// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"net/http"
)

// LogConfig is the log group and stream in LTS that a function writes to (contract 2.4, FuncLogConfig). In an answer
// all four are empty where there are none; in a request those that are empty are not sent.
type LogConfig struct {
	GroupName  string `json:"group_name,omitempty"`
	GroupID    string `json:"group_id,omitempty"`
	StreamName string `json:"stream_name,omitempty"`
	StreamID   string `json:"stream_id,omitempty"`
}

// LogConfig reads where a function's logs go: GET .../{urn}/lts-log-detail (contract 3.20). It is the only call that
// tells the names.
func (c *Client) LogConfig(ctx context.Context, urn URN) (*LogConfig, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	got, err := fetch(ctx, c, request{
		method: http.MethodGet, route: routeLogDetail, urn: urn, absent: goneCodes(urn),
	}, (*logDetail).check)
	if err != nil {
		return nil, err
	}
	return &LogConfig{
		GroupName: valueOf(got.GroupName), GroupID: valueOf(got.GroupID),
		StreamName: valueOf(got.StreamName), StreamID: valueOf(got.StreamID),
	}, nil
}

// logDetail tells members that are empty, which is no log, from missing ones; one sample lacks the group's name.
type logDetail struct {
	GroupName  *string `json:"group_name"`
	GroupID    *string `json:"group_id"`
	StreamName *string `json:"stream_name"`
	StreamID   *string `json:"stream_id"`
}

func (d *logDetail) check() error {
	if d.GroupID == nil && d.StreamID == nil {
		return errors.New("it has neither group_id nor stream_id")
	}
	return nil
}

func valueOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}
