// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"fmt"
	"maps"
	"strings"
	"testing"
)

// functionN is the URN of one of many functions.
func functionN(n int) URN {
	urn := testURN
	urn.Name = fmt.Sprint("demo", n)
	return urn
}

// triggerRows writes the triggers from..to of a project.
func triggerRows(from, to int) string {
	var list []string
	for i := from; i < to; i++ {
		list = append(list, fmt.Sprintf(`{"trigger_id":"t","trigger_type_code":"TIMER","event_data":{"name":"n%d"},`+
			`"func_urn":%q}`,
			i, functionN(i).WithQualifier("!live")))
	}
	return `{"triggers":[` + strings.Join(list, ",") + `],"next_marker":` + fmt.Sprint(to) + `}`
}

// TestProjectTriggers: the answer has no count (contract 3.21), so that the end is a page that brings nothing new. The
// same id at two functions is two triggers.
func TestProjectTriggers(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		answers        []string
		want, requests int
	}{
		"none":            {[]string{`{"triggers":[],"next_marker":0}`}, 0, 1},
		"one page":        {[]string{triggerRows(0, 3), triggerRows(3, 3)}, 3, 2},
		"two pages":       {[]string{triggerRows(0, 500), triggerRows(500, 503), triggerRows(503, 503)}, 503, 3},
		"small pages":     {[]string{triggerRows(0, 1), triggerRows(1, 2), triggerRows(2, 2)}, 2, 3},
		"marker ignored":  {[]string{triggerRows(0, 3)}, 3, 2},
		"no next marker":  {[]string{strings.Replace(triggerRows(0, 3), "next_marker", "x", 1), triggerRows(3, 3)}, 3, 2},
		"no rows at end":  {[]string{triggerRows(0, 3), `{"next_marker":3}`}, 3, 2},
		"null at the end": {[]string{triggerRows(0, 3), `{"triggers":null}`}, 3, 2},
		"row of nothing":  {[]string{`{"triggers":[{"trigger_id":"t","trigger_type_code":"SMN"}]}`}, 1, 2},
		"with an odd row": {[]string{strings.Replace(triggerRows(0, 2), "[", "[7,", 1), triggerRows(2, 2)}, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var steps []step
			for _, answer := range v.answers {
				steps = append(steps, step{status: 200, body: answer})
			}
			c, s := scripted(t, steps...)
			got, err := c.ProjectTriggers(t.Context())
			if err != nil || len(got) != v.want || len(s.requests()) != v.requests {
				t.Fatalf("%d rows in %d requests, %v; want %d in %d", len(got), len(s.requests()), err, v.want, v.requests)
			}
			first := s.requests()[0]
			if first.path != "/v2/"+testProject+"/fgs/triggers" || first.query != "marker=0&maxitems=500" {
				t.Errorf("asked for %s?%s", first.path, first.query)
			}
		})
	}
}

// TestSomeProjectTriggers: the first page that is not full is the last that is asked for.
func TestSomeProjectTriggers(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		answers []string
		want    int
	}{
		"none":        {[]string{triggerRows(0, 0)}, 0},
		"one page":    {[]string{triggerRows(0, 3)}, 3},
		"a full page": {[]string{triggerRows(0, 500), triggerRows(500, 500)}, 500},
		"more":        {[]string{triggerRows(0, 500), triggerRows(500, 503)}, 503},
	} {
		var steps []step
		for _, answer := range v.answers {
			steps = append(steps, step{status: 200, body: answer})
		}
		c, s := scripted(t, steps...)
		if got, err := c.SomeProjectTriggers(t.Context()); err != nil || len(got) != v.want ||
			len(s.requests()) != len(v.answers) {
			t.Errorf("%s: %d rows in %d requests, %v; want %d in %d", name, len(got), len(s.requests()), err, v.want,
				len(v.answers))
		}
	}
}

// TestProjectTriggers_notBelieved: a list that may lack something is none.
func TestProjectTriggers_notBelieved(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"no list": `{"next_marker":0}`, "an array": `[]`, "a text": `{"triggers":"none"}`,
	} {
		c, _ := scripted(t, step{status: 200, body: body})
		if got, err := c.ProjectTriggers(t.Context()); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestProjectTriggers_null: null is an empty list, of an answer that counts nothing.
func TestProjectTriggers_null(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `{"triggers":null,"next_marker":0}`})
	if got, err := c.ProjectTriggers(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("%v, %v", got, err)
	}
}

