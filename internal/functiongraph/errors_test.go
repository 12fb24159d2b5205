// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestError_decoding(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		status        int
		header        map[string]string
		body          string
		code, message string
		details       string
		requestID     string
	}{
		"service": {
			status: 404, body: notFoundDoc, header: map[string]string{"X-Request-Id": "r1"},
			code: "FSS.1051", message: "Not found the function", requestID: "r1",
		},
		"gateway": {
			status: 401, body: `{"error_msg":"Incorrect","error_code":"APIGW.0301","request_id":"r2"}`,
			code: "APIGW.0301", message: "Incorrect", requestID: "r2",
		},
		"IAM, nested": {
			status: 401, body: `{"error":{"code":401,"message":"no","title":"Unauthorized"}}`,
			header: map[string]string{"X-IAM-Trace-Id": "r3"}, message: "no", requestID: "r3",
		},
		"IAM, flat": {status: 403, body: `{"error_code":"IAM.0002","error_msg":"no"}`, code: "IAM.0002", message: "no"},
		"details, an object": {
			status: 400, code: "FSS.1011", message: "zip: not a valid zip file", details: "Invalid function code.",
			body: `{"error_code":"FSS.1011","error_msg":"zip: not a valid zip file",` +
				`"details":{"error_msg":"Invalid function code."}}`,
		},
		"details, an array": {
			status: 400, code: "X.1", message: "m", details: "one; field: two",
			body: `{"error_code":"X.1","error_msg":"m","details":[{"error_msg":"one"},{"field":"two","n":3},null,{}]}`,
		},
		"details, a text":   {status: 400, body: `{"error_code":"X.1","error_msg":"m","details":"d"}`, code: "X.1", message: "m", details: "d"},
		"details, null":     {status: 400, body: `{"error_code":"X.1","error_msg":"m","details":null}`, code: "X.1", message: "m"},
		"details, empty":    {status: 400, body: `{"error_code":"X.1","error_msg":"m","details":[]}`, code: "X.1", message: "m"},
		"details, a number": {status: 400, body: `{"error_code":"X.1","error_msg":"m","details":7}`, code: "X.1", message: "m"},
		"details, the same": {status: 400, body: `{"error_code":"X.1","error_msg":"m: d","details":["d","d"]}`, code: "X.1", message: "m: d"},
		"details alone":     {status: 400, body: `{"error_code":"X.1","details":{"message":"d"}}`, code: "X.1", message: "d"},
		"details, nested":   {status: 400, body: `{"error":{"error_code":"X.1","error_msg":"m","details":"d"}}`, code: "X.1", message: "m", details: "d"},
		"code":              {status: 400, body: `{"code":"X.1","message":"m"}`, code: "X.1", message: "m"},
		"nested code":       {status: 400, body: `{"error":{"error_code":"X.1","error_msg":"m"}}`, code: "X.1", message: "m"},
		"error text": {
			status: 400, body: `{"error":"bad"}`, message: `an answer that is not FunctionGraph's: {"error":"bad"}`,
		},
		"empty": {status: 404, message: "an answer without text"},
		"HTML": {
			status: 404, body: "<html><head><style>b{}</style><title>404\n Not Found</title></head></html>",
			message: "an answer that is not FunctionGraph's: 404 Not Found",
		},
		"long": {
			status: 400, body: strings.Repeat("ä", 300),
			message: "an answer that is not FunctionGraph's: " + strings.Repeat("ä", 200) + "…",
		},
		"cut": {
			status: 400, body: `{"error_code":"FSS.04`, message: `an answer that is not FunctionGraph's: {"error_code":"FSS.04`,
		},
		"no body": {status: 302, message: "an answer without text", header: map[string]string{"Location": "/x"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, s := scripted(t, step{status: v.status, body: v.body, header: v.header})
			_, err := c.Function(t.Context(), testURN)
			var api *Error
			if !errors.As(err, &api) {
				t.Fatalf("got %v", err)
			}
			if api.Status != v.status || api.Code != v.code || api.Message != v.message || api.RequestID != v.requestID ||
				api.Details != v.details {
				t.Errorf("got %+v", api)
			}
			if api.Method != "GET" || api.Route != "/v2/{project_id}/fgs/functions/{urn}/config" {
				t.Errorf("call %s %s", api.Method, api.Route)
			}
			if len(s.requests()) != 1 {
				t.Errorf("%d requests", len(s.requests()))
			}
		})
	}
}

