// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/json"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// What the service says in a failure may quote what was sent, now or before. Texts of failures are shown and logged, so
// everything in them that must not be seen is hidden first: credentials, and the values of environment variables. Those
// of user_data count too: the user may have marked them as sensitive, of which a provider is not told.

// Hide makes the client hide values in everything that it says of an answer, also of calls that did not carry them.
func (c *Client) Hide(values ...string) {
	c.vault.Add(values...)
}

// Show makes a text that came from the service fit to be shown: without what must not be seen, and without what a
// terminal would act on, cut after most bytes. Line breaks stay.
func (c *Client) Show(text string, most int) string {
	return printable.Lines(c.vault.Hide(text), most)
}

func (k Credentials) values() []string {
	return []string{k.AccessKey, k.SecretKey, k.SecurityToken, k.Token}
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
