// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func bodyHash(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

// The vectors V1 to V4 of contract 1.5; V1 and V2 are those of the official SDK's own test.
func TestSign_vectors(t *testing.T) {
	t.Parallel()
	const project = "0123456789abcdef0123456789abcdef"
	for name, v := range map[string]struct {
		method, url, body, names, signature string
		header                              http.Header
	}{
		"V1": {
			method: "GET", url: "https://h/path?limit=1", names: "x-sdk-date",
			header:    http.Header{"X-Sdk-Date": {"20060102T150405Z"}},
			signature: "5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624",
		},
		"V2": {
			method: "POST", url: "https://h/path?key=value", body: `{"Name":"test","Id":1}` + "\n", names: "x-sdk-date",
			header:    http.Header{"X-Sdk-Date": {"20060102T150405Z"}},
			signature: "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
		},
		"V3": {
			method: "GET",
			url: "https://h/v2/" + project + "/fgs/functions/urn:fss:cn-north-4:" + project +
				":function:default:demo:!prod/config",
			names:     "x-project-id;x-sdk-date",
			header:    http.Header{"X-Sdk-Date": {"20260102T030405Z"}, "X-Project-Id": {project}},
			signature: "bd6af1af37abe1975702056e5c719c1f4585236a0180598fd4bfe67a165819b9",
		},
		"V4": {
			method: "GET", url: "https://h/v2/" + project + "/fgs/functions?func_name=a%20b&marker=0&maxitems=2",
			names: "content-type;host;x-sdk-date",
			header: http.Header{
				"X-Sdk-Date": {"20260102T030405Z"}, "Content-Type": {"application/json"},
				"Host": {"functiongraph.cn-north-4.myhuaweicloud.com"},
			},
			signature: "edea2a502e43cfac0f046bf90d7cba3dd814e5d067ab29e6f5b35430ed74c34d",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u, err := url.Parse(v.url)
			if err != nil {
				t.Fatal(err)
			}
			got := Sign("AccessKey", "SecretKey", v.method, u, v.header, bodyHash(v.body))
			want := "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=" + v.names + ", Signature=" + v.signature
			if got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

func TestEmptyHash(t *testing.T) {
	t.Parallel()
	if emptyHash != bodyHash("") {
		t.Error("emptyHash is not the hash of nothing")
	}
}

func FuzzSign(f *testing.F) {
	f.Add("/v2/p/fgs/functions/urn:fss:r:p:function:default:demo:!a/config", "a", "b c", " v ")
	f.Add("", "", "", "")
	f.Add("/ä/%2F/../x", "ключ", "~*'()", "\t")
	f.Fuzz(func(t *testing.T, path, key, value, header string) {
		u := &url.URL{Path: path, RawQuery: url.Values{key: {value, key}}.Encode()}
		h := http.Header{"X-Sdk-Date": {"20260102T030405Z"}, "X-Test": {header}}
		one, two := Sign("a", "s", "GET", u, h, emptyHash), Sign("a", "s", "GET", u, h, emptyHash)
		if one != two {
			t.Error("the signature depends on more than its arguments")
		}
		if !strings.HasPrefix(one, "SDK-HMAC-SHA256 Access=a, SignedHeaders=x-sdk-date;x-test, Signature=") {
			t.Errorf("unexpected form: %s", one)
		}
		if one == Sign("a", "other", "GET", u, h, emptyHash) {
			t.Error("the secret key does not matter")
		}
	})
}
