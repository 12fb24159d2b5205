// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"regexp"
	"testing"
)

// unspoken is what no text for a user has: words of Go, and holes where a value was meant.
var unspoken = regexp.MustCompile(`%!|<nil>|\bnil pointer\b|\bstruct\b|\bfunctiongraph\.[A-Z]|\bjson:|\bGo value\b|` +
	`\binterface \{\}|\bmap\[|\*errors\.|\bgoroutine\b|\btftypes\.`)

var anyRequestID = regexp.MustCompile(`(?i)request id:? [0-9a-f]+`)

// says compares what two commands say, whatever the numbers of their requests.
func (d diagnostics) says(other diagnostics) bool {
	return anyRequestID.ReplaceAllString(d.String(), "") == anyRequestID.ReplaceAllString(other.String(), "")
}

// speaksPlainly demands texts that can be understood without the source.
func speaksPlainly(t testing.TB, diags diagnostics) {
	t.Helper()
	if found := unspoken.FindString(diags.String()); found != "" {
		t.Errorf("a text has %q: %s", found, diags)
	}
}
