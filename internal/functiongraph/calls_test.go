// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const (
	functionsPath = "/v2/" + testProject + "/fgs/functions"
	urnPath       = functionsPath + "/urn:fss:cn-north-4:" + testProject + ":function:default:demo"
	triggersPath  = "/v2/" + testProject + "/fgs/triggers/urn:fss:cn-north-4:" + testProject + ":function:default:demo"
	tagsPath      = "/v2/" + testProject + "/functions/urn:fss:cn-north-4:" + testProject + ":function:default:demo/tags"
)

// Each call's method, path, query and exact body.
func TestCalls_bytes(t *testing.T) {
	t.Parallel()
	tags := map[string]string{"b": "2", "a": "1", "c": ""}
	list := `{"functions":[],"versions":[{"version":"latest"}],"count":1}`
	for name, v := range map[string]struct {
		call                      callOf
		answer                    step
		method, path, query, body string
	}{
		"create": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateFunction(ctx, CreateFunctionRequest{
					FunctionSettings: FunctionSettings{
						Runtime: "Python3.9", Handler: "index.handler", Timeout: 3, MemorySize: 128, Description: ptr(""),
					},
					Name: "demo", Package: "default", Type: "v2",
					Code: &Code{Type: CodeTypeInline, Filename: "index.py", Blob: blobOf("print(1)")},
				})
				return err
			},
			method: "POST", path: functionsPath,
			body: `{"runtime":"Python3.9","handler":"index.handler","timeout":3,"memory_size":128,"description":"",` +
				`"func_name":"demo","package":"default","type":"v2","code_type":"inline","code_filename":"index.py",` +
				`"func_code":{"file":"cHJpbnQoMSk="}}`,
		},
		"create without code": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateFunction(ctx, CreateFunctionRequest{Name: "demo"})
				return err
			},
			method: "POST", path: functionsPath, body: `{"func_name":"demo"}`,
		},
		"import": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.ImportFunction(ctx, ImportFunctionRequest{
					Name: "demo", Package: "shop", FileName: "demo.zip", File: blobOf("PK"),
				})
				return err
			},
			answer: step{status: 200, body: strings.ReplaceAll(strings.ReplaceAll(functionDoc, ":default:", ":shop:"),
				`"default"`, `"shop"`)},
			method: "POST", path: functionsPath + "/import",
			body: `{"func_name":"demo","package":"shop","file_name":"demo.zip","file_type":"zip","file_code":"UEs="}`,
		},
		"get config": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Function(ctx, testURN.WithQualifier("!prod"))
				return err
			},
			method: "GET", path: urnPath + ":%21prod/config",
		},
		"update config": {
			call: func(ctx context.Context, c *Client) error {
				return c.UpdateSettings(ctx, testURN, UpdateSettingsRequest{Name: "demo", FunctionSettings: FunctionSettings{
					Runtime: "Go1.x", Timeout: 900, MemorySize: 256, UserData: ptr(`{"a":"<b>"}`), InitializerTimeout: ptr(int64(0)),
				}})
			},
			method: "PUT", path: urnPath + "/config",
			body: `{"user_data":"{\"a\":\"<b>\"}","initializer_timeout":0,"func_name":"demo",` +
				`"runtime":"Go1.x","timeout":900,"handler":"","memory_size":256}`,
		},
		"update code": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.UpdateCode(ctx, testURN, Code{Type: CodeTypeZip, Blob: blobOf("PK")})
				return err
			},
			method: "PUT", path: urnPath + "/code", body: `{"code_type":"zip","func_code":{"file":"UEs="}}`,
		},
		"create alias": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateAlias(ctx, testURN, "prod", AliasRequest{
					Version: "v1", AdditionalVersionWeights: map[string]int64{"v2": 0},
				})
				return err
			},
			answer: step{status: 200, body: aliasDoc}, method: "POST", path: urnPath + "/aliases",
			body: `{"name":"prod","version":"v1","description":"","additional_version_weights":{"v2":0}}`,
		},
		"get alias": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Alias(ctx, testURN, "prod")
				return err
			},
			answer: step{status: 200, body: aliasDoc}, method: "GET", path: urnPath + "/aliases/prod",
		},
		"update alias": {
			call: func(ctx context.Context, c *Client) error {
				return c.UpdateAlias(ctx, testURN, "prod", AliasRequest{
					Version: "v2", Description: "d", AdditionalVersionWeights: map[string]int64{},
					AdditionalVersionStrategy: map[string]VersionStrategy{
						"v1": {"and", []VersionRule{{"Header", "x", "=", "1"}}},
					},
				})
			},
			answer: step{status: 200, body: aliasDoc}, method: "PUT", path: urnPath + "/aliases/prod",
			body: `{"version":"v2","description":"d","additional_version_weights":{},"additional_version_strategy":{"v1":` +
				`{"combine_type":"and","rules":[{"rule_type":"Header","param":"x","op":"=","value":"1"}]}}}`,
		},
		"delete alias": {
			call:   func(ctx context.Context, c *Client) error { return c.DeleteAlias(ctx, testURN, "prod") },
			answer: step{status: 204}, method: "DELETE", path: urnPath + "/aliases/prod",
		},
		"disable": {
			call:   func(ctx context.Context, c *Client) error { return c.SetMaxInstances(ctx, testURN, 0) },
			method: "PUT", path: urnPath + "/config-max-instance", body: `{"max_instance_num":0}`,
		},
		"delete": {
			call:   func(ctx context.Context, c *Client) error { return c.DeleteFunction(ctx, testURN) },
			answer: step{status: 204}, method: "DELETE", path: urnPath,
		},
		"delete version": {
			call: func(ctx context.Context, c *Client) error {
				return c.DeleteVersion(ctx, testURN.WithQualifier("v1"))
			},
			answer: step{status: 204}, method: "DELETE", path: urnPath + ":v1",
		},
		"list": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Functions(ctx, FunctionFilter{Package: "default", Name: "a b+c"})
				return err
			},
			answer: step{status: 200, body: `{"functions":[],"count":0}`}, method: "GET", path: functionsPath,
			query: "func_name=a%20b%2Bc&marker=0&maxitems=400&package_name=default",
		},
		"publish": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.PublishVersion(ctx, testURN, PublishVersionRequest{Version: "v1", Description: "first", Digest: "d"})
				return err
			},
			method: "POST", path: urnPath + "/versions", body: `{"version":"v1","description":"first","digest":"d"}`,
		},
		"publish unnamed": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.PublishVersion(ctx, testURN, PublishVersionRequest{})
				return err
			},
			method: "POST", path: urnPath + "/versions", body: `{}`,
		},
		"versions": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Versions(ctx, testURN)
				return err
			},
			answer: step{status: 200, body: list}, method: "GET", path: urnPath + "/versions",
		},
		"aliases": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Aliases(ctx, testURN)
				return err
			},
			answer: step{status: 200, body: "[]"}, method: "GET", path: urnPath + "/aliases",
		},
		"triggers": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Triggers(ctx, testURN.WithQualifier("!prod"))
				return err
			},
			answer: step{status: 200, body: "[]"}, method: "GET", path: triggersPath + ":%21prod",
		},
		"create trigger": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateTrigger(ctx, testURN, CreateTriggerRequest{
					Type: "TIMER", Status: TriggerDisabled, EventData: map[string]any{"name": "t", "schedule": "3m"},
				})
				return err
			},
			answer: step{status: 201, body: timerDoc}, method: "POST", path: triggersPath,
			body: `{"trigger_type_code":"TIMER","trigger_status":"DISABLED","event_data":{"name":"t","schedule":"3m"}}`,
		},
		"create trigger, raw": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateTrigger(ctx, testURN.WithQualifier("v1"), CreateTriggerRequest{
					Type: "TIMER", EventData: json.RawMessage(`{"n": 12345678901234567890}`),
				})
				return err
			},
			answer: step{status: 201, body: timerDoc}, method: "POST", path: triggersPath + ":v1",
			body: `{"trigger_type_code":"TIMER","event_data":{"n":12345678901234567890}}`,
		},
		"trigger": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Trigger(ctx, testURN.WithQualifier("!prod"), "OBS", "in/a b")
				return err
			},
			answer: step{status: 200, body: strings.NewReplacer("t-1", "in/a b", "TIMER", "OBS").Replace(timerDoc)},
			method: "GET", path: triggersPath + ":%21prod/OBS/in%2Fa%20b",
		},
		"update trigger's status": {
			call: func(ctx context.Context, c *Client) error {
				return c.UpdateTrigger(ctx, testURN, "TIMER", "t-1", UpdateTriggerRequest{Status: TriggerActive})
			},
			answer: step{status: 200, body: timerDoc}, method: "PUT", path: triggersPath + "/TIMER/t-1",
			body: `{"trigger_status":"ACTIVE"}`,
		},
		"update trigger's data": {
			call: func(ctx context.Context, c *Client) error {
				return c.UpdateTrigger(ctx, testURN, "TIMER", "t-1", UpdateTriggerRequest{EventData: map[string]any{"a": 1}})
			},
			answer: step{status: 200, body: timerDoc}, method: "PUT", path: triggersPath + "/TIMER/t-1",
			body: `{"event_data":{"a":1}}`,
		},
		"delete trigger": {
			call:   func(ctx context.Context, c *Client) error { return c.DeleteTrigger(ctx, testURN, "TIMER", "t-1") },
			answer: step{status: 204}, method: "DELETE", path: triggersPath + "/TIMER/t-1",
		},
		"create dependency version": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateDependencyVersion(ctx, CreateDependencyVersionRequest{
					Name: "libs", Runtime: "Python3.9", Description: "d", Blob: blobOf("PK"),
				})
				return err
			},
			answer: step{status: 200, body: dependencyDoc}, method: "POST", path: dependenciesPath + "/version",
			body: `{"depend_type":"zip","name":"libs","runtime":"Python3.9","description":"d","depend_file":"UEs="}`,
		},
		"create dependency version from OBS": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.CreateDependencyVersion(ctx, CreateDependencyVersionRequest{
					Name: "libs", Runtime: "Python3.9", URL: "https://b/libs.zip",
				})
				return err
			},
			answer: step{status: 200, body: dependencyDoc}, method: "POST", path: dependenciesPath + "/version",
			body: `{"depend_type":"obs","depend_link":"https://b/libs.zip","name":"libs","runtime":"Python3.9"}`,
		},
		"dependency version": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.DependencyVersion(ctx, "d-1", 2)
				return err
			},
			answer: step{status: 200, body: dependencyDoc}, method: "GET", path: dependenciesPath + "/d-1/version/2",
		},
		"delete dependency version": {
			call:   func(ctx context.Context, c *Client) error { return c.DeleteDependencyVersion(ctx, "d-1", 2) },
			answer: step{status: 204}, method: "DELETE", path: dependenciesPath + "/d-1/version/2",
		},
		"dependency versions": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.DependencyVersions(ctx, "d-1")
				return err
			},
			answer: step{status: 200, body: `{"dependencies":[` + dependencyDoc + `],"count":1}`}, method: "GET",
			path: dependenciesPath + "/d-1/version", query: "marker=0&maxitems=400",
		},
		"dependencies": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Dependencies(ctx, DependencyFilter{Name: "libs", Runtime: "C#(.NET Core 3.1)", Kind: "private"})
				return err
			},
			answer: step{status: 200, body: `{"dependencies":[],"count":0}`}, method: "GET", path: dependenciesPath,
			query: "dependency_type=private&marker=0&maxitems=400&name=libs&runtime=C%23%28.NET%20Core%203.1%29",
		},
		"log detail": {
			call: func(ctx context.Context, c *Client) error {
				got, err := c.LogConfig(ctx, testURN)
				if err == nil && *got != (LogConfig{"g", "gi", "s", "si"}) {
					err = fmt.Errorf("got %+v", got)
				}
				return err
			},
			answer: step{status: 200, body: `{"group_name":"g","group_id":"gi","stream_name":"s","stream_id":"si"}`},
			method: "GET", path: urnPath + "/lts-log-detail",
		},
		"tags": {
			call: func(ctx context.Context, c *Client) error {
				_, err := c.Tags(ctx, testURN)
				return err
			},
			answer: step{status: 200, body: `{"tags":[]}`}, method: "GET", path: tagsPath,
		},
		"create tags": {
			call:   func(ctx context.Context, c *Client) error { return c.CreateTags(ctx, testURN, tags) },
			answer: step{status: 204}, method: "POST", path: tagsPath + "/create",
			body: `{"action":"create","tags":[{"key":"a","value":"1"},{"key":"b","value":"2"},{"key":"c","value":""}]}`,
		},
		"delete tags": {
			call:   func(ctx context.Context, c *Client) error { return c.DeleteTags(ctx, testURN, tags) },
			answer: step{status: 204}, method: "DELETE", path: tagsPath + "/delete",
			body: `{"action":"delete","tags":[{"key":"a","value":"1"},{"key":"b","value":"2"},{"key":"c","value":""}]}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if v.answer.status == 0 {
				v.answer = step{status: 200, body: functionDoc}
			}
			c, s := scripted(t, v.answer)
			if err := v.call(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			r := s.requests()[0]
			got := []string{r.method, r.rawPath, r.query, r.body}
			if diff := cmp.Diff([]string{v.method, v.path, v.query, v.body}, got); diff != "" {
				t.Error(diff)
			}
			if len(s.requests()) != 1 || v.body != "" && r.length != int64(len(v.body)) {
				t.Errorf("%d requests, Content-Length %d for %d bytes", len(s.requests()), r.length, len(v.body))
			}
		})
	}
}

func TestTags_emptyMapMakesNoRequest(t *testing.T) {
	t.Parallel()
	c, s := scripted(t, step{status: 500})
	if err := errors.Join(c.CreateTags(t.Context(), testURN, nil), c.DeleteTags(t.Context(), testURN, nil)); err != nil {
		t.Error(err)
	}
	if len(s.requests()) != 0 {
		t.Errorf("%d requests", len(s.requests()))
	}
}

func TestTags_withoutSystemTags(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `{"tags":[{"key":"a","value":"1"},{"key":"b","value":""}],` +
		`"sys_tags":[{"key":"_sys_enterprise_project_id","value":"0"}]}`})
	got, err := c.Tags(t.Context(), testURN)
	if diff := cmp.Diff(map[string]string{"a": "1", "b": ""}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

// An error that comes as a success must not read as "no tags".
func TestTags_errorInSuccess(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `{"error_code":"FSS.0500","error_msg":"m"}`})
	if got, err := c.Tags(t.Context(), testURN); got != nil || !HasCode(err, "FSS.0500") {
		t.Errorf("%v, %v", got, err)
	}
}

func TestFunction_decoding(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `{
		"func_urn": "` + testURN.String() + `:latest", "func_name": "demo", "package": "default", "version": "latest",
		"runtime": "Python3.9", "timeout": 3, "handler": "index.handler", "memory_size": 128, "cpu": 300,
		"code_type": "zip", "code_filename": "index.zip", "code_size": 32, "digest": "d", "namespace": "p",
		"description": "", "user_data": null, "xrole": "agency", "status": 1, "unknown": {"x": [1]},
		"strategy_config": {"concurrency": 0, "concurrent_num": 1},
		"mount_config": {"mount_user": {"user_id": "-1", "user_group_id": 1000}, "func_mounts": [
			{"mount_type": "sfs", "mount_resource": "r", "local_mount_path": "/mnt"}]},
		"func_vpc": {"vpc_id": "v", "subnet_id": "s", "security_groups": ["g"]},
		"depend_version_list": ["x"], "last_modified": "2026-01-02T11:04:05+08:00"}`})
	got, err := c.Function(t.Context(), testURN)
	if err != nil {
		t.Fatal(err)
	}
	want := &Function{
		FunctionSettings: FunctionSettings{
			Runtime: "Python3.9", Timeout: 3, Handler: "index.handler", MemorySize: 128,
			Description: ptr(""), Agency: ptr("agency"),
			MountConfig: &MountConfig{User: MountUser{-1, 1000}, Mounts: []FunctionMount{
				{MountType: "sfs", MountResource: "r", LocalMountPath: "/mnt"},
			}},
			VPC:            &FunctionVPC{VPCID: "v", SubnetID: "s", SecurityGroups: []string{"g"}},
			StrategyConfig: &StrategyConfig{Concurrency: ptr(int64(0)), ConcurrentNum: ptr(int64(1))},
		},
		URN: testURN.String() + ":latest", Name: "demo", Package: "default", Version: "latest", CPU: 300,
		CodeType: "zip", CodeFilename: "index.zip", CodeSize: 32, Digest: "d", ProjectID: "p", Status: ptr(int64(1)),
		DependVersionList: []string{"x"}, LastModified: "2026-01-02T11:04:05+08:00",
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Function{})); diff != "" {
		t.Error(diff)
	}
}

func TestUpdatedCode_decoding(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]UpdatedCode{
		`{"func_urn":"` + testURN.String() +
			`","digest":"d","code_size":5,"last_modified":"m","code_filename":"f","code_type":"zip",` +
			`"func_code":{"file":"` + strings.Repeat("QUJD", 100_000) + `","link":""}}`: {"d", ptr(int64(5)), "f", "zip", ""},
		`{"func_urn":"` + testURN.WithQualifier("latest").String() + `"}`: {},
	} {
		c, _ := scripted(t, step{status: 200, body: body})
		got, err := c.UpdateCode(t.Context(), testURN, Code{Type: CodeTypeZip, Blob: blobOf("x")})
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("got %+v, %v", got, err)
		}
	}
}

