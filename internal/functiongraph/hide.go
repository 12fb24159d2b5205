// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// What the service says in a failure may quote what was sent. Texts of failures are shown and logged, so everything in
// them that must not be seen is hidden first: credentials, and the values of environment variables. Those of user_data
// count too: the user may have marked them as sensitive, of which a provider is not told.

// hidden stands for what was taken out of a text.
const hidden = "(hidden)"

// plainLength is how long a value is at least that is searched for as it is. Shorter ones, which would tear words of
// the service apart, are hidden where they stand in quotes.
const plainLength = 6

// hide returns a text without the client's credentials and without the values that the request carried.
func (k *call) hide(text string) string {
	secrets := slices.Concat(k.credentials.values(), k.secrets)
	text = signatures.ReplaceAllString(text, "${1}"+hidden)
	return newHider(secrets).Replace(text)
}

// signatures are those of an Authorization header: good for another request within some minutes (contract 1.5).
var signatures = regexp.MustCompile(`(?i)(Signature=)[0-9a-f]{16,}`)

func (k credentials) values() []string {
	return []string{k.accessKey, k.secretKey, k.securityToken, k.token}
}

// newHider replaces each secret in every form in which a text may quote it. Longer forms go first: one secret may be a
// part of another.
func newHider(secrets []string) *strings.Replacer {
	forms := []string{}
	for _, secret := range secrets {
		forms = append(forms, formsOf(secret)...)
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), cmp.Compare(a, b)) })
	pairs := make([]string, 0, 2*len(forms))
	for _, form := range slices.Compact(forms) {
		pairs = append(pairs, form, hidden)
	}
	return strings.NewReplacer(pairs...)
}

// formsOf gives the ways in which a text may write a value: as it is, escaped for JSON (once, and as user_data twice: it
// is JSON within JSON), for a URL, and in Base64.
func formsOf(secret string) []string {
	if secret == "" {
		return nil
	}
	once := escaped(secret)
	if len(secret) < plainLength {
		return []string{`"` + once + `"`, `\"` + escaped(once) + `\"`}
	}
	return []string{
		secret, once, escaped(once), plainEscaped(secret), plainEscaped(plainEscaped(secret)),
		url.QueryEscape(secret), url.PathEscape(secret),
		base64.RawStdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret)),
	}
}

// escaped is the inside of a JSON string, with <, > and & escaped, too.
func escaped(text string) string {
	encoded, _ := json.Marshal(text) // a string always has a JSON form
	return string(encoded[1 : len(encoded)-1])
}

// plainEscaped leaves <, > and & as they are, as most writers of JSON do.
func plainEscaped(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // as above
	return strings.TrimSuffix(b.String(), "\n")[1 : b.Len()-2]
}

// secrets are the values of all environment variables of a request.
func (s FunctionSettings) secrets() []string {
	var out []string
	for _, text := range []*string{s.UserData, s.EncryptedUserData} {
		if text == nil || *text == "" {
			continue
		}
		values := map[string]string{}
		_ = json.Unmarshal([]byte(*text), &values) // what is no object of texts is hidden as a whole
		if len(values) == 0 {
			out = append(out, *text)
		}
		for _, value := range values {
			out = append(out, value)
		}
	}
	return out
}
