// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// algorithm is the only signing algorithm that is modelled.
const algorithm = "SDK-HMAC-SHA256"

// canonicalRequest builds the text of step 8 of contract 1.5 from what arrived.
func canonicalRequest(r *http.Request, signedHeaders []string, bodyHash string) string {
	return strings.Join([]string{
		r.Method,
		canonicalURI(r.URL.Path),
		canonicalQuery(r.URL.Query()),
		canonicalHeaders(r, signedHeaders),
		strings.Join(signedHeaders, ";"),
		bodyHash,
	}, "\n")
}

// signature is steps 9 and 10.
func signature(secretKey, date, canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(algorithm + "\n" + date + "\n" + hex.EncodeToString(sum[:])))
	return hex.EncodeToString(mac.Sum(nil))
}

// canonicalURI is step 5: each segment encoded, always with a slash at the end.
func canonicalURI(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = encode(segment)
	}
	uri := strings.Join(segments, "/")
	if !strings.HasSuffix(uri, "/") {
		uri += "/"
	}
	return uri
}

// canonicalQuery is step 6: sorted by raw key, then by raw value.
func canonicalQuery(query url.Values) string {
	pairs := []string{}
	for _, key := range slices.Sorted(maps.Keys(query)) {
		for _, value := range slices.Sorted(slices.Values(query[key])) {
			pairs = append(pairs, encode(key)+"="+encode(value))
		}
	}
	return strings.Join(pairs, "&")
}

// canonicalHeaders is step 4, each line with its newline.
func canonicalHeaders(r *http.Request, signed []string) string {
	var out strings.Builder
	for _, name := range signed {
		out.WriteString(name + ":" + strings.TrimSpace(headerValue(r, name)) + "\n")
	}
	return out.String()
}

// headerValue finds the two headers too that net/http keeps elsewhere.
func headerValue(r *http.Request, name string) string {
	switch name {
	case "host":
		return r.Host
	case "content-length":
		return strconv.FormatInt(r.ContentLength, 10)
	default:
		return r.Header.Get(name)
	}
}

// encode percent-encodes all but A-Z a-z 0-9 - _ . ~ and never writes + for a space.
func encode(text string) string {
	const hexDigits = "0123456789ABCDEF"
	var out strings.Builder
	for i := range len(text) {
		if char := text[i]; isUnreserved(char) {
			out.WriteByte(char)
		} else {
			out.WriteString("%" + hexDigits[char>>4:char>>4+1] + hexDigits[char&15:char&15+1])
		}
	}
	return out.String()
}

func isUnreserved(char byte) bool {
	return 'a' <= char && char <= 'z' || 'A' <= char && char <= 'Z' || '0' <= char && char <= '9' ||
		strings.IndexByte("-_.~", char) >= 0
}
