// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// rows writes the list rows from..to of a service that has some functions or versions.
func rows(member string, from, to int) string {
	var all []string
	for i := from; i < to; i++ {
		version, name := fmt.Sprintf("v%d", i), "demo"
		if member == "functions" {
			version, name = "latest", fmt.Sprintf("demo%d", i)
		}
		all = append(all, fmt.Sprintf(`{"func_urn":%q,"func_name":%q,"package":"default","version":%q}`,
			URN{Region: testRegion, ProjectID: testProject, Package: "default", Name: name}, name, version))
	}
	return `"` + member + `":[` + strings.Join(all, ",") + `]`
}

// The services that contract 1.8 allows: what they do with marker, and what they say about paging.
func TestPaging(t *testing.T) {
	t.Parallel()
	const total, page = 7, 3
	paged := func(member, form string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			marker, _ := strconv.Atoi(r.URL.Query().Get("marker"))
			end := min(marker+page, total)
			numbers := strings.NewReplacer("MARKER", strconv.Itoa(end), "COUNT", strconv.Itoa(total)).Replace(form)
			answer(w, "{"+rows(member, marker, end)+numbers+"}")
		}
	}
	whole := func(member, tail string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			answer(w, "{"+rows(member, 0, total)+tail+"}")
		}
	}
	for _, member := range []string{"functions", "versions"} {
		for name, v := range map[string]struct {
			handler  http.HandlerFunc
			requests int
		}{
			"paged":                       {paged(member, `,"next_marker":MARKER,"count":COUNT`), 3},
			"paged, numbers as strings":   {paged(member, `,"next_marker":"MARKER","count":"COUNT"`), 3},
			"paged, without count":        {paged(member, `,"next_marker":MARKER`), 4},
			"whole":                       {whole(member, `,"next_marker":7,"count":7`), 1},
			"whole, without numbers":      {whole(member, ``), 1},
			"whole, marker null":          {whole(member, `,"next_marker":null,"count":7`), 1},
			"whole, marker 0":             {whole(member, `,"next_marker":0`), 1},
			"whole again, without count":  {whole(member, `,"next_marker":7`), 2},
			"whole again, wrong count":    {whole(member, `,"next_marker":7,"count":9`), 2},
			"whole again, growing marker": {whole(member, `,"next_marker":"5"`), 2},
		} {
			t.Run(member+"/"+name, func(t *testing.T) {
				t.Parallel()
				requests := 0
				c := served(t, func(w http.ResponseWriter, r *http.Request) {
					requests++
					v.handler(w, r)
				})
				var got []Function
				var err error
				if member == "functions" {
					got, err = c.Functions(t.Context(), FunctionFilter{})
				} else {
					got, err = c.Versions(t.Context(), testURN)
				}
				var keys []string
				for _, f := range got {
					keys = append(keys, f.Name+":"+f.Version)
				}
				distinct := slices.Compact(slices.Sorted(slices.Values(keys)))
				if err != nil || len(got) != total || len(distinct) != total {
					t.Errorf("%v, %v", keys, err)
				}
				if requests != v.requests {
					t.Errorf("%d requests, want %d", requests, v.requests)
				}
			})
		}
	}
}

