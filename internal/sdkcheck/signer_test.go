// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package sdkcheck_test compares the client and the emulator with the official SDK of the service, as a third opinion.
// It is a module of its own, so that nothing of the SDK reaches the provider.
package sdkcheck_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
)

const signingDate = "20260102T030405Z"

// signed is a request that both signers get.
type signed struct {
	method, path, body, accessKey, secretKey string
	query                                    url.Values
	header                                   map[string]string
}

func (s signed) bySDK(t *testing.T) string {
	t.Helper()
	b := request.NewHttpRequestBuilder().WithEndpoint("https://functiongraph.cn-north-4.myhuaweicloud.com").
		WithPath(s.path).WithMethod(s.method).AddHeaderParam("X-Sdk-Date", signingDate).WithBody("body", s.body)
	for key, values := range s.query {
		b.AddQueryParam(key, reflect.ValueOf(values))
	}
	for name, value := range s.header {
		b.AddHeaderParam(name, value)
	}
	headers, err := signer.Sign(b.Build(), s.accessKey, s.secretKey)
	if err != nil {
		t.Fatal(err)
	}
	return headers["Authorization"]
}

func (s signed) byUs() string {
	header := http.Header{"X-Sdk-Date": {signingDate}}
	for name, value := range s.header {
		// The SDK leaves these out of the signature; our signer signs what it is given.
		if !strings.HasPrefix(strings.ToLower(name), "content-type") && !strings.Contains(name, "_") {
			header[name] = []string{value}
		}
	}
	sum := sha256.Sum256([]byte(s.body))
	u := &url.URL{Path: s.path, RawQuery: s.query.Encode()}
	return functiongraph.Sign(s.accessKey, s.secretKey, s.method, u, header, hex.EncodeToString(sum[:]))
}

func (s signed) compare(t *testing.T) {
	t.Helper()
	if sdk, ours := s.bySDK(t), s.byUs(); sdk != ours {
		t.Errorf("%+v\nSDK:  %s\nours: %s", s, sdk, ours)
	}
}

// random makes requests from a fixed seed: all kinds of bytes in paths, queries, headers and bodies.
func random(r *rand.Rand) signed {
	alphabet := []rune("abzAZ09-_.~ /:!%+&=?#;,'\"()*@$[]{}|\\^`<>\näü中😀\u0000\u007f\u2028")
	text := func(most int) string {
		var b strings.Builder
		for range r.IntN(most + 1) {
			b.WriteRune(alphabet[r.IntN(len(alphabet))])
		}
		return b.String()
	}
	s := signed{
		method: []string{"GET", "PUT", "POST", "DELETE"}[r.IntN(4)],
		path:   "/" + text(60), body: text(300), accessKey: "AK" + text(10), secretKey: "SK" + text(20),
		query:  url.Values{},
		header: map[string]string{"Content-Type": "application/json"},
	}
	for range r.IntN(4) {
		key := text(8)
		for range 1 + r.IntN(3) {
			s.query.Add(key, text(12))
		}
	}
	for i := range r.IntN(4) {
		s.header[fmt.Sprintf("X-Header-%d", i)] = " " + strings.ReplaceAll(text(12), "\n", "") + "\t"
	}
	if r.IntN(2) == 0 {
		s.header["X_Underscore"] = "ignored"
	}
	return s
}

func TestSigner_random(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		random(r).compare(t)
	}
}

func FuzzSigner(f *testing.F) {
	f.Add("GET", "/v2/p/fgs/functions/urn:fss:r:p:function:default:demo:!prod/config", "", "", "", "v")
	f.Add("POST", "/v2/p/fgs/functions", "func_name", "a b+c/ä", `{"func_name":"demo"}`, " x ")
	f.Add("DELETE", "", "=", "&", "\x00\xff", "")
	f.Add("PUT", "//a//", "k", "%2F", "%", "\t")
	f.Fuzz(func(t *testing.T, method, path, key, value, body, header string) {
		signed{
			method: method, path: path, body: body, accessKey: "AccessKey", secretKey: "SecretKey",
			query:  url.Values{key: {value, key}},
			header: map[string]string{"X-Header": header, "Content-Type": "application/json"},
		}.compare(t)
	})
}