// TestProjectReservedInstances: the list of contract O27, over functions that have a version of the same name each.
func TestProjectReservedInstances(t *testing.T) {
	t.Parallel()
	page := func(from, to int) string {
		var list []string
		for i := from; i < to; i++ {
			list = append(list, fmt.Sprintf(`{"function_urn":"%s:latest","qualifier_type":"version","qualifier_name":"v1",`+
				`"min_count":1}`, functionN(i)))
		}
		return `{"reserved_instances":[` + strings.Join(list, ",") + `],"page_info":{"next_marker":1},"count":1}`
	}
	c, s := scripted(t, step{status: 200, body: page(0, 2)}, step{status: 200, body: page(2, 3)},
		step{status: 200, body: page(3, 3)})
	got, err := c.ProjectReservedInstances(t.Context())
	if err != nil || len(got) != 3 || s.requests()[0].query != "limit=500&marker=0" {
		t.Errorf("%v, %v, asked for %s", got, err, s.requests()[0].query)
	}
	c, _ = scripted(t, step{status: 200, body: `{"reserved_instances":null,"page_info":null,"count":0}`})
	if got, err := c.ProjectReservedInstances(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("none: %v, %v", got, err)
	}
	c, _ = scripted(t, step{status: 200, body: strings.ReplaceAll(page(0, 1), "function_urn", "urn")})
	if got, err := c.ProjectReservedInstances(t.Context()); err == nil {
		t.Errorf("of nobody: %v", got)
	}
}

// TestEventsAndAsyncSettings: the lists of contract 3.23 and 3.19.
func TestEventsAndAsyncSettings(t *testing.T) {
	t.Parallel()
	c, s := scripted(t, step{status: 200,
		body: `{"events":[{"id":"1","name":"smoke","last_modified":1597374286.0}],"count":1,"next_marker":1}`})
	events, err := c.Events(t.Context(), testURN.WithQualifier("v1"))
	if err != nil || len(events) != 1 || events[0].Name != "smoke" || len(s.requests()) != 1 ||
		s.requests()[0].path != functionsPath+"/"+testURN.String()+"/events" {
		t.Errorf("events: %v, %v, %+v", events, err, s.requests())
	}
	row := fmt.Sprintf(`{"func_urn":"%s:!live"}`, testURN)
	c, s = scripted(t, step{status: 200, body: `{"async_invoke_configs":[` + row + `]}`},
		step{status: 200, body: `{"async_invoke_configs":[]}`})
	settings, err := c.AsyncSettings(t.Context(), testURN)
	if err != nil || len(settings) != 1 || len(s.requests()) != 2 || s.requests()[1].query != "limit=100&marker=1" {
		t.Errorf("settings: %v, %v, %+v", settings, err, s.requests())
	}
	c, _ = scripted(t, step{status: 404, body: notFoundDoc})
	if _, err := c.Events(t.Context(), testURN); !IsNotFound(err) {
		t.Errorf("events of nothing: %v", err)
	}
	if _, err := c.AsyncSettings(t.Context(), testURN); !IsNotFound(err) {
		t.Errorf("settings of nothing: %v", err)
	}
	other := strings.Replace(row, ":demo", ":other", 1)
	c, _ = scripted(t, step{status: 200, body: `{"async_invoke_configs":null}`})
	if got, err := c.AsyncSettings(t.Context(), testURN); err != nil || len(got) != 0 {
		t.Errorf("null: %v, %v", got, err)
	}
	c, _ = scripted(t, step{status: 200, body: `{"async_invoke_configs":[` + other + `]}`})
	if got, err := c.AsyncSettings(t.Context(), testURN); err == nil {
		t.Errorf("of another function: %v", got)
	}
}

// taggedRows writes the functions from..to of a project, each with a tag.
func taggedRows(from, to, total int) string {
	var list []string
	for i := from; i < to; i++ {
		list = append(list, fmt.Sprintf(`{"resource_id":"x","resource_name":"demo%d","resource_detail":{"detailId":%q},`+
			`"tags":[{"key":"n","value":"%[1]d"}],"sys_tags":[{"key":"_sys_enterprise_project_id","value":"0"}]}`, i,
			functionN(i)))
	}
	return `{"resources":[` + strings.Join(list, ",") + `],"total_count":` + fmt.Sprint(total) + `}`
}

