// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"
)

// bend returns a document with some members changed; nil takes one away.
func bend(t *testing.T, doc string, changes map[string]any) string {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal([]byte(doc), &members); err != nil {
		t.Fatal(err)
	}
	for name, value := range changes {
		if members[name] = value; value == nil {
			delete(members, name)
		}
	}
	return string(mustMarshal(t, members))
}

// TestWhole: a success that is not about what was asked, or lacks what every function has, is no answer: it is asked
// for again, and if it stays so that is an error that says what is wrong.
func TestWhole(t *testing.T) {
	t.Parallel()
	urn := func(change func(*URN)) string {
		u := testURN
		change(&u)
		return u.String()
	}
	for name, v := range map[string]struct {
		changes map[string]any
		says    string
	}{
		"no URN":               {map[string]any{"func_urn": nil}, "no func_urn"},
		"senseless URN":        {map[string]any{"func_urn": "u"}, "no URN of a function"},
		"no name":              {map[string]any{"func_name": nil}, "no func_name"},
		"no runtime":           {map[string]any{"runtime": nil}, "no runtime"},
		"empty runtime":        {map[string]any{"runtime": ""}, "no runtime"},
		"null runtime":         {map[string]any{"runtime": json.RawMessage("null")}, "no runtime"},
		"no handler":           {map[string]any{"handler": nil}, "no handler"},
		"no timeout":           {map[string]any{"timeout": nil}, "no timeout"},
		"no memory":            {map[string]any{"memory_size": 0}, "no memory_size"},
		"the URN alone":        {map[string]any{"func_name": nil, "runtime": nil, "handler": nil, "timeout": nil, "memory_size": nil}, "no func_name"},
		"another function":     {map[string]any{"func_urn": urn(func(u *URN) { u.Name = "other" }), "func_name": "other"}, ":other"},
		"another package":      {map[string]any{"func_urn": urn(func(u *URN) { u.Package = "shop" })}, ":shop:"},
		"another project":      {map[string]any{"func_urn": urn(func(u *URN) { u.ProjectID = "p" })}, ":p:"},
		"another region":       {map[string]any{"func_urn": urn(func(u *URN) { u.Region = "r-1" })}, ":r-1:"},
		"another name":         {map[string]any{"func_name": "other"}, `its func_name is "other"`},
		"a version":            {map[string]any{"version": "v1"}, `version "v1"`},
		"a version, by URN":    {map[string]any{"func_urn": testURN.WithQualifier("v1").String(), "version": nil}, `version "v1"`},
		"an alias's short URN": {map[string]any{"func_urn": "demo"}, "no URN of a function"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			bent := step{status: 200, body: bend(t, functionDoc, v.changes)}
			c, s := scripted(t, bent, step{status: 200, body: functionDoc})
			if got, err := c.Function(t.Context(), testURN); err != nil || got.Runtime != "Python3.9" || len(s.requests()) != 2 {
				t.Errorf("once: %+v, %v after %d requests", got, err, len(s.requests()))
			}
			c, s = scripted(t, bent)
			_, err := c.Function(t.Context(), testURN)
			if err == nil || IsNotFound(err) || !strings.Contains(err.Error(), v.says) || len(s.requests()) != 4 {
				t.Errorf("always: %v after %d requests", err, len(s.requests()))
			}
			// What was made may be there: nothing is made twice.
			for call, makes := range map[string]callOf{"create": testCalls()["create"], "import": testCalls()["import"]} {
				c, s = scripted(t, bent)
				var lost *AmbiguousError
				if err := makes(t.Context(), c); !errors.As(err, &lost) || len(s.requests()) != 1 {
					t.Errorf("%s: %v after %d requests", call, err, len(s.requests()))
				}
			}
		})
	}
}

