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
)

// rows writes the list rows from..to of a service that has some functions or versions.
func rows(member string, from, to int) string {
	var all []string
	for i := from; i < to; i++ {
		version, name := fmt.Sprintf("v%d", i), "demo"
		if i == 0 {
			version = "latest"
		}
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
		"no list":          {[]step{{status: 200, body: `{}`}}, "no list"},
		"not all":          {[]step{{status: 200, body: "{" + rows("versions", 0, 3) + `,"count":7}`}}, "counts 7 and gave 3"},
		"without latest":   {[]step{{status: 200, body: "{" + rows("versions", 1, 3) + `,"count":2}`}}, "latest is missing"},
		"another function": {[]step{{status: 200, body: strings.ReplaceAll("{"+rows("versions", 0, 3)+"}", ":demo", ":other")}}, "another function"},
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
	coded := func(status int, code string) step {
		return step{status: status, body: `{"error_code":"` + code + `","error_msg":"m"}`}
	}
	version := testURN.WithQualifier("v1")
	for name, v := range map[string]struct {
		answer                   step
		function, version, alias bool // taken for a success
	}{
		"function":                 {coded(404, "FSS.1051"), true, true, true},
		"version":                  {coded(404, "FSS.1052"), false, true, false},
		"alias":                    {coded(404, "FSS.1053"), false, false, true},
		"alias, by the code":       {coded(401, "FSS.1053"), false, false, true},
		"resource":                 {coded(404, "FSS.0404"), true, true, true},
		"lost, then not there":     {step{err: errReset}, true, true, true},
		"no such call":             {coded(404, "APIGW.0101"), false, false, false},
		"404 without a code":       {step{status: 404, body: "<html>"}, false, false, false},
		"in use":                   {coded(403, "FSS.1094"), false, false, false},
		"gone of something else":   {coded(404, "FSS.1056"), false, false, false},
		"of a trigger that is not": {coded(401, "FSS.0401"), false, false, false},
	} {
		for kind, remove := range map[string]struct {
			call func(c *Client) error
			ok   bool
		}{
			"function": {func(c *Client) error { return c.DeleteFunction(t.Context(), testURN) }, v.function},
			"version":  {func(c *Client) error { return c.DeleteVersion(t.Context(), version) }, v.version},
			"alias":    {func(c *Client) error { return c.DeleteAlias(t.Context(), testURN, "prod") }, v.alias},
		} {
			c, _ := scripted(t, v.answer, step{status: 404, body: notFoundDoc})
			if err := remove.call(c); (err == nil) != remove.ok {
				t.Errorf("%s, %s: %v", kind, name, err)
			}
		}
	}
}

// A deletion that is answered in a way the contract does not promise is looked at: done is done, whatever was said;
// else it is made again.
func TestDelete_unpromised(t *testing.T) {
	t.Parallel()
	gone, done := step{status: 404, body: notFoundDoc}, step{status: 204}
	version := testURN.WithQualifier("v1")
	versionDoc := strings.ReplaceAll(functionDoc, "latest", "v1")
	tags := map[string]string{"k": "v"}
	for kind, v := range map[string]struct {
		call        func(c *Client) error
		there, gone string // what a read shows
	}{
		"function": {func(c *Client) error { return c.DeleteFunction(t.Context(), testURN) }, functionDoc, ""},
		"version":  {func(c *Client) error { return c.DeleteVersion(t.Context(), version) }, versionDoc, ""},
		"alias":    {func(c *Client) error { return c.DeleteAlias(t.Context(), testURN, "prod") }, aliasDoc, ""},
		"tags": {
			func(c *Client) error { return c.DeleteTags(t.Context(), testURN, tags) },
			`{"tags":[{"key":"k","value":"v"}]}`, `{"tags":[{"key":"other","value":"v"}]}`,
		},
		"new tags": {
			func(c *Client) error { return c.CreateTags(t.Context(), testURN, tags) },
			`{"tags":[]}`, `{"tags":[{"key":"k","value":"v"}]}`,
		},
	} {
		there, after := step{status: 200, body: v.there}, gone
		if v.gone != "" {
			after = step{status: 200, body: v.gone}
		}
		for name, answer := range map[string]step{
			"empty object": {status: 200, body: `{}`}, "nothing": {status: 200}, "accepted": {status: 202}, "null": {status: 200, body: "null"},
			"page": {status: 200, body: "<html>log in</html>"}, "status": {status: 200, body: `{"status":"success"}`},
			"error": {status: 200, body: `{"error_code":"FSS.0500","error_msg":"m"}`},
		} {
			for story, s := range map[string]struct {
				steps    []step
				requests int
				ok       bool
			}{
				"done":     {[]step{answer, after}, 2, true},
				"not done": {[]step{answer, there, done}, 3, true},
				"never":    {[]step{answer, there, answer, there, answer, there, answer, there}, 8, false},
				"unknown":  {[]step{answer, {status: 403, body: `{"error_code":"FSS.0403","error_msg":"m"}`}}, 2, false},
			} {
				c, script := scripted(t, s.steps...)
				if err := v.call(c); (err == nil) != s.ok || len(script.requests()) != s.requests {
					t.Errorf("%s, %s, %s: %v after %d requests", kind, name, story, err, len(script.requests()))
				}
			}
		}
	}
	// A region without that call leaves the answer as the only word (contract O29).
	c, _ := scripted(t, step{status: 200, body: `{}`},
		step{status: 404, body: `{"error_code":"APIGW.0101","error_msg":"m"}`})
	if err := c.DeleteTags(t.Context(), testURN, tags); err != nil {
		t.Error(err)
	}
}

// TestDelete_refused: a refusal is final, whatever its code.
func TestDelete_refused(t *testing.T) {
	t.Parallel()
	for _, answered := range []string{
		`{"error_code":"FSS.0400","error_msg":"Can't delete the 'latest' version"}`,
		`{"error_code":"FSS.1309","error_msg":"m"}`,
	} {
		for name, call := range map[string]func(c *Client) error{
			"function": func(c *Client) error { return c.DeleteFunction(t.Context(), testURN) },
			"version":  func(c *Client) error { return c.DeleteVersion(t.Context(), testURN.WithQualifier("v1")) },
		} {
			c, s := scripted(t, step{status: 400, body: answered})
			var api *Error
			if err := call(c); !errors.As(err, &api) || api.Status != 400 || len(s.requests()) != 1 {
				t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
			}
		}
	}
}

// TestEach: pages are read when their rows are wanted, each row is given once, and an error comes after the rows before
// it. A list that is not complete is read again, for what was not given yet.
func TestEach(t *testing.T) {
	t.Parallel()
	page := func(from, to int) step {
		return step{status: 200, body: "{" + rows("functions", from, to) + fmt.Sprintf(`,"next_marker":%d,"count":5}`, to)}
	}
	refused := step{status: 403, body: `{"error_code":"FSS.0403","error_msg":"m"}`}
	again := []step{page(0, 2), page(2, 2), page(0, 2), page(2, 2), page(0, 2), page(2, 2)}
	for name, test := range map[string]struct {
		steps       []step
		wanted      int
		want, fails string
		requests    int
	}{
		"all":               {[]step{page(0, 2), page(2, 4), page(4, 5)}, 9, "demo0 demo1 demo2 demo3 demo4", "", 3},
		"one":               {[]step{page(0, 2), refused}, 1, "demo0", "", 1},
		"a page":            {[]step{page(0, 2), refused}, 2, "demo0 demo1", "", 1},
		"one more":          {[]step{page(0, 2), page(2, 4)}, 3, "demo0 demo1 demo2", "", 2},
		"a row again":       {[]step{page(0, 2), page(1, 3), page(3, 5)}, 9, "demo0 demo1 demo2 demo3 demo4", "", 3},
		"not complete":      {[]step{page(0, 2), page(2, 2), page(0, 5)}, 9, "demo0 demo1 demo2 demo3 demo4", "", 3},
		"stopped after all": {[]step{page(0, 2), page(2, 2), page(0, 5)}, 5, "demo0 demo1 demo2 demo3 demo4", "", 3},
		"an error":          {[]step{page(0, 2), refused}, 9, "demo0 demo1", "FSS.0403", 2},
		"never complete":    {again, 9, "demo0 demo1", "counts 5 and gave 2", len(again)},
	} {
		c, s := scripted(t, test.steps...)
		var names []string
		var failed error
		for f, err := range c.EachFunction(t.Context(), FunctionFilter{}) {
			if failed = err; err != nil {
				continue
			}
			if names = append(names, f.Name); len(names) == test.wanted {
				break
			}
		}
		if got := strings.Join(names, " "); got != test.want || len(s.requests()) != test.requests ||
			(failed != nil) != (test.fails != "") || failed != nil && !strings.Contains(failed.Error(), test.fails) {
			t.Errorf("%s: %q by %d requests: %v", name, got, len(s.requests()), failed)
		}
	}
}

// TestEachDependency: what the service gives beyond the filter is left out, as in the whole list.
func TestEachDependency(t *testing.T) {
	t.Parallel()
	const body = `{"dependencies":[{"id":"1","name":"a","owner":"public"},{"id":"2","name":"b","owner":"me"},` +
		`{"id":"3","name":"c","owner":"me"}],"count":3}`
	c, _ := scripted(t, step{status: 200, body: body}, step{status: 200, body: body}, step{status: 403, body: "{}"})
	var ids []string
	for d, err := range c.EachDependency(t.Context(), DependencyFilter{Kind: "private"}) {
		ids = append(ids, fmt.Sprint(d.ID, err))
	}
	if got := strings.Join(ids, " "); got != "2<nil> 3<nil>" {
		t.Errorf("got %s", got)
	}
	for d, err := range c.EachDependency(t.Context(), DependencyFilter{Kind: "private"}) {
		if d.ID != "2" || err != nil {
			t.Errorf("the first is %s, %v", d.ID, err)
		}
		break
	}
	for _, err := range c.EachDependency(t.Context(), DependencyFilter{Kind: "public"}) {
		if err == nil {
			t.Error("a refusal gives a dependency")
		}
	}
}
