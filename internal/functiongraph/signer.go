// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

const (
	signingAlgorithm = "SDK-HMAC-SHA256"
	dateHeader       = "X-Sdk-Date"
	dateLayout       = "20060102T150405Z"
)

// Sign returns the Authorization header of a request after contract 1.5. It signs exactly the headers that are passed,
// X-Sdk-Date with the time of signing among them; "Host" is the host with its port, if the URL has one. bodyHash is
// the hex SHA-256 of the body's bytes, of none for a request without body.
func Sign(accessKey, secretKey, method string, u *url.URL, header http.Header, bodyHash string) string {
	names, canonicalHeaders := canonicalHeaders(header)
	request := strings.Join([]string{
		method, canonicalPath(u.Path), canonicalQuery(u.Query()), canonicalHeaders, names, bodyHash,
	}, "\n")
	hash := sha256.Sum256([]byte(request))
	toSign := strings.Join([]string{signingAlgorithm, header.Get(dateHeader), hex.EncodeToString(hash[:])}, "\n")
	mac := hmac.New(sha256.New, []byte(secretKey)) // the key is used as it is, without a derivation
	mac.Write([]byte(toSign))
	return signingAlgorithm + " Access=" + accessKey + ", SignedHeaders=" + names +
		", Signature=" + hex.EncodeToString(mac.Sum(nil))
}

// canonicalHeaders returns the lower-case names joined by ";", and one line for each header, in the same order.
func canonicalHeaders(header http.Header) (names, lines string) {
	values := make(map[string]string, len(header))
	sorted := make([]string, 0, len(header))
	for name, v := range header {
		lower := strings.ToLower(name)
		values[lower] = strings.TrimSpace(strings.Join(v, ","))
		sorted = append(sorted, lower)
	}
	slices.Sort(sorted)
	var b strings.Builder
	for _, name := range sorted {
		b.WriteString(name + ":" + values[name] + "\n")
	}
	return strings.Join(sorted, ";"), b.String()
}

// canonicalPath escapes each segment of the plain path, ":" and "!" too, and ends it with a slash.
func canonicalPath(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = escapeStrict(s)
	}
	return strings.TrimSuffix(strings.Join(segments, "/"), "/") + "/"
}

func canonicalQuery(query url.Values) string {
	keys := make([]string, 0, len(query))
	for key := range query {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var pairs []string
	for _, key := range keys {
		values := slices.Clone(query[key])
		slices.Sort(values)
		for _, value := range values {
			pairs = append(pairs, escapeStrict(key)+"="+escapeStrict(value))
		}
	}
	return strings.Join(pairs, "&")
}

// escapeStrict percent-encodes all bytes but A-Z a-z 0-9 - _ . and ~.
func escapeStrict(s string) string {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(unreserved, s[i]) >= 0 {
			b.WriteByte(s[i])
			continue
		}
		b.Write([]byte{'%', digits[s[i]>>4], digits[s[i]&15]})
	}
	return b.String()
}