// TestTaggedFunctions: pages of 500 until all that the service counts are there (contract 3.17).
func TestTaggedFunctions(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		answers        []string
		want, requests int
	}{
		"none":        {[]string{taggedRows(0, 0, 0)}, 0, 1},
		"one page":    {[]string{taggedRows(0, 500, 500)}, 500, 1},
		"two pages":   {[]string{taggedRows(0, 500, 501), taggedRows(500, 501, 501)}, 501, 2},
		"small pages": {[]string{taggedRows(0, 1, 2), taggedRows(1, 2, 2)}, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var steps []step
			for _, answer := range v.answers {
				steps = append(steps, step{status: 200, body: answer})
			}
			c, s := scripted(t, steps...)
			got, err := c.TaggedFunctions(t.Context())
			if err != nil || len(got) != v.want || len(s.requests()) != v.requests {
				t.Fatalf("%d functions in %d requests, %v; want %d in %d", len(got), len(s.requests()), err, v.want, v.requests)
			}
			for i := range v.want {
				if want := map[string]string{"n": fmt.Sprint(i)}; !maps.Equal(got[functionN(i)], want) {
					t.Errorf("function %d: %v", i, got[functionN(i)])
				}
			}
			first := s.requests()[0]
			if first.method != "POST" || first.path != "/v2/"+testProject+"/functions/resource-instances/filter" ||
				first.body != `{"limit":"500","offset":"0"}` {
				t.Errorf("asked: %s %s %s", first.method, first.path, first.body)
			}
		})
	}
}

// TestTaggedFunctions_rows: a row that cannot be read whole says nothing of its function, and costs no other.
func TestTaggedFunctions_rows(t *testing.T) {
	t.Parallel()
	const good = `{"resource_detail":{"detailId":"%s"},"tags":[{"key":"a","value":"1"}]}`
	for name, row := range map[string]string{
		"no tags":       `{"resource_detail":{"detailId":"%s"}}`,
		"null":          `{"resource_detail":{"detailId":"%s"},"tags":null}`,
		"odd tags":      `{"resource_detail":{"detailId":"%s"},"tags":"none"}`,
		"odd tag":       `{"resource_detail":{"detailId":"%s"},"tags":[{"key":"a","value":1}]}`,
		"no key":        `{"resource_detail":{"detailId":"%s"},"tags":[{"value":"1"}]}`,
		"a version":     `{"resource_detail":{"detailId":"%s:v1"},"tags":[{"key":"a","value":"1"}]}`,
		"no urn":        `{"resource_id":"%s","tags":[{"key":"a","value":"1"}]}`,
		"another thing": `{"resource_detail":{"detailId":"id of %s"},"tags":[{"key":"a","value":"1"}]}`,
	} {
		body := `{"resources":[` + fmt.Sprintf(row, functionN(1)) + `,` +
			fmt.Sprintf(good, functionN(2).WithQualifier(VersionLatest)) + `],"total_count":2}`
		c, _ := scripted(t, step{status: 200, body: body})
		got, err := c.TaggedFunctions(t.Context())
		if _, listed := got[functionN(1)]; listed || err != nil ||
			!maps.Equal(got[functionN(2)], map[string]string{"a": "1"}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// TestTaggedFunctions_notBelieved: a list that is not complete is none, and one of thousands is not read to its end.
func TestTaggedFunctions_notBelieved(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		body     string
		requests int // 0 for any number
	}{
		"no count":       {strings.Replace(taggedRows(0, 3, 3), "total_count", "x", 1), 1},
		"fewer":          {taggedRows(0, 3, 4), 2}, // the same page again brings nothing new
		"too many":       {taggedRows(0, 500, 2001), 1},
		"no list":        {`{"total_count":3}`, 0},
		"a bare number":  {`3`, 0},
		"an empty list":  {`{"resources":[],"total_count":3}`, 1},
		"a number alone": {`{"resources":7,"total_count":3}`, 0},
	} {
		c, s := scripted(t, step{status: 200, body: v.body})
		got, err := c.TaggedFunctions(t.Context())
		if err == nil || got != nil {
			t.Errorf("%s: %v", name, got)
		}
		if n := len(s.requests()); v.requests != 0 && n != v.requests {
			t.Errorf("%s: %d requests, want %d", name, n, v.requests)
		}
	}
}

// TestWroteTags: a change of tags is remembered by the function, whatever became of it.
func TestWroteTags(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 403, body: `{"error_code":"FSS.0403","error_msg":"m"}`})
	if c.WroteTags(testURN) {
		t.Error("nothing was written yet")
	}
	if err := c.CreateTags(t.Context(), testURN.WithQualifier(VersionLatest), map[string]string{"a": "1"}); err == nil {
		t.Error("want a refusal")
	}
	if !c.WroteTags(testURN) || c.WroteTags(functionN(1)) {
		t.Error("not remembered, or for another function")
	}
}
