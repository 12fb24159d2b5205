// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"html"
	"strings"
	"testing"
)

const canary = "c4n4ry-S3cr3t/Zq+81"

// knowing returns a client that has met the canary, in some earlier call, and plays steps.
func knowing(t *testing.T, steps ...step) (*Client, *script) {
	t.Helper()
	c, s := scripted(t, steps...)
	c.Hide(canary)
	return c, s
}

// TestVault: a secret is hidden in all that comes from an answer, whichever call carried it.
func TestVault(t *testing.T) {
	t.Parallel()
	whole := `{"user_data":"{\"TOKEN\":\"` + canary + `\"}","x":1}`
	for name, text := range map[string]string{
		"as it is":                    canary,
		"cut at its end":              "the value " + canary[:8],
		"cut at its start":            canary[len(canary)-8:] + " is bad",
		"its middle":                  "…" + canary[4:14] + "…",
		"Base64 of a whole":           base64.StdEncoding.EncodeToString([]byte(whole)),
		"Base64 of a whole, for URLs": base64.RawURLEncoding.EncodeToString([]byte(whole)),
		"Base64, cut at its start":    base64.StdEncoding.EncodeToString([]byte(whole))[5:],
		"Base64, cut at its end":      base64.StdEncoding.EncodeToString([]byte(whole))[:50],
		"twice":                       canary + canary,
	} {
		for where, answer := range map[string]step{
			"message":    {status: 400, body: string(mustMarshal(t, map[string]string{"error_code": "FSS.0400", "error_msg": text}))},
			"code":       {status: 400, body: string(mustMarshal(t, map[string]string{"error_code": text, "error_msg": "m"}))},
			"request id": {status: 400, header: map[string]string{"X-Request-Id": text}, body: `{"error_code":"FSS.0400","error_msg":"m"}`},
			"body's id":  {status: 401, body: string(mustMarshal(t, map[string]string{"error_code": "X.1", "error_msg": "m", "request_id": text}))},
			"encoded":    {status: 403, body: string(mustMarshal(t, map[string]string{"error_code": "X.1", "encoded_authorization_message": text}))},
			"details": {status: 400, body: string(mustMarshal(t, map[string]any{
				"error_code": "X.1", "error_msg": "m", "details": []any{map[string]string{"error_msg": text}}}))},
			"page":    {status: 404, body: "<html><p>" + html.EscapeString(text) + "</p></html>"},
			"success": {status: 200, header: map[string]string{"X-Request-Id": text}, body: text},
		} {
			t.Run(name+"/"+where, func(t *testing.T) {
				t.Parallel()
				c, _ := knowing(t, answer)
				c.maxRetries = 0
				var logged []string
				c.log = func(_ context.Context, message string, fields map[string]any) {
					logged = append(logged, fmt.Sprint(message, fields))
				}
				_, err := c.Function(t.Context(), testURN)
				if err == nil {
					t.Fatal("a success")
				}
				said := err.Error() + strings.Join(logged, " ")
				var api *Error
				if errors.As(err, &api) {
					said += fmt.Sprintf("%+v", *api)
				}
				for i := 0; i+pieceLength <= len(canary); i++ {
					if strings.Contains(said, canary[i:i+pieceLength]) {
						t.Fatalf("%q is in %s", canary[i:i+pieceLength], said)
					}
				}
				for _, run := range encodedRuns.FindAllString(said, -1) {
					for skip := range 4 {
						if decoded, _ := base64.RawStdEncoding.DecodeString(run[skip : skip+
							(len(run)-skip)/4*4]); strings.Contains(string(decoded), canary[:8]) {
							t.Fatalf("%q, which holds it, is in %s", run, said)
						}
					}
				}
			})
		}
	}
}

// TestVault_words: what reads like ordinary words stays where it may be the service's own, and goes where it is quoted.
func TestVault_words(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{})
	c.Hide("function", "production", "on", "8080", "cn-north-4", "the", "https://orders.example.com/hook",
		"correct horse battery staple", "p4$$wd")
	for text, want := range map[string]string{
		"Not found the function in production":        "Not found the function in production",
		"the region cn-north-4 has no function on it": "the region cn-north-4 has no function on it",
		`MODE is "production"`:                        `MODE is "(hidden)"`,
		"MODE=production, PORT=8080":                  "MODE=(hidden), PORT=(hidden)",
		"MODE: production.":                           "MODE: (hidden).",
		"PORT='8080'":                                 "PORT='(hidden)'",
		"productions are fine":                        "productions are fine",
		"no hook https://orders.example.com/hook":     "no hook (hidden)",
		"see https://support.example.org":             "see https://support.example.org",
		"bad: correct horse battery staple!":          "bad: (hidden)!",
		"the password p4$$wd is weak":                 "the password (hidden) is weak",
		"12380801":                                    "12380801",
	} {
		if got := c.vault.Hide(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestVault_read: variables that a read shows are hidden in what is said afterwards.
func TestVault_read(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200,
		body: bend(t, functionDoc, map[string]any{"user_data": `{"TOKEN":"` + canary + `"}`})},
		step{status: 400, body: `{"error_code":"FSS.0400","error_msg":"bad ` + canary + `"}`})
	if _, err := c.Function(t.Context(), testURN); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Tags(t.Context(), testURN); err == nil || strings.Contains(err.Error(), canary) {
		t.Errorf("got %v", err)
	}
}

// TestOutsideText: what a service says is shown without what a terminal would act on, and not without end.
func TestOutsideText(t *testing.T) {
	t.Parallel()
	const evil = "\x1b[2J\u202egone\r\n\x07"
	long := strings.Repeat("long ", 10_000)
	for name, answer := range map[string]step{
		"message": {status: 400, body: string(mustMarshal(t, map[string]string{"error_code": "FSS.0400", "error_msg": evil + long}))},
		"code":    {status: 400, body: string(mustMarshal(t, map[string]string{"error_code": "FSS.\x1b[0m" + long, "error_msg": "m"}))},
		"id":      {status: 400, header: map[string]string{"X-Request-Id": evil + long}, body: `{"error_code":"FSS.0400","error_msg":"m"}`},
		"details": {status: 400, body: string(mustMarshal(t, map[string]any{"error_code": "X.1", "error_msg": "m",
			"details": map[string]string{evil: long, "error_msg": evil + long}}))},
		"page":    {status: 400, body: "<html>" + evil + long},
		"text":    {status: 200, header: map[string]string{"X-Request-Id": evil + long}, body: evil + long},
		"another": {status: 200, body: bend(t, functionDoc, map[string]any{"version": evil + long})},
		"alias":   {status: 200, body: bend(t, functionDoc, map[string]any{"func_urn": evil + long})},
	} {
		c, _ := scripted(t, answer)
		c.maxRetries = 0
		var logged strings.Builder
		c.log = func(_ context.Context, _ string, fields map[string]any) { fmt.Fprint(&logged, fields) }
		_, err := c.Function(t.Context(), testURN)
		for _, said := range []string{err.Error(), logged.String()} {
			if strings.ContainsAny(said, "\x1b\u202e\r\n\x07") || len(said) > 4000 {
				t.Errorf("%s: %d bytes: %q", name, len(said), said[:min(len(said), 300)])
			}
		}
	}
}