// TestWhole_forms: calls differ in the form of the URN and in what they leave out (contract 2.1, 3.1).
func TestWhole_forms(t *testing.T) {
	t.Parallel()
	v1 := testURN.WithQualifier("v1")
	image := map[string]any{"handler": nil, "code_type": CodeTypeImage}
	for name, v := range map[string]struct {
		asked   URN
		changes map[string]any
		ok      bool
	}{
		"7 fields":                      {testURN, map[string]any{"func_urn": testURN.String()}, true},
		"without a version":             {testURN, map[string]any{"version": nil}, true},
		"without a package":             {testURN, map[string]any{"package": nil}, true},
		"an image without a handler":    {testURN, image, true},
		"an image by its runtime":       {testURN, map[string]any{"handler": nil, "runtime": "Custom Image"}, true},
		"a version by both":             {v1, map[string]any{"func_urn": v1.String(), "version": "v1"}, true},
		"a version by the member":       {v1, map[string]any{"func_urn": testURN.String(), "version": "v1"}, true},
		"a version by the URN":          {v1, map[string]any{"func_urn": v1.String(), "version": nil}, true},
		"latest for a version":          {v1, nil, false},
		"nothing for a version":         {v1, map[string]any{"func_urn": testURN.String(), "version": nil}, false},
		"two versions":                  {v1, map[string]any{"func_urn": v1.String(), "version": "v2"}, false},
		"an alias's version":            {testURN.WithQualifier("!prod"), map[string]any{"version": "v7"}, true},
		"an alias of another function":  {testURN.WithQualifier("!prod"), map[string]any{"func_urn": v1.String() + "x", "func_name": "x"}, false},
		"a name that differs in a case": {testURN, map[string]any{"func_name": "Demo"}, false},
	} {
		c, _ := scripted(t, step{status: 200, body: bend(t, functionDoc, v.changes)})
		if _, err := c.Function(t.Context(), v.asked); (err == nil) != v.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The answer to a publication shows the name in one of several ways (contract 2.1, V22, X13).
	for name, changes := range map[string]map[string]any{
		"by its member": {"func_urn": testURN.String(), "version": "v1"}, "by both": {"func_urn": v1.String(), "version": "v1"},
		"as latest": nil, "not at all": {"func_urn": testURN.String(), "version": nil},
	} {
		c, _ := scripted(t, step{status: 200, body: bend(t, functionDoc, changes)})
		if _, err := c.PublishVersion(t.Context(), testURN, PublishVersionRequest{Version: "v1"}); err != nil {
			t.Errorf("published, %s: %v", name, err)
		}
	}
	c, _ := scripted(t, step{status: 200,
		body: bend(t, functionDoc, map[string]any{"func_urn": testURN.String(), "version": "v2"})})
	if _, err := c.PublishVersion(t.Context(), testURN, PublishVersionRequest{Version: "v1"}); err == nil {
		t.Error("another version was taken for the one that was published")
	}
}

// TestWhole_writes: of the answers to writes it counts that they are about the object.
func TestWhole_writes(t *testing.T) {
	t.Parallel()
	other := strings.ReplaceAll(functionDoc, "demo", "other")
	for name, v := range map[string]struct {
		call callOf
		good string
	}{
		"settings": {testCalls()["put"], functionDoc},
		"instances": {func(ctx context.Context, c *Client) error { return c.SetMaxInstances(ctx, testURN, 1) },
			bend(t, functionDoc, map[string]any{"strategy_config": map[string]any{"concurrency": 1}})},
		"alias": {
			func(ctx context.Context, c *Client) error {
				return c.UpdateAlias(ctx, testURN, "prod", AliasRequest{Version: "v1"})
			}, aliasDoc,
		},
	} {
		for _, answer := range []string{"", "{}", "[]", "null", "true", other, strings.ReplaceAll(aliasDoc, "prod", "test")} {
			c, s := scripted(t, step{status: 200, body: answer}, step{status: 200, body: v.good})
			if err := v.call(t.Context(), c); err != nil || len(s.requests()) != 2 {
				t.Errorf("%s, %q: %v after %d requests", name, answer, err, len(s.requests()))
			}
			c, _ = scripted(t, step{status: 200, body: answer})
			if err := v.call(t.Context(), c); err == nil || !strings.Contains(err.Error(), "cannot be believed") {
				t.Errorf("%s, %q for ever: %v", name, answer, err)
			}
		}
	}
}

// TestWhole_upload: an upload that is not answered as promised is one only if the function has the digest of what was
// sent.
func TestWhole_upload(t *testing.T) {
	t.Parallel()
	blob := blobOf("code")
	code := Code{Type: CodeTypeZip, Blob: blob, DependVersionIDs: []string{"a", "b"}}
	done := step{status: 200, body: bend(t, functionDoc,
		map[string]any{"digest": blob.SHA512, "depend_version_list": []string{"a", "b"}})}
	half := step{status: 200, body: bend(t, functionDoc,
		map[string]any{"digest": blob.SHA512, "depend_version_list": []string{"b", "a"}})}
	not, odd := step{status: 200, body: functionDoc}, step{status: 200, body: "{}"}
	for name, v := range map[string]struct {
		steps    []step
		requests int
		ok       bool
	}{
		"done":            {[]step{odd, done}, 2, true},
		"not done":        {[]step{odd, not, done}, 3, true},
		"half done":       {[]step{odd, half, done}, 3, true},
		"never":           {[]step{odd, not, odd, not, odd, not, odd, not}, 8, false},
		"another's":       {[]step{{status: 200, body: strings.ReplaceAll(functionDoc, "demo", "x")}, done}, 2, true},
		"nobody can tell": {[]step{odd, {status: 404, body: notFoundDoc}}, 2, false},
	} {
		c, s := scripted(t, v.steps...)
		got, err := c.UpdateCode(t.Context(), testURN, code)
		if (err == nil) != v.ok || len(s.requests()) != v.requests || err == nil && got.Digest != blob.SHA512 {
			t.Errorf("%s: %+v, %v after %d requests", name, got, err, len(s.requests()))
		}
	}
}

// TestOddMembers: a member of another type is forgiven where nobody needs it. Where it is needed there is one request,
// and the text has no names of this program.
func TestOddMembers(t *testing.T) {
	t.Parallel()
	values := map[string]any{"a text": "x", "a number": 7.5, "an object": map[string]any{}, "a list": []any{1},
		"true or false": true}
	for member, fits := range map[string]string{
		"runtime": "a text", "timeout": "", "memory_size": "", "func_urn": "a text", "version": "a text",
		"user_data": "a text", "func_vpc": "an object", "enable_dynamic_memory": "true or false", "digest": "a text",
		"cpu": "", "status": "", "namespace": "a text", "unknown": "",
	} {
		always := []string{"runtime", "timeout", "memory_size", "func_urn", "version"}
		settings := append([]string{"user_data", "func_vpc", "enable_dynamic_memory", "digest"}, always...)
		for kind, value := range values {
			if kind == fits {
				continue
			}
			for name, v := range map[string]struct {
				needs  []Need
				needed []string
			}{"a version": {nil, always}, "settings": {[]Need{NeedSettings}, settings}} {
				c, s := scripted(t, step{status: 200, body: bend(t, functionDoc, map[string]any{member: value})})
				got, err := c.Function(t.Context(), testURN, v.needs...)
				if len(s.requests()) != 1 {
					t.Errorf("%s, %s is %s: %d requests", name, member, kind, len(s.requests()))
				}
				needed := strings.Contains(" "+strings.Join(v.needed, " ")+" ", " "+member+" ")
				switch {
				case !needed && (err != nil || got.Handler != "index.handler"):
					t.Errorf("%s, %s is %s: %v", name, member, kind, err)
				case needed && (err == nil || !strings.Contains(err.Error(), "member "+member+" is ") || hasGoNames(err.Error())):
					t.Errorf("%s, %s is %s: %v", name, member, kind, err)
				}
			}
		}
	}
}

func hasGoNames(text string) bool {
	for _, name := range []string{"struct", "functiongraph.", "int64", "json:", "Unmarshal", "Go "} {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// TestOddMembers_alias: all of an alias is needed, but for its time.
func TestOddMembers_alias(t *testing.T) {
	t.Parallel()
	for member, value := range map[string]any{
		"name": 1, "version": 1, "description": 1, "additional_version_weights": "x", "additional_version_strategy": []int{1},
		"alias_urn": 1,
	} {
		c, s := scripted(t, step{status: 200, body: bend(t, aliasDoc, map[string]any{member: value})})
		if _, err := c.Alias(t.Context(), testURN, "prod"); err == nil || len(s.requests()) != 1 || hasGoNames(err.Error()) {
			t.Errorf("%s: %v after %d requests", member, err, len(s.requests()))
		}
	}
	for name, changes := range map[string]map[string]any{
		"another name": {"name": "test"}, "no version": {"version": nil}, "no name": {"name": nil},
		"of another function": {"alias_urn": strings.ReplaceAll(testURN.String(), "demo", "other") + ":!prod"},
	} {
		c, s := scripted(t, step{status: 200, body: bend(t, aliasDoc, changes)}, step{status: 200, body: aliasDoc})
		if got, err := c.Alias(t.Context(), testURN, "prod"); err != nil || got.Version != "v1" || len(s.requests()) != 2 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// TestLists_odd: one odd row does not cost the others, and what is no list is no answer.
func TestLists_odd(t *testing.T) {
	t.Parallel()
	good := `{"func_urn":"` + testURN.String() + `","func_name":"demo","package":"default","version":"latest"}`
	second := `{"func_name":"second","package":"default","version":"v1","timeout":"x","runtime":{}}`
	for name, v := range map[string]struct {
		rows, tail string
		want       int
	}{
		"null row": {good + ",null", "", 1}, "text": {good + `,"x"`, `,"count":2`, 1}, "odd members": {good + "," + second, "", 2},
		"an empty row": {good + ",{}", "", 2},
	} {
		for member, list := range map[string]func(c *Client) (int, error){
			"functions": func(c *Client) (int, error) {
				got, err := c.Functions(t.Context(), FunctionFilter{})
				return len(got), err
			},
			"versions": func(c *Client) (int, error) { got, err := c.Versions(t.Context(), testURN); return len(got), err },
		} {
			c, _ := scripted(t, step{status: 200, body: `{"` + member + `":[` + v.rows + `]` + v.tail + `}`})
			if n, err := list(c); err != nil || n != v.want {
				t.Errorf("%s, %s: %d rows, %v", member, name, n, err)
			}
		}
	}
	c, _ := scripted(t, step{status: 200,
		body: `[{"name":"a","version":"v1"},null,{"name":5,"version":"v2","description":[]},7]`})
	if got, err := c.Aliases(t.Context(), testURN); err != nil || len(got) != 2 || got[1].Version != "v2" {
		t.Errorf("aliases: %+v, %v", got, err)
	}

	lists := map[string]func(c *Client) error{
		"functions": func(c *Client) error { _, err := c.Functions(t.Context(), FunctionFilter{}); return err },
		"versions":  func(c *Client) error { _, err := c.Versions(t.Context(), testURN); return err },
		"aliases":   func(c *Client) error { _, err := c.Aliases(t.Context(), testURN); return err },
		"triggers":  func(c *Client) error { _, err := c.Triggers(t.Context(), testURN); return err },
		"reserved":  func(c *Client) error { _, err := c.ReservedInstances(t.Context(), testURN); return err },
		"tags":      func(c *Client) error { _, err := c.Tags(t.Context(), testURN); return err },
	}
	for name, list := range lists {
		for _, answer := range []string{`{}`, `null`, `7`, `"x"`, `{"status":"ok"}`, `{"tags":{}}`, `{"versions":{}}`, ``} {
			c, _ := scripted(t, step{status: 200, body: answer})
			if err := list(c); err == nil || IsNotFound(err) || hasGoNames(err.Error()) {
				t.Errorf("%s, %s: %v", name, answer, err)
			}
		}
	}
}

// TestTags_null: null is an empty list; an answer without the member is none.
func TestTags_null(t *testing.T) {
	t.Parallel()
	for answer, ok := range map[string]bool{
		`{"tags":null,"sys_tags":null}`: true, `{"tags":[],"sys_tags":[]}`: true, `{"tags":[]}`: true,
		`{"sys_tags":[]}`: false, `{"tags":null}`: true, `{}`: false, `{"tags":{}}`: false, `{"tags":"x"}`: false,
	} {
		c, _ := scripted(t, step{status: 200, body: answer})
		got, err := c.Tags(t.Context(), testURN)
		if (err == nil) != ok || !maps.Equal(got, map[string]string{}) {
			t.Errorf("%s: %v, %v", answer, got, err)
		}
	}
}
