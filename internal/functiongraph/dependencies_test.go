// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

const (
	dependenciesPath = "/v2/" + testProject + "/fgs/dependencies"
	dependencyDoc    = `{"id":"v-2","dep_id":"d-1","owner":"14ee","link":"https://x/v-2.zip","runtime":"Python3.9",` +
		`"etag":"83863be4b6c3a86aef995dbc83aae68f","size":577118,"name":"libs","description":"d","file_name":"libs.zip",` +
		`"version":2,"last_modified":1767323045}`
	dependencyGone = `{"error_code":"FSS.1056","error_msg":"Not found the dependency"}`
)

func createLibs(ctx context.Context, c *Client) error {
	_, err := c.CreateDependencyVersion(ctx,
		CreateDependencyVersionRequest{Name: "libs", Runtime: "Python3.9", Blob: blobOf("PK")})
	return err
}

func readLibs(ctx context.Context, c *Client) error {
	_, err := c.DependencyVersion(ctx, "d-1", 2)
	return err
}

func TestDependencyVersion_decoding(t *testing.T) {
	t.Parallel()
	want := DependencyVersion{
		ID: "v-2", DependencyID: "d-1", Name: "libs", Runtime: "Python3.9", Owner: "14ee", Version: 2, Description: "d",
		ETag: "83863be4b6c3a86aef995dbc83aae68f", Size: 577118, FileName: "libs.zip", LastModified: "1767323045",
	}
	for name, v := range map[string]struct {
		changes map[string]any
		change  func(*DependencyVersion)
	}{
		"as documented":     {nil, func(*DependencyVersion) {}},
		"no dep_id":         {map[string]any{"dep_id": nil}, func(*DependencyVersion) {}},
		"a time as text":    {map[string]any{"last_modified": "2026-06-15T12:48:27+02:00"}, func(d *DependencyVersion) { d.LastModified = "2026-06-15T12:48:27+02:00" }},
		"version 0":         {map[string]any{"version": 0}, func(*DependencyVersion) {}},
		"an odd time":       {map[string]any{"last_modified": []int{}}, func(d *DependencyVersion) { d.LastModified = "" }},
		"no more than that": {map[string]any{"description": nil, "file_name": nil, "etag": nil}, func(d *DependencyVersion) { d.Description, d.FileName, d.ETag = "", "", "" }},
	} {
		expected := want
		v.change(&expected)
		doc := bend(t, dependencyDoc, v.changes)
		c, _ := scripted(t, step{status: 200, body: doc})
		one, err := c.DependencyVersion(t.Context(), "d-1", 2)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		c, _ = scripted(t, step{status: 200, body: `{"dependencies":[` + doc + `],"next_marker":1,"count":1}`})
		rows, err := c.DependencyVersions(t.Context(), "d-1")
		if err != nil || len(rows) != 1 {
			t.Fatalf("%s: %v, %v", name, rows, err)
		}
		rows[0].Version = one.Version // a row says it alone
		for _, got := range []DependencyVersion{*one, rows[0]} {
			got.odd = nil
			if !reflect.DeepEqual(got, expected) {
				t.Errorf("%s: got %+v", name, got)
			}
		}
	}
}

// TestDependency_whole: an answer that is about another version, or lacks what a function or the next call needs, is
// not believed; a creation is not sent again for it.
func TestDependency_whole(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		changes map[string]any
		read    bool // believed there
		created bool
	}{
		"no id":           {map[string]any{"id": nil}, false, false},
		"no name":         {map[string]any{"name": nil}, false, false},
		"no runtime":      {map[string]any{"runtime": nil}, false, false},
		"an odd size":     {map[string]any{"size": "big"}, false, false},
		"an odd version":  {map[string]any{"version": "2"}, false, false},
		"another version": {map[string]any{"version": 3}, false, true},
		"another dep_id":  {map[string]any{"dep_id": "d-2"}, false, true},
		"no dep_id":       {map[string]any{"dep_id": nil}, true, false},
		"another name":    {map[string]any{"name": "other"}, true, false},
		"another runtime": {map[string]any{"runtime": "Java8"}, true, false},
		"version 0":       {map[string]any{"version": 0}, true, true}, // as in the sample
		"no version":      {map[string]any{"version": nil}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc := step{status: 200, body: bend(t, dependencyDoc, v.changes)}
			c, _ := scripted(t, doc)
			if err := readLibs(t.Context(), c); (err == nil) != v.read || IsNotFound(err) {
				t.Errorf("read: %v", err)
			}
			c, s := scripted(t, doc)
			err := createLibs(t.Context(), c)
			if isAmbiguous(err) == v.created || (err == nil) != v.created || len(s.requests()) != 1 {
				t.Errorf("create: %v after %d requests", err, len(s.requests()))
			}
		})
	}
}

