// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/hmac"
	"strings"
	"time"
)

// maxSkew is how far X-Sdk-Date may be from the service's time (contract 1.5).
const maxSkew = 15 * time.Minute

// sdkDate is the layout of X-Sdk-Date.
const sdkDate = "20060102T150405Z"

// unsignedPayload is what the SDK sends as the body's hash when it does not hash it.
const unsignedPayload = "UNSIGNED-PAYLOAD"

// authenticate applies the verifier table of contract 1.5.
func (s *Server) authenticate(c *call) *Error {
	header := c.http.Header
	switch {
	case header.Get("Authorization") != "":
		return s.checkSignature(c)
	case header.Get("X-Auth-Token") != "":
		err := s.checkToken(header.Get("X-Auth-Token"), c.at)
		if err == nil {
			c.as = s.tokenOwner(header.Get("X-Auth-Token"))
		}
		return err
	default:
		return unauthorised("neither Authorization nor X-Auth-Token is given")
	}
}

// maxUnknownBody bounds what is kept of the body of somebody unknown.
const maxUnknownBody = 64 << 10

// keeps is how much of a request's body is kept in memory: as much as its headers entitle it to. A body that is longer
// is read, counted and forgotten.
func (s *Server) keeps(c *call) int64 {
	header := c.http.Header
	switch {
	case c.route.open:
		return maxUnknownBody
	case header.Get("Authorization") != "":
		given, ok := parseAuthorization(header.Get("Authorization"))
		if _, known := s.keyOf(given.access); !ok || !known || s.checkDate(header.Get("X-Sdk-Date"), c.at) != nil {
			return maxUnknownBody
		}
		if limit := s.signedLimit(); limit > 0 {
			return limit
		}
	case s.checkToken(header.Get("X-Auth-Token"), c.at) != nil:
		return maxUnknownBody
	}
	return s.longestBody()
}

// longestBody is more than the longest body that the service takes: Base64 of an import package or an archive.
func (s *Server) longestBody() int64 {
	return int64(max(orDefault(s.opts.Switches.ImportSizeMB, 300), maxArchive>>20)) << 20 / 2 * 3
}

// signedLimit bounds a signed body; not positive: nothing does.
func (s *Server) signedLimit() int64 {
	return int64(orDefault(s.opts.Switches.SignedBodyLimitMB, 12)) << 20
}

func (s *Server) checkToken(token string, now time.Time) *Error {
	if token == s.opts.Token {
		return nil
	}
	known, ok := s.tokens[token]
	if !ok {
		return unauthorised("decrypt token fail")
	}
	if !now.Before(known.ends) {
		return unauthorised("the token expires")
	}
	return nil
}

func (s *Server) checkSignature(c *call) *Error {
	if limit := s.signedLimit(); limit > 0 && c.body.size > limit {
		return tooLarge("APIGW.0201", "Bad request: the body of a signed request is larger than %d MB", limit>>20)
	}
	given, ok := parseAuthorization(c.http.Header.Get("Authorization"))
	key, known := s.keyOf(given.access)
	if !ok || !known {
		return unauthorised("verify aksk signature fail")
	}
	if err := s.checkDate(c.http.Header.Get("X-Sdk-Date"), c.at); err != nil {
		return err
	}
	if !given.signs("x-sdk-date") || !s.signatureMatches(c, given, key.secret) {
		return unauthorised("verify aksk signature fail")
	}
	if err := checkSecurityToken(c, key); err != nil {
		return err
	}
	c.as, c.temporary = key.as, key.securityToken != ""
	return nil
}

func (s *Server) checkDate(text string, now time.Time) *Error {
	date, err := time.Parse(sdkDate, text)
	if err != nil {
		return unauthorised("verify aksk signature fail, X-Sdk-Date is not " + sdkDate)
	}
	if skew := now.Sub(date).Abs(); skew > maxSkew {
		return unauthorised("the time skew between request and server is " + skew.String())
	}
	return nil
}

// checkSecurityToken takes the token whether it was signed (as the SDK does) or added afterwards (golangsdk): where it
// was signed, the signature has covered it already (contract 1.4).
func checkSecurityToken(c *call, key issued) *Error {
	if c.http.Header.Get("X-Security-Token") != key.securityToken {
		return unauthorised("decrypt token fail, X-Security-Token does not belong to the access key")
	}
	if !key.ends.IsZero() && !c.at.Before(key.ends) {
		return unauthorised("the token expires")
	}
	return nil
}

func (s *Server) signatureMatches(c *call, given authorization, secretKey string) bool {
	hash := c.body.sha256
	if declared := c.http.Header.Get("X-Sdk-Content-Sha256"); declared != "" {
		// Rule 7 takes the declared hash. One that is neither the body's nor the marker is refused: an assumption
		// that only a client with a wrong hash can notice.
		if declared != unsignedPayload && declared != hash {
			return false
		}
		hash = declared
	}
	canonical := canonicalRequest(c.http, given.signedHeaders, hash)
	want := signature(secretKey, c.http.Header.Get("X-Sdk-Date"), canonical)
	return hmac.Equal([]byte(want), []byte(given.signature))
}

// authorization is the parsed header of step 11.
type authorization struct {
	access        string
	signedHeaders []string
	signature     string
}

func (a authorization) signs(name string) bool {
	for _, signed := range a.signedHeaders {
		if signed == name {
			return true
		}
	}
	return false
}

func parseAuthorization(text string) (authorization, bool) {
	rest, ok := strings.CutPrefix(text, algorithm+" ")
	if !ok {
		return authorization{}, false
	}
	values := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, found := strings.Cut(strings.TrimSpace(part), "=")
		if !found || value == "" {
			return authorization{}, false
		}
		values[name] = value
	}
	a := authorization{values["Access"], strings.Split(values["SignedHeaders"], ";"), values["Signature"]}
	return a, len(values) == 3 && a.access != "" && values["SignedHeaders"] != "" && a.signature != ""
}
