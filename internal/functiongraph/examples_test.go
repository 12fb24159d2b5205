// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// sampleDoc is what the documents' samples of create, publish, import and list versions have in common (contract 8): no
// func_id, no offset in the time, and the version of the working copy whatever was published.
const sampleDoc = `{"func_urn":"{fn}","func_name":"demo","domain_id":"14ee","namespace":"46b6",` +
	`"project_name":"xxxxx",` +
	`"package":"default","runtime":"Node.js6.10","timeout":3,"handler":"test.handler","memory_size":128,"cpu":300,` +
	`"code_type":"inline","code_filename":"index.js","code_size":272,"digest":"faa825575c45","version":"latest",` +
	`"image_name":"latest-191025153727@zehht","last_modified":"2019-10-25 15:37:27","strategy_config":{"concurrency":0}}`

// TestExamples: each example of the documents and of the contract is believed, at once. Checks of what an answer must
// have are never stricter than these.
func TestExamples(t *testing.T) {
	t.Parallel()
	function := testURN.String()
	create := func(ctx context.Context, c *Client) error {
		_, err := c.CreateFunction(ctx, CreateFunctionRequest{Name: "demo"})
		return err
	}
	publish := func(ctx context.Context, c *Client) error {
		_, err := c.PublishVersion(ctx, testURN, PublishVersionRequest{Version: "v1"})
		return err
	}
	versions := func(ctx context.Context, c *Client) error {
		_, err := c.Versions(ctx, testURN)
		return err
	}
	createAlias := func(ctx context.Context, c *Client) error {
		_, err := c.CreateAlias(ctx, testURN, "prod", AliasRequest{Version: "v1"})
		return err
	}
	reserved := func(ctx context.Context, c *Client) error {
		_, err := c.ReservedInstances(ctx, testURN)
		return err
	}
	for name, v := range map[string]struct {
		call     callOf
		answer   string
		requests int
	}{
		"create, 002":                {create, strings.Replace(sampleDoc, `{fn}`, `{fn}:latest`, 1), 1},
		"create, an image (3.1)":     {create, `{"func_urn":"{fn}:latest","func_name":"demo","package":"default","runtime":"http","timeout":3,"memory_size":128,"code_type":"Custom-Image-Swr","version":"latest"}`, 1},
		"publish, 000 and 001":       {publish, sampleDoc, 1},
		"publish, sane (V22)":        {publish, strings.Replace(sampleDoc, `"version":"latest"`, `"version":"v1"`, 1), 1},
		"list versions, 004":         {versions, `{"versions":[` + sampleDoc + `],"next_marker":5}`, 2},
		"list versions, section 9":   {versions, `{"versions":[{"func_urn":"{fn}:latest","version":"latest"},{"func_urn":"{fn}:v1","version":"v1"}],"next_marker":2,"count":2}`, 1},
		"alias, 3.11":                {createAlias, `{"name":"prod","version":"v1","description":"","last_modified":"…","alias_urn":"{fn}:!prod","additional_version_weights":{"v2":10}}`, 1},
		"reserved, nothing (3.18.2)": {reserved, `{"reserved_instances":null,"page_info":null,"count":0}`, 1},
		"reserved, one row (1.8)":    {reserved, `{"reserved_instances":[{"function_urn":"{fn}:latest","qualifier_type":"alias","qualifier_name":"prod","min_count":1}],"page_info":{"next_marker":1,"previous_marker":0,"current_count":1},"count":1}`, 2},
		"max instances, section 9": {func(ctx context.Context, c *Client) error { return c.SetMaxInstances(ctx, testURN, 0) },
			`{"func_urn":"{fn}:latest","func_name":"demo","version":"latest","strategy_config":{"concurrency":0,` +
				`"concurrent_num":1}}`, 1},
		"update code, 3.6": {func(ctx context.Context, c *Client) error {
			_, err := c.UpdateCode(ctx, testURN, Code{Type: CodeTypeZip})
			return err
		}, `{"func_urn":"{fn}","func_name":"demo","runtime":"Python3.9","code_type":"zip","func_code":{"file":"","link":""}}`,
			1},
		"log detail, OTC (3.20)": {func(ctx context.Context, c *Client) error {
			_, err := c.LogConfig(ctx, testURN)
			return err
		}, `{"group_id":"ccd3fa30","stream_id":"5b4944dd","stream_name":"demo"}`, 1},
		"list functions, nothing": {func(ctx context.Context, c *Client) error {
			_, err := c.Functions(ctx, FunctionFilter{Name: "x"})
			return err
		}, `{"functions":null,"next_marker":0,"count":0}`, 1},
		"triggers, SMN (1.9)": {func(ctx context.Context, c *Client) error {
			_, err := c.Triggers(ctx, testURN)
			return err
		}, `[{"trigger_id":"9a14","trigger_type_code":"SMN","trigger_status":"ACTIVE",` +
			`"event_data":{"topic_urn":"urn:smn:x"}}]`, 1},
	} {
		c, s := scripted(t, step{status: http.StatusOK, body: strings.ReplaceAll(v.answer, "{fn}", function)})
		if err := v.call(t.Context(), c); err != nil || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests, want %d", name, err, len(s.requests()), v.requests)
		}
	}
}
