// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestSignatureVectors are V1 to V4 of contract 1.5, through the verifier's own canonicalisation.
func TestSignatureVectors(t *testing.T) {
	t.Parallel()
	const project = "0123456789abcdef0123456789abcdef"
	tests := []struct {
		name, method, target, body, date string
		header                           map[string]string
		signed                           []string
		want                             string
	}{
		{"V1", "GET", "/path?limit=1", "", "20060102T150405Z", map[string]string{"TEST_UNDERSCORE": "x"},
			[]string{"x-sdk-date"}, "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624"},
		{"V2", "POST", "/path?key=value", `{"Name":"test","Id":1}` + "\n", "20060102T150405Z",
			map[string]string{"Content-Type": "application/json"},
			[]string{"x-sdk-date"}, "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59"},
		{"V3", "GET",
			"/v2/" + project + "/fgs/functions/urn:fss:cn-north-4:" + project + ":function:default:demo:!prod/config",
			"", "20260102T030405Z", map[string]string{"X-Project-Id": project}, []string{"x-project-id", "x-sdk-date"},
			"bd6af1af37abe1975702056e5c719c1f4585236a0180598fd4bfe67a165819b9"},
		{"V4", "GET", "/v2/" + project + "/fgs/functions?func_name=a%20b&marker=0&maxitems=2", "", "20260102T030405Z",
			map[string]string{"Content-Type": "application/json"}, []string{"content-type", "host", "x-sdk-date"},
			"edea2a502e43cfac0f046bf90d7cba3dd814e5d067ab29e6f5b35430ed74c34d"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			req := vectorRequest(test.method, test.target, test.date, test.header)
			sum := sha256.Sum256([]byte(test.body))
			canonical := canonicalRequest(req, test.signed, hex.EncodeToString(sum[:]))
			if got := signature("SecretKey", test.date, canonical); got != test.want {
				t.Errorf("got %s, want %s, canonical request:\n%s", got, test.want, canonical)
			}
		})
	}
}

func vectorRequest(method, target, date string, header map[string]string) *http.Request {
	req := httptest.NewRequest(method, target, strings.NewReader(""))
	req.Host = "functiongraph.cn-north-4.myhuaweicloud.com"
	req.Header.Set("X-Sdk-Date", date)
	for name, value := range header {
		req.Header.Set(name, value)
	}
	return req
}