func TestError_text(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]*Error{
		"GET /x: Not found (FSS.1051, HTTP 404, request id r)": {
			Status: 404, Code: "FSS.1051", Message: "Not found", RequestID: "r", Method: "GET", Route: "/x",
		},
		"GET /x: odd: plain (HTTP 400)": {Status: 400, Message: "odd", Details: "plain", Method: "GET", Route: "/x"},
		"GET /x: odd (HTTP 400)":        {Status: 400, Message: "odd", Method: "GET", Route: "/x"},
	} {
		if e.Error() != want {
			t.Errorf("got %q, want %q", e, want)
		}
	}
}

// TestIsRefusal: a rule is one whatever its code; what is not there, not allowed to ask or not the service's is none.
func TestIsRefusal(t *testing.T) {
	t.Parallel()
	for want, answers := range map[bool][]Error{
		true: {
			{Status: 400, Code: CodeInvalidParameter}, {Status: 400, Code: "FSS.1015"}, {Status: 403, Code: CodeForbidden},
			{Status: 409, Code: "FSS.0409"}, {Status: 412, Code: "FSS.0428"}, {Status: 428, Code: "FSS.0428"},
		},
		false: {
			{Status: 404, Code: CodeVersionNotFound}, {Status: 401, Code: CodeUnauthorized}, {Status: 429, Code: "FSS.0429"},
			{Status: 500, Code: CodeInternal}, {Status: 403, Code: "APIGW.0302"}, {Status: 400},
		},
	} {
		for _, api := range answers {
			if got := IsRefusal(fmt.Errorf("wrapped: %w", &api)); got != want {
				t.Errorf("HTTP %d %s: %t", api.Status, api.Code, got)
			}
		}
	}
	if IsRefusal(errNoAnswer) {
		t.Error("no answer is no refusal")
	}
}

