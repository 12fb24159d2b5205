// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functionversion

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// rowOf is a row of the list of versions: its name, and how many seconds after the first it was published.
func rowOf(name string, seconds int) functiongraph.Function {
	at := time.Unix(1767225600+int64(seconds), 0).UTC().Format(time.RFC3339)
	return functiongraph.Function{Version: name, LastModified: at}
}

// Of what is beyond the number, only what is older than the version that is replaced goes, and that itself; nobody
// knows which of the same second is older.
func TestRetention_before(t *testing.T) {
	t.Parallel()
	rows := []functiongraph.Function{
		rowOf(latest, 9), rowOf("v5", 8), rowOf("theirs", 7), rowOf("v4", 5), rowOf("same", 5), rowOf("v2", 3), rowOf("", 2),
		rowOf("v1", 1),
	}
	for name, test := range map[string]struct {
		keep     int
		replaced string
		current  string
		want     []string
	}{
		"none":                             {6, "v4", "v5", nil},
		"one":                              {5, "v4", "v5", []string{"v1"}},
		"not the one of the same second":   {3, "v4", "v5", []string{"v2", "v1"}},
		"the replaced one too":             {2, "v4", "v5", []string{"v4", "v2", "v1"}},
		"not a younger one":                {1, "v4", "v5", []string{"v4", "v2", "v1"}},
		"not the current one":              {0, "v5", "v5", []string{"theirs", "v4", "same", "v2", "v1"}},
		"without the replaced one, none":   {1, "gone", "v5", nil},
		"the replaced one is the youngest": {1, "v5", "", []string{"theirs", "v4", "same", "v2", "v1"}},
	} {
		r := retention{keep: test.keep, replaced: test.replaced, current: test.current}
		if got := r.before(rows, test.keep); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// Only a refusal that says nothing else may be the quota's, and only "forbidden", or as many versions as it allows.
func TestQuotaLikely(t *testing.T) {
	t.Parallel()
	rows := func(n int) []functiongraph.Function { return make([]functiongraph.Function, n) }
	for _, test := range []struct {
		status, versions int
		code             string
		may, likely      bool
	}{
		{http.StatusForbidden, 3, "FSS.0403", true, true},
		{http.StatusBadRequest, 3, "FSS.0400", true, false},
		{http.StatusBadRequest, 9, "FSS.0400", true, false},
		{http.StatusBadRequest, 10, "FSS.0400", true, true},
		{http.StatusBadRequest, 11, "FSS.0400", true, true},
		{http.StatusBadRequest, 20, "FSS.0400", true, true},
		{http.StatusBadRequest, 21, "FSS.0400", true, true},
		{http.StatusUnauthorized, 10, "APIGW.0301", false, true},
		{http.StatusNotFound, 10, functiongraph.CodeFunctionNotFound, false, true},
		{http.StatusTooManyRequests, 10, "APIGW.0308", false, true},
		{http.StatusInternalServerError, 10, "FSS.0500", false, true},
		{http.StatusBadRequest, 10, functiongraph.CodeUnchanged, false, true},
		{http.StatusConflict, 10, functiongraph.CodeVersionExists, false, true},
		{http.StatusBadRequest, 10, functiongraph.CodeVersionName, false, true},
	} {
		err := fmt.Errorf("publishing: %w", &functiongraph.Error{Status: test.status, Code: test.code})
		if got := mayBeQuota(err); got != test.may {
			t.Errorf("mayBeQuota of %d %s is %t", test.status, test.code, got)
		}
		if got := quotaLikely(err, rows(test.versions)); got != test.likely {
			t.Errorf("quotaLikely of %d with %d versions is %t", test.status, test.versions, got)
		}
	}
	if mayBeQuota(http.ErrHandlerTimeout) {
		t.Error("an answer that never came is no refusal")
	}
}
