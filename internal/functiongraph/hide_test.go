// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
)

// TestHide: whatever way a failure quotes what was sent, nothing of it is in the error; the service's own words are.
func TestHide(t *testing.T) {
	t.Parallel()
	const password = "p&ss\"w<ord>\\ with ü/+="
	settings := FunctionSettings{
		UserData:          ptr(`{"MODE":"on","URL":"postgres://u:canary@db"}`),
		EncryptedUserData: ptr(string(mustMarshal(t, map[string]string{"PASSWORD": password, "PIN": "123"}))),
	}
	body := string(mustMarshal(t, map[string]any{"encrypted_user_data": settings.EncryptedUserData,
		"user_data": settings.UserData}))
	for name, quoted := range map[string]string{
		"raw":             password,
		"as JSON":         string(mustMarshal(t, password)),
		"as a query":      url.QueryEscape(password),
		"as a path":       url.PathEscape(password),
		"in Base64":       base64.StdEncoding.EncodeToString([]byte(password)),
		"in URL's Base64": base64.URLEncoding.EncodeToString([]byte(password)),
		"the whole body":  body,
		"short, quoted":   `PIN is "123"`,
		"plain variable":  "postgres://u:canary@db is no address",
		"credentials":     "SecretKey AccessKey",
		"a signature":     "Authorization: SDK-HMAC-SHA256 Access=AccessKey, Signature=" + strings.Repeat("0a", 32),
	} {
		for form, answer := range map[string]string{
			"service": string(mustMarshal(t,
				map[string]string{"error_code": "FSS.1009", "error_msg": "the parameter is bad: " + quoted})),
			"page": "the parameter is bad: " + quoted,
		} {
			t.Run(name+"/"+form, func(t *testing.T) {
				t.Parallel()
				c, _ := scripted(t, step{status: 400, body: answer})
				err := c.UpdateSettings(t.Context(), testURN, UpdateSettingsRequest{Name: "demo", FunctionSettings: settings})
				var api *Error
				if !errors.As(err, &api) || !strings.Contains(api.Message, "the parameter is bad") {
					t.Fatalf("err = %v", err)
				}
				for _, secret := range append(formsOf(password), `"123"`, "canary", "SecretKey", "AccessKey",
					strings.Repeat("0a", 32)) {
					if strings.Contains(err.Error(), secret) {
						t.Errorf("the error holds %q: %v", secret, err)
					}
				}
			})
		}
	}
}

func mustMarshal(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
