// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"net/http"
	"net/url"
	"time"
)

// credentials are an access key, with a security token if it is temporary, or a token.
type credentials struct {
	accessKey, secretKey, securityToken string
	token                               string
}

// MaxSignedBody is how many bytes the gateway takes of a request that is signed with an access key (contract 1.5, 2.6).
const MaxSignedBody = 12 << 20

// Signs says that requests are signed with an access key, so that MaxSignedBody holds; else they carry a token.
func (c *Client) Signs() bool {
	return c.credentials.signs()
}

func (k credentials) signs() bool {
	return k.token == ""
}

// authorize sets the headers that prove who asks. All headers that are set by then are signed, and the host;
// User-Agent is set later, because proxies change it.
func (k credentials) authorize(method string, u *url.URL, header http.Header, bodyHash string, now time.Time) {
	if !k.signs() {
		header.Set("X-Auth-Token", k.token)
		return
	}
	header.Set(dateHeader, now.UTC().Format(dateLayout))
	if k.securityToken != "" {
		header.Set("X-Security-Token", k.securityToken)
	}
	signed := header.Clone()
	signed.Set("Host", u.Host)
	header.Set("Authorization", Sign(k.accessKey, k.secretKey, method, u, signed, bodyHash))
}