func TestPaging_errors(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		steps []step
		want  string
	}{
		"no list": {[]step{{status: 200, body: `{}`}}, "no list"},
		"on page two": {[]step{
			{status: 200, body: "{" + rows("versions", 0, 3) + `,"next_marker":3,"count":7}`},
			{status: 403, body: `{"error_code":"FSS.0403","error_msg":"m"}`},
		}, "FSS.0403"},
		"function gone": {[]step{{status: 404, body: notFoundDoc}}, "FSS.1051"},
	} {
		c, _ := scripted(t, v.steps...)
		got, err := c.Versions(t.Context(), testURN)
		if got != nil || err == nil || !strings.Contains(err.Error(), v.want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	c, _ := scripted(t, step{status: 200, body: `{"functions":null,"count":0}`})
	if got, err := c.Functions(t.Context(), FunctionFilter{}); len(got) != 0 || err != nil {
		t.Errorf("empty list as null: %v, %v", got, err)
	}
}

func TestFunctionURN(t *testing.T) {
	t.Parallel()
	c, s := scripted(t, step{status: 500})
	if got, err := c.FunctionURN(t.Context(), "default", "demo"); got != testURN || err != nil || len(s.requests()) != 0 {
		t.Errorf("with a region: %v, %v", got, err)
	}
	if _, err := c.FunctionURN(t.Context(), "default", "de/mo"); err == nil {
		t.Error("a name that would change paths was accepted")
	}

	row := `{"func_urn":"urn:fss:r-9:` + testProject + `:function:%s:%s:latest","func_name":"%[2]s","package":"%[1]s"}`
	body := `{"functions":[` + fmt.Sprintf(row, "default", "demo2") + "," + fmt.Sprintf(row, "shop", "demo") + "," +
		fmt.Sprintf(row, "default", "demo") + `],"next_marker":3,"count":3}`
	s = &script{steps: []step{{status: 200, body: body}}}
	cfg := testConfig(s)
	cfg.Region, cfg.Endpoint = "", "https://fgs.example.com"
	c = newClient(t, cfg)
	want := testURN
	want.Region = "r-9"
	if got, err := c.FunctionURN(t.Context(), "default", "demo"); got != want || err != nil {
		t.Errorf("without a region: %v, %v", got, err)
	}
	if q := s.requests()[0].query; q != "func_name=demo&marker=0&maxitems=400&package_name=default" {
		t.Errorf("query %q", q)
	}
	if _, err := c.FunctionURN(t.Context(), "default", "dem"); !IsNotFound(err) {
		t.Errorf("a part of a name: %v", err)
	}
}

func TestDelete_qualifier(t *testing.T) {
	t.Parallel()
	c, s := scripted(t, step{status: 204})
	for _, qualifier := range []string{"latest", "v1", "!prod"} {
		if err := c.DeleteFunction(t.Context(), testURN.WithQualifier(qualifier)); err == nil {
			t.Errorf("DeleteFunction accepts %q", qualifier)
		}
	}
	for _, qualifier := range []string{"", "latest", "!prod"} {
		if err := c.DeleteVersion(t.Context(), testURN.WithQualifier(qualifier)); err == nil {
			t.Errorf("DeleteVersion accepts %q", qualifier)
		}
	}
	if len(s.requests()) != 0 {
		t.Errorf("%d requests", len(s.requests()))
	}
}

func TestDelete_notFound(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		answer step
		ok     bool
	}{
		"function":             {step{status: 404, body: notFoundDoc}, true},
		"version":              {step{status: 404, body: `{"error_code":"FSS.1052","error_msg":"m"}`}, true},
		"lost, then not there": {step{err: errReset}, true},
		"no such call":         {step{status: 404, body: `{"error_code":"APIGW.0101","error_msg":"m"}`}, false},
		"404 without a code":   {step{status: 404, body: "<html>"}, false},
		"in use":               {step{status: 403, body: `{"error_code":"FSS.1094","error_msg":"m"}`}, false},
	} {
		for _, u := range []URN{testURN, testURN.WithQualifier("v1")} {
			c, _ := scripted(t, v.answer, step{status: 404, body: notFoundDoc})
			remove := c.DeleteFunction
			if u.Version() != "" {
				remove = c.DeleteVersion
			}
			if err := remove(t.Context(), u); (err == nil) != v.ok {
				t.Errorf("%s, %q: %v", name, u.Qualifier, err)
			}
		}
	}
}

// D3: a function that was just created may refuse for some seconds.
func TestDelete_shortlyAfterCreate(t *testing.T) {
	t.Parallel()
	refused := step{status: 400, body: `{"error_code":"FSS.0400","error_msg":"Can't delete"}`}
	for name, v := range map[string]struct {
		steps    []step
		ok       bool
		requests int
		took     time.Duration
	}{
		"twice":    {[]step{refused, refused, {status: 204}}, true, 3, 4 * time.Second},
		"for good": {[]step{refused}, false, 9, 16 * time.Second},
		"another code": {
			[]step{{status: 400, body: `{"error_code":"FSS.1309","error_msg":"m"}`}}, false, 1, 0,
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			c, s := scripted(t, v.steps...)
			began := time.Now()
			err := c.DeleteFunction(t.Context(), testURN)
			if (err == nil) != v.ok || len(s.requests()) != v.requests || time.Since(began) != v.took {
				t.Errorf("%s: %v after %d requests and %v", name, err, len(s.requests()), time.Since(began))
			}
		})
	}
	c, s := scripted(t, refused)
	var api *Error
	if err := c.DeleteVersion(t.Context(), testURN.WithQualifier("v1")); !errors.As(err, &api) || len(s.requests()) != 1 {
		t.Errorf("a version is not concerned: %v after %d requests", err, len(s.requests()))
	}
}