// TestIsNotFound: each call has its own codes for "that is not there". Another one says nothing about it.
func TestIsNotFound(t *testing.T) {
	t.Parallel()
	function := func(ctx context.Context, c *Client) error { _, err := c.Function(ctx, testURN); return err }
	version := func(ctx context.Context, c *Client) error {
		_, err := c.Function(ctx, testURN.WithQualifier("v1"))
		return err
	}
	byAlias := func(ctx context.Context, c *Client) error {
		_, err := c.Function(ctx, testURN.WithQualifier("!prod"))
		return err
	}
	alias := func(ctx context.Context, c *Client) error { _, err := c.Alias(ctx, testURN, "prod"); return err }
	aliases := func(ctx context.Context, c *Client) error { _, err := c.Aliases(ctx, testURN); return err }
	versions := func(ctx context.Context, c *Client) error { _, err := c.Versions(ctx, testURN); return err }
	trigger := func(ctx context.Context, c *Client) error {
		_, err := c.Trigger(ctx, testURN, "TIMER", "t-1")
		return err
	}
	updateTrigger := func(ctx context.Context, c *Client) error {
		return c.UpdateTrigger(ctx, testURN.WithQualifier("!prod"), "TIMER", "t-1",
			UpdateTriggerRequest{Status: TriggerActive})
	}
	createTrigger := func(ctx context.Context, c *Client) error {
		_, err := c.CreateTrigger(ctx, testURN.WithQualifier("v1"), CreateTriggerRequest{Type: "SMN", EventData: struct{}{}})
		return err
	}
	triggers := func(ctx context.Context, c *Client) error {
		_, err := c.Triggers(ctx, testURN.WithQualifier("!prod"))
		return err
	}
	dependency := func(ctx context.Context, c *Client) error { _, err := c.DependencyVersion(ctx, "d-1", 2); return err }
	dependencies := func(ctx context.Context, c *Client) error { _, err := c.DependencyVersions(ctx, "d-1"); return err }
	code := func(ctx context.Context, c *Client) error { _, err := c.UpdateCode(ctx, testURN, Code{}); return err }
	const ofTriggers = "FSS.1131 FSS.1132 FSS.1136 FSS.1138 FSS.1140 FSS.1174 "
	settings := func(ctx context.Context, c *Client) error {
		return c.UpdateSettings(ctx, testURN, UpdateSettingsRequest{Name: "demo"})
	}
	for name, v := range map[string]struct {
		call   callOf
		status int
		codes  string // those that say so
	}{
		"function":           {function, 404, "FSS.1051 FSS.0404"},
		"function, gone":     {function, 410, "FSS.1051 FSS.0404 FSS.0410"},
		"version":            {version, 404, "FSS.1051 FSS.1052 FSS.0404"},
		"version by alias":   {byAlias, 404, "FSS.1051 FSS.1052 FSS.1053 FSS.0404"},
		"alias":              {alias, 404, "FSS.1051 FSS.1053 FSS.0404"},
		"alias, by the code": {alias, 401, "FSS.1053"},
		"list of aliases":    {aliases, 404, "FSS.1051"},
		"list of versions":   {versions, 404, "FSS.1051"},
		"settings":           {settings, 404, "FSS.1051 FSS.0404"},
		"another status":     {function, 400, ""},
		"code":               {code, 404, "FSS.1051 FSS.0404"},
		"trigger":            {trigger, 404, ofTriggers + "FSS.1051 FSS.0404"},
		"trigger, forbidden": {trigger, 403, ""},
		"trigger, update":    {updateTrigger, 404, ofTriggers + "FSS.1051 FSS.1052 FSS.1053 FSS.0404"},
		"trigger, create":    {createTrigger, 404, "FSS.1051 FSS.1052"},
		"list of triggers":   {triggers, 404, "FSS.1051 FSS.1052 FSS.1053"},
		"dependency":         {dependency, 404, "FSS.1056 FSS.0404"},
		"dependency, 412":    {dependency, 412, ""},
		"its versions":       {dependencies, 404, "FSS.1056 FSS.0404"},
	} {
		for _, code := range append(strings.Fields(ofTriggers),
			"FSS.1137", "FSS.1171", "FSS.1033", "FSS.1051", "FSS.1052", "FSS.1053", "FSS.1056", "FSS.0404", "FSS.0410",
			"FSS.0401", "APIGW.0101", "") {
			if code == "FSS.0410" && v.status == 404 {
				continue
			}
			c, _ := scripted(t, step{status: v.status, body: fmt.Sprintf(`{"error_code":%q,"error_msg":"m"}`, code)})
			err := v.call(t.Context(), c)
			want := code != "" && strings.Contains(v.codes, code)
			if err == nil || IsNotFound(err) != want || IsNotFound(fmt.Errorf("reading: %w", err)) != want {
				t.Errorf("%s, %s: %v", name, code, err)
			}
		}
	}
	for _, err := range []error{nil, errors.New("FSS.1051"), &MismatchError{Part: "region"},
		&Error{Status: 404, Code: "FSS.1051"}} {
		if IsNotFound(err) {
			t.Errorf("of no call: %v", err)
		}
	}
}

func TestHasCode(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("creating: %w", &Error{Status: 409, Code: CodeFunctionExists})
	if !HasCode(err, CodeVersionExists, CodeFunctionExists) || HasCode(err, CodeVersionExists) || HasCode(err) ||
		HasCode(nil, CodeFunctionExists) || HasCode(errors.New(CodeFunctionExists), CodeFunctionExists) {
		t.Error("wrong")
	}
}

func TestAnswer_senseless(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"empty":            "",
		"HTML":             "<html>login</html>",
		"cut":              functionDoc[:40],
		"no function":      `{}`,
		"null":             `null`,
		"array":            `[]`,
		"error in success": notFoundDoc,
		"trailing text":    functionDoc + "x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A read is repeated, and the good answer after it counts.
			c, s := scripted(t, step{status: 200, body: body}, step{status: 200, body: functionDoc})
			f, err := c.Function(t.Context(), testURN)
			if err != nil || f.Name != "demo" || len(s.requests()) != 2 {
				t.Errorf("%+v, %v after %d requests", f, err, len(s.requests()))
			}
			// If it stays so, it is an error, and never "not found".
			c, s = scripted(t, step{status: 200, body: body})
			f, err = c.Function(t.Context(), testURN)
			if f != nil || err == nil || IsNotFound(err) || len(s.requests()) != 4 {
				t.Errorf("%+v, %v after %d requests", f, err, len(s.requests()))
			}
			// A publish is not repeated.
			c, s = scripted(t, step{status: 200, body: body})
			_, err = c.PublishVersion(t.Context(), testURN, PublishVersionRequest{})
			var lost *AmbiguousError
			if !errors.As(err, &lost) || len(s.requests()) != 1 {
				t.Errorf("publish: %v after %d requests", err, len(s.requests()))
			}
		})
	}
}
