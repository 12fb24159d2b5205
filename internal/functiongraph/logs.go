// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
)

// LogConfig is the log group and stream in LTS that a function writes to (contract 2.4, FuncLogConfig). All four are
// empty where there are none.
type LogConfig struct {
	GroupName  string `json:"group_name"`
	GroupID    string `json:"group_id"`
	StreamName string `json:"stream_name"`
	StreamID   string `json:"stream_id"`
}

// LogConfig reads where a function's logs go: GET .../{urn}/lts-log-detail (contract 3.20). It is the only call that
// tells the names.
func (c *Client) LogConfig(ctx context.Context, urn URN) (*LogConfig, error) {
	if err := c.checkURN(ctx, urn); err != nil {
		return nil, err
	}
	return fetch[LogConfig](ctx, c, request{method: http.MethodGet, route: routeLogDetail, urn: urn})
}
