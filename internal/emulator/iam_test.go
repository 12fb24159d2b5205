// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

func TestListProjects(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{Region: "cn-east-3", ProjectName: "cn-east-3_shop"})
	for name, want := range map[string]int{"?name=cn-east-3_shop": 1, "?name=cn-east-3": 0, "": 1} {
		got := b.want(200, "", "GET", "/v3/projects"+name, nil)
		rows, _ := got.body["projects"].([]any)
		if len(rows) != want {
			t.Fatalf("%s: %d projects", name, len(rows))
		}
		if want == 1 {
			row, _ := rows[0].(object)
			if row["id"] != emulator.DefaultProjectID || row["name"] != "cn-east-3_shop" {
				t.Fatalf("project = %v", row)
			}
		}
	}
	req := b.request("GET", "/v3/projects", nil)
	if got, err := roundTrip(req); err != nil || got.code != "APIGW.0301" {
		t.Fatalf("without credentials: %s %v", got.code, err)
	}
}

func tokenBody(user, password, domain, project string) object {
	return object{"auth": object{
		"identity": object{"methods": []string{"password"}, "password": object{"user": object{
			"name": user, "password": password, "domain": object{"name": domain}}}},
		"scope": object{"project": object{"name": project}},
	}}
}

func TestCreateToken(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := newBench(t, emulator.Options{Now: clock.Now})
	ask := func(body any) response {
		t.Helper()
		got, err := roundTrip(b.request("POST", "/v3/auth/tokens", body))
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	user, password := emulator.DefaultUser, emulator.DefaultPassword
	for _, body := range []object{
		tokenBody("other", password, "d", "cn-north-4"), tokenBody(user, "other", "d", "cn-north-4"),
		tokenBody(user, password, "", "cn-north-4"), tokenBody(user, password, "d", "cn-east-3"),
	} {
		got := ask(body)
		problem, _ := got.body["error"].(object) // IAM's own shape, contract 1.6
		if got.status != 401 || problem["code"] != 401.0 || got.header.Get("X-Subject-Token") != "" {
			t.Fatalf("%v: %d %s", body, got.status, got.raw)
		}
	}
	if got := ask("{"); got.status != 400 {
		t.Fatalf("bad JSON: %d", got.status)
	}
	got := ask(tokenBody(user, password, "d", "cn-north-4"))
	token := got.header.Get("X-Subject-Token")
	if got.status != 201 || token == "" {
		t.Fatalf("%d %s", got.status, got.raw)
	}
	use := func() int {
		req := b.request("GET", functions, nil)
		req.Header.Set("X-Auth-Token", token)
		got, err := roundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		return got.status
	}
	clock.now = clock.now.Add(24*time.Hour - time.Second)
	if got := use(); got != 200 {
		t.Fatalf("before the end: %d", got)
	}
	clock.now = clock.now.Add(time.Second)
	if got := use(); got != 401 {
		t.Fatalf("after 24 hours: %d", got)
	}
	for _, logged := range b.server.Requests("CreateToken") {
		if len(logged.Body) != 0 {
			t.Fatalf("a password is in the log: %s", logged.Body)
		}
	}
}