func TestAliases_decoding(t *testing.T) {
	t.Parallel()
	c, _ := scripted(t, step{status: 200, body: `[{"name":"prod","version":"v1","description":"d","last_modified":"m",` +
		`"alias_urn":"` + testURN.WithQualifier("!prod").String() +
		`","additional_version_weights":{"v2":10}},{"name":"c","version":"v1",` +
		`"additional_version_strategy":{"v2":{"combine_type":"and"}}}]`})
	got, err := c.Aliases(t.Context(), testURN)
	want := []Alias{
		{
			Name: "prod", Version: "v1", Description: "d", LastModified: "m", URN: testURN.WithQualifier("!prod").String(),
			AdditionalVersionWeights: map[string]int64{"v2": 10},
		},
		{
			Name: "c", Version: "v1",
			AdditionalVersionStrategy: map[string]json.RawMessage{"v2": json.RawMessage(`{"combine_type":"and"}`)},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Alias{})); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestLenientInt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]lenientInt{
		`5`: {5, true}, `"5"`: {5, true}, `-1`: {-1, true}, `"-1"`: {-1, true}, `0`: {0, true}, `""`: {}, `null`: {},
	} {
		var got lenientInt
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{`"x"`, `1.5`, `true`, `{}`, `[1]`, `"\u00"`} {
		var got lenientInt
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s: accepted as %+v", text, got)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		change        func(*Config)
		signed, token string
		security      string
	}{
		"access key": {func(*Config) {}, "content-type;host;x-project-id;x-sdk-date", "", ""},
		"temporary access key": {
			func(c *Config) { c.SecurityToken = "temporary" },
			"content-type;host;x-project-id;x-sdk-date;x-security-token", "", "temporary",
		},
		"token": {func(c *Config) { c.Token = "tok" }, "", "tok", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := &script{steps: []step{{status: 200, body: functionDoc}}}
			cfg := testConfig(s)
			v.change(&cfg)
			c := newClient(t, cfg)
			if c.Signs() != (v.token == "") {
				t.Errorf("Signs() = %v", c.Signs())
			}
			if _, err := c.PublishVersion(t.Context(), testURN, PublishVersionRequest{Version: "v1"}); err != nil {
				t.Fatal(err)
			}
			r := s.requests()[0]
			for header, want := range map[string]string{
				"Content-Type": "application/json", "X-Project-Id": testProject, "User-Agent": "test/1",
				"X-Auth-Token": v.token, "X-Security-Token": v.security, "Idempotency-Key": "",
			} {
				if got := r.header.Get(header); got != want {
					t.Errorf("%s: %q, want %q", header, got, want)
				}
			}
			if v.token != "" {
				if r.header.Get("Authorization") != "" || r.header.Get("X-Sdk-Date") != "" {
					t.Errorf("signed beside the token: %v", r.header)
				}
				return
			}
			signed := http.Header{"Host": {"functiongraph.cn-north-4.myhuaweicloud.com"}}
			for _, header := range []string{"Content-Type", "X-Project-Id", "X-Sdk-Date", "X-Security-Token"} {
				if value := r.header.Get(header); value != "" {
					signed.Set(header, value)
				}
			}
			u := routeVersions.url(c.endpoint, testProject, testURN, nil, nil)
			want := Sign("AccessKey", "SecretKey", "POST", u, signed, bodyHash(`{"version":"v1"}`))
			if got := r.header.Get("Authorization"); got != want || !strings.Contains(got, "SignedHeaders="+v.signed+",") {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