// TestCreateDependencyVersion_once: sent again, it would make one version more.
func TestCreateDependencyVersion_once(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]step{
		"lost": {err: errReset}, "a fault": {status: 500, body: `{"error_code":"FSS.0500"}`}, "a gateway": {status: 504}, "cut": {status: 200, body: dependencyDoc[:40]},
	} {
		c, s := scripted(t, first, step{status: 200, body: dependencyDoc})
		err := createLibs(t.Context(), c)
		if !isAmbiguous(err) || len(s.requests()) != 1 {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
	changed := blobOf("PK")
	changed.Open = func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("KP")), nil }
	c, s := scripted(t, step{status: 200, body: dependencyDoc})
	_, err := c.CreateDependencyVersion(t.Context(),
		CreateDependencyVersionRequest{Name: "libs", Runtime: "Python3.9", Blob: changed})
	if !errors.Is(err, ErrSourceChanged) || len(s.requests()) != 0 {
		t.Errorf("changed: %v after %d requests", err, len(s.requests()))
	}
	for _, in := range []CreateDependencyVersionRequest{{Name: "libs"},
		{Name: "libs", Blob: blobOf("PK"), URL: "https://b/x"}} {
		if _, err := c.CreateDependencyVersion(t.Context(), in); err == nil || len(s.requests()) != 0 {
			t.Errorf("%+v was sent: %v", in, err)
		}
	}
	for _, id := range []string{"", "."} {
		_, one := c.DependencyVersion(t.Context(), id, 1)
		_, all := c.DependencyVersions(t.Context(), id)
		if one == nil || all == nil || c.DeleteDependencyVersion(t.Context(), id, 1) == nil || len(s.requests()) != 0 {
			t.Errorf("%q is in a path", id)
		}
	}
}

func TestDeleteDependencyVersion(t *testing.T) {
	t.Parallel()
	refusal := func(status int, code string) step {
		return step{status: status, body: fmt.Sprintf(`{"error_code":%q,"error_msg":"m"}`, code)}
	}
	for name, v := range map[string]struct {
		steps    []step
		requests int
		fails    bool
		inUse    bool
	}{
		"done":              {[]step{{status: 204}}, 1, false, false},
		"gone":              {[]step{{status: 404, body: dependencyGone}}, 1, false, false},
		"lost, then gone":   {[]step{{err: errReset}, {status: 404, body: dependencyGone}}, 2, false, false},
		"odd, and gone":     {[]step{{status: 202}, {status: 404, body: dependencyGone}}, 2, false, false},
		"odd, and not done": {[]step{{status: 202}, {status: 200, body: dependencyDoc}, {status: 204}}, 3, false, false},
		"in use":            {[]step{refusal(412, "FSS.1033")}, 1, true, true},
		"in use, X41":       {[]step{refusal(428, "FSS.0428")}, 1, true, true},
		"public":            {[]step{refusal(403, "FSS.1046")}, 1, true, false},
		"another's 404":     {[]step{refusal(404, "APIGW.0101")}, 1, true, false},
	} {
		c, s := scripted(t, v.steps...)
		err := c.DeleteDependencyVersion(t.Context(), "d-1", 2)
		if (err != nil) != v.fails || IsInUse(err) != v.inUse || len(s.requests()) != v.requests {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests()))
		}
	}
}

// TestDependencies_pages: the marker behind the last page is the count, 0 or the one that was sent (contract 1.8).
func TestDependencies_pages(t *testing.T) {
	t.Parallel()
	page := func(from, to int, rest string) step {
		var rows []string
		for i := from; i < to; i++ {
			rows = append(rows, bend(t, dependencyDoc, map[string]any{"id": fmt.Sprint("d-", i), "dep_id": nil,
				"name": fmt.Sprint("libs", i%2), "owner": map[bool]string{true: "public", false: "0123"}[i%3 == 0],
				"last_modified": "2026-06-15T12:48:27+02:00"}))
		}
		return step{status: 200, body: `{"dependencies":[` + strings.Join(rows, ",") + `]` + rest + `}`}
	}
	for name, v := range map[string]struct {
		steps    []step
		requests int
	}{
		"count":       {[]step{page(0, 4, `,"next_marker":4,"count":6`), page(4, 6, `,"next_marker":6,"count":6`)}, 2},
		"0":           {[]step{page(0, 4, `,"next_marker":4,"count":6`), page(4, 6, `,"next_marker":0,"count":6`)}, 2},
		"the same":    {[]step{page(0, 4, `,"next_marker":4,"count":6`), page(4, 6, `,"next_marker":4,"count":6`)}, 2},
		"no count":    {[]step{page(0, 4, `,"next_marker":4`), page(4, 6, `,"next_marker":6`), page(6, 6, `,"next_marker":6`)}, 3},
		"at once":     {[]step{page(0, 6, `,"next_marker":0,"count":6`)}, 1},
		"as texts":    {[]step{page(0, 4, `,"next_marker":"4","count":"6"`), page(4, 6, `,"count":"6"`)}, 2},
		"overlapping": {[]step{page(0, 4, `,"next_marker":3,"count":6`), page(3, 6, `,"next_marker":6,"count":6`)}, 2},
	} {
		c, s := scripted(t, v.steps...)
		all, err := c.Dependencies(t.Context(), DependencyFilter{})
		if err != nil || len(all) != 6 || len(s.requests()) != v.requests {
			t.Errorf("%s: %d, %v after %d requests", name, len(all), err, len(s.requests()))
		}
	}
	for filter, want := range map[DependencyFilter]string{
		{Name: "libs1"}: "d-1 d-3 d-5", {Name: "libs"}: "", {Kind: "public"}: "d-0 d-3",
		{Kind: "private", Name: "libs0"}: "d-2 d-4", {Runtime: "Java8"}: "",
	} {
		c, _ := scripted(t, page(0, 6, `,"count":6`)) // a service that ignores the filter
		all, err := c.Dependencies(t.Context(), filter)
		ids := []string{}
		for _, d := range all {
			ids = append(ids, d.ID)
		}
		if got := strings.Join(ids, " "); err != nil || got != want {
			t.Errorf("%+v: %q, %v", filter, got, err)
		}
	}
	for name, body := range map[string]string{
		"no list": `{"count":1}`, "fewer than counted": `{"dependencies":[],"count":1}`, "an array": `[]`,
		"of another": `{"dependencies":[` + bend(t, dependencyDoc, map[string]any{"dep_id": "d-9"}) + `],"count":1}`,
	} {
		c, _ := scripted(t, step{status: 200, body: body})
		if got, err := c.DependencyVersions(t.Context(), "d-1"); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestUploadDependency_memory: 40 MB go through in much less memory.
func TestUploadDependency_memory(t *testing.T) { // not in parallel: other tests would be measured too
	const size = 40 << 20
	sum := sha512.New()
	if _, err := io.Copy(sum, &repeated{manyAs, size}); err != nil {
		t.Fatal(err)
	}
	var received int64
	sink := make([]byte, 64<<10)
	c := newClient(t, testConfig(roundTripper(func(r *http.Request) (*http.Response, error) {
		defer r.Body.Close()
		var err error
		for received = 0; err == nil; {
			var n int
			n, err = r.Body.Read(sink)
			received += int64(n)
		}
		if !errors.Is(err, io.EOF) {
			return nil, err
		}
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{},
			Body: io.NopCloser(strings.NewReader(dependencyDoc)), Request: r}, nil
	})))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := c.CreateDependencyVersion(t.Context(),
		CreateDependencyVersionRequest{Name: "libs", Runtime: "Python3.9", Blob: &Blob{
			Open: func() (io.ReadCloser, error) { return io.NopCloser(&repeated{manyAs, size}), nil }, Size: size,
			SHA512: hex.EncodeToString(sum.Sum(nil)),
		}})
	runtime.ReadMemStats(&after)
	if err != nil || received < size*4/3 {
		t.Fatalf("%d bytes arrived, %v", received, err)
	}
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 2<<20 {
		t.Errorf("allocated %d bytes for a file of %d", allocated, size)
	}
}

// TestDependencies_bothIDs: a row that names both ids names the dependency by dep_id.
func TestDependencies_bothIDs(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `{"dependencies":[{"id":"v-2","dep_id":"d-1","name":"libs"},` +
		`{"id":"d-2","name":"more"}],"count":2}`})
	got, err := c.Dependencies(t.Context(), DependencyFilter{})
	if err != nil || len(got) != 2 || got[0].ID != "d-1" || got[1].ID != "d-2" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestDependencies_none: a region may have none, and say so in different ways.
func TestDependencies_none(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{"dependencies":[],"next_marker":0,"count":0}`, `{"dependencies":null,"count":0}`,
		`{"count":0}`} {
		c, _ := scripted(t, step{status: 200, body: body})
		if got, err := c.Dependencies(t.Context(), DependencyFilter{}); err != nil || got == nil || len(got) != 0 {
			t.Errorf("%s: %v, %v", body, got, err)
		}
	}
}
