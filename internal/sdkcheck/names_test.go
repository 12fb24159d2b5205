// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck_test

import (
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2/model"
)

// emptyBlobDigest is the SHA-512 of no bytes.
const emptyBlobDigest = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce" +
	"47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"

var (
	testURN = functiongraph.URN{Region: "cn-north-4", ProjectID: "p", Package: "default", Name: "demo"}
	code    = functiongraph.Code{Type: "zip", Filename: "index.zip", Blob: &functiongraph.Blob{
		Open:   func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("")), nil },
		SHA512: emptyBlobDigest,
	}, URL: "https://bucket.example.com/code.zip", DependVersionIDs: []string{"id"}}
	tags = map[string]string{"key": "value"}
)

// exchange answers each request with the same text and keeps the last one.
type exchange struct {
	answer string
	query  map[string][]string
	body   []byte
}

func (x *exchange) RoundTrip(r *http.Request) (*http.Response, error) {
	x.query = r.URL.Query()
	if r.Body != nil {
		defer r.Body.Close()
		var err error
		if x.body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	if strings.Contains(r.URL.Path, "/tags/") {
		return &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{}, Request: r, Body: http.NoBody}, nil
	}
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(x.answer)),
	}, nil
}

func (x *exchange) client(t *testing.T) *functiongraph.Client {
	t.Helper()
	c, err := functiongraph.New(functiongraph.Config{
		Region: "cn-north-4", ProjectID: "p", Credentials: functiongraph.Credentials{AccessKey: "ak", SecretKey: "sk"},
		Transport: x,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func settings() functiongraph.FunctionSettings {
	var s functiongraph.FunctionSettings
	fill(reflect.ValueOf(&s).Elem())
	return s
}

func aliasRequest() functiongraph.AliasRequest {
	var r functiongraph.AliasRequest
	fill(reflect.ValueOf(&r).Elem())
	return r
}

// Every name that we send, in the body or in the query, is one that the SDK sends with the same call.
func TestRequestNames(t *testing.T) {
	t.Parallel()
	function := `{"func_urn":"` + testURN.String() +
		`","func_name":"demo","runtime":"Python3.9","handler":"index.handler",` +
		`"timeout":3,"memory_size":128}`
	trigger := `{"trigger_id":"t","trigger_type_code":"TIMER","trigger_status":"ACTIVE","event_data":{}}`
	dependency := `{"id":"v","dep_id":"d","name":"libs","runtime":"Python3.9","version":1,"size":1}`
	for name, v := range map[string]struct {
		answer      string
		call        func(context.Context, *functiongraph.Client) error
		body, query reflect.Type
		exceptions  []string
	}{
		"CreateFunction": {
			answer: function,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.CreateFunction(ctx, functiongraph.CreateFunctionRequest{
					FunctionSettings: settings(), Name: "demo", Package: "default", Type: "v2", Code: &code,
				})
				return err
			},
			body: reflect.TypeFor[model.CreateFunctionRequestBody](),
		},
		"UpdateSettings": {
			answer: function,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				return c.UpdateSettings(ctx, testURN, functiongraph.UpdateSettingsRequest{
					FunctionSettings: settings(), Name: "demo",
				})
			},
			body: reflect.TypeFor[model.UpdateFunctionConfigRequestBody](),
		},
		"UpdateCode": {
			answer: function,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.UpdateCode(ctx, testURN, code)
				return err
			},
			body: reflect.TypeFor[model.UpdateFunctionCodeRequestBody](),
		},
		"ImportFunction": {
			answer: function,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.ImportFunction(ctx, functiongraph.ImportFunctionRequest{
					Name: "demo", Package: "default", FileName: "demo.zip", File: code.Blob,
				})
				return err
			},
			body: reflect.TypeFor[model.ImportFunctionRequestBody](),
		},
		"SetMaxInstances": {
			call: func(ctx context.Context, c *functiongraph.Client) error { return c.SetMaxInstances(ctx, testURN, 0) },
			body: reflect.TypeFor[model.UpdateFunctionMaxInstanceConfigRequestBody](),
		},
		"PublishVersion": {
			answer: function,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.PublishVersion(ctx, testURN, functiongraph.PublishVersionRequest{
					Version: "v1", Description: "d", Digest: "d",
				})
				return err
			},
			body: reflect.TypeFor[model.CreateFunctionVersionRequestBody](),
		},
		"CreateAlias": {
			answer: `{"name":"prod","version":"v1"}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.CreateAlias(ctx, testURN, "prod", aliasRequest())
				return err
			},
			body: reflect.TypeFor[model.CreateVersionAliasRequestBody](),
		},
		"UpdateAlias": {
			answer: `{"name":"prod","version":"v1"}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				return c.UpdateAlias(ctx, testURN, "prod", aliasRequest())
			},
			body: reflect.TypeFor[model.UpdateVersionAliasRequestBody](),
		},
		"CreateTrigger": {
			answer: trigger,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.CreateTrigger(ctx, testURN, functiongraph.CreateTriggerRequest{
					Type: "TIMER", Status: "ACTIVE", EventData: struct{}{},
				})
				return err
			},
			body: reflect.TypeFor[model.CreateFunctionTriggerRequestBody](),
		},
		"UpdateTrigger": {
			answer: trigger,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				return c.UpdateTrigger(ctx, testURN, "TIMER", "t", functiongraph.UpdateTriggerRequest{
					Status: "ACTIVE", EventData: struct{}{},
				})
			},
			body: reflect.TypeFor[model.UpdateTriggerRequestBody](),
			// a list in the SDK; the vendor's provider sends an object (contract X37)
			exceptions: []string{"event_data. (an object)"},
		},
		"CreateDependencyVersion": {
			answer: dependency,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.CreateDependencyVersion(ctx, functiongraph.CreateDependencyVersionRequest{
					Name: "libs", Runtime: "Python3.9", Description: "d", Blob: code.Blob,
				})
				return err
			},
			body: reflect.TypeFor[model.CreateDependencyRequestBody](),
		},
		"CreateDependencyVersion, of an object": {
			answer: dependency,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.CreateDependencyVersion(ctx, functiongraph.CreateDependencyVersionRequest{
					Name: "libs", Runtime: "Python3.9", URL: code.URL,
				})
				return err
			},
			body: reflect.TypeFor[model.CreateDependencyRequestBody](),
		},
		"DependencyVersions": {
			answer: `{"dependencies":[],"count":0}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.DependencyVersions(ctx, "d")
				return err
			},
			query: reflect.TypeFor[model.ListDependencyVersionRequest](),
		},
		"Dependencies": {
			answer: `{"dependencies":[],"count":0}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.Dependencies(ctx, functiongraph.DependencyFilter{Name: "libs", Runtime: "Python3.9", Kind: "private"})
				return err
			},
			query: reflect.TypeFor[model.ListDependenciesRequest](),
		},
		"ReservedInstances": {
			answer: `{"reserved_instances":null,"count":0}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.ReservedInstances(ctx, testURN)
				return err
			},
			query: reflect.TypeFor[model.ListReservedInstanceConfigsRequest](),
		},
		"CreateTags": {
			call: func(ctx context.Context, c *functiongraph.Client) error { return c.CreateTags(ctx, testURN, tags) },
			body: reflect.TypeFor[model.UpdateFunctionTagsRequestBody](),
		},
		"DeleteTags": {
			call: func(ctx context.Context, c *functiongraph.Client) error { return c.DeleteTags(ctx, testURN, tags) },
			body: reflect.TypeFor[model.UpdateFunctionTagsRequestBody](),
		},
		"SetReservation": {
			answer: `{"count":2}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				return c.SetReservation(ctx, testURN, functiongraph.Reservation{
					Count: 2, IdleMode: true, Cron: map[string]functiongraph.CronPolicy{"a": {}},
					Metric: map[string]functiongraph.MetricPolicy{"b": {}},
				})
			},
			body: reflect.TypeFor[model.UpdateFunctionReservedInstancesCountRequestBody](),
		},
		"SetAsyncConfig": {
			answer: `{"func_urn":"` + testURN.String() + `:latest","max_async_event_age_in_seconds":1,` +
				`"max_async_retry_attempts":1}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				to := &functiongraph.AsyncDestination{Destination: "SMN", Param: "{}"}
				return c.SetAsyncConfig(ctx, testURN, functiongraph.AsyncConfig{
					MaxAge: 1, Destinations: functiongraph.AsyncDestinations{OnSuccess: to, OnFailure: to}, StatusLog: true,
				})
			},
			body: reflect.TypeFor[model.UpdateFunctionAsyncInvokeConfigRequestBody](),
		},
		"CreateEvent": {
			answer: `{"id":"e","name":"smoke"}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.CreateEvent(ctx, testURN, "smoke", "text")
				return err
			},
			body: reflect.TypeFor[model.CreateEventRequestBody](),
		},
		"UpdateEvent": {
			answer: `{"id":"e","name":"smoke"}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				return c.UpdateEvent(ctx, testURN, "e", "text")
			},
			body: reflect.TypeFor[model.UpdateEventRequestBody](),
		},
		"Functions": {
			answer: `{"functions":[],"count":0}`,
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.Functions(ctx, functiongraph.FunctionFilter{Package: "default", Name: "demo"})
				return err
			},
			query: reflect.TypeFor[model.ListFunctionsRequest](),
		},
		"Versions": {
			answer: `{"versions":[{"version":"latest"}],"next_marker":1}`, // one more page is asked for, with a marker
			call: func(ctx context.Context, c *functiongraph.Client) error {
				_, err := c.Versions(ctx, testURN)
				return err
			},
			query: reflect.TypeFor[model.ListFunctionVersionsRequest](),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := &exchange{answer: cmp.Or(v.answer, function)}
			if err := v.call(t.Context(), x.client(t)); err != nil {
				t.Fatal(err)
			}
			sent, model := any(nil), v.body
			if v.query != nil {
				query := map[string]any{}
				for key := range x.query {
					query[key] = ""
				}
				sent, model = query, v.query
			} else if err := json.Unmarshal(x.body, &sent); err != nil {
				t.Fatal(err)
			}
			if object, ok := sent.(map[string]any); !ok || len(object) == 0 {
				t.Fatalf("nothing was sent: %s", x.body)
			}
			expect(t, unknown("", sent, model), v.exceptions)
		})
	}
}

// Every name that we read is one that the SDK reads from the same answer: the SDK writes a full answer, and all our
// members must get a value.
func TestAnswerNames(t *testing.T) {
	t.Parallel()
	type read = func(context.Context, *functiongraph.Client) (any, error)
	first := func(rows []functiongraph.Function, err error) (any, error) {
		if err != nil || len(rows) != 1 {
			return nil, err
		}
		return rows[0], nil
	}
	for name, v := range map[string]struct {
		model      any
		call       read
		exceptions string
	}{
		"CreateFunction": {
			model: &model.CreateFunctionResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.CreateFunction(ctx, functiongraph.CreateFunctionRequest{Name: "demo"})
			},
			exceptions: notInCreate,
		},
		"Function": {
			model: &model.ShowFunctionConfigResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.Function(ctx, testURN)
			},
			exceptions: notInConfig,
		},
		"UpdateCode": {
			model: &model.UpdateFunctionCodeResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.UpdateCode(ctx, testURN, code)
			},
		},
		"PublishVersion": {
			model: &model.CreateFunctionVersionResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.PublishVersion(ctx, testURN, functiongraph.PublishVersionRequest{})
			},
			exceptions: notInPublish,
		},
		"ImportFunction": {
			model: &model.ImportFunctionResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.ImportFunction(ctx, functiongraph.ImportFunctionRequest{Name: "demo", FileName: "f", File: code.Blob})
			},
			exceptions: notInImport,
		},
		"Functions": {
			model: &model.ListFunctionsResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return first(c.Functions(ctx, functiongraph.FunctionFilter{}))
			},
			exceptions: notInList,
		},
		"Versions": {
			model: &model.ListFunctionVersionsResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return first(c.Versions(ctx, testURN))
			},
			exceptions: notInVersions,
		},
		"Aliases": {
			model: &[]model.ListVersionAliasResult{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.Aliases(ctx, testURN)
			},
			// The vendor's provider reads it from this answer (contract 3.12).
			exceptions: "additional_version_strategy",
		},
		"Alias": {
			model: &model.ShowVersionAliasResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.Alias(ctx, testURN, "prod")
			},
		},
		"Trigger": {
			model: &model.ShowFunctionTriggerResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.Trigger(ctx, testURN, "text", "text")
			},
			exceptions: "func_urn", // only in the project's list (contract 3.21.2)
		},
		"Triggers": {
			model: &[]model.ListFunctionTriggerResult{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.Triggers(ctx, testURN)
			},
			exceptions: "func_urn",
		},
		"DependencyVersion": {
			model: &model.ShowDependencyVersionResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.DependencyVersion(ctx, "text", 7)
			},
		},
		"DependencyVersions": {
			model: &model.ListDependencyVersionResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.DependencyVersions(ctx, "text")
			},
		},
		"ReservedInstances": {
			model: &model.ListReservedInstanceConfigsResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.ReservedInstances(ctx, testURN)
			},
		},
		"Tags": {
			model: &model.ListFunctionTagsResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.Tags(ctx, testURN)
			},
		},
		"LogConfig": {
			model: &model.ShowLtsLogDetailsResponse{},
			call: func(ctx context.Context, c *functiongraph.Client) (any, error) {
				return c.LogConfig(ctx, testURN)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fill(reflect.ValueOf(v.model).Elem())
			text, err := json.Marshal(v.model)
			if err != nil {
				t.Fatal(err)
			}
			var answer any
			if err := json.Unmarshal(text, &answer); err != nil {
				t.Fatal(err)
			}
			identify(answer)
			if text, err = json.Marshal(answer); err != nil {
				t.Fatal(err)
			}
			got, err := v.call(t.Context(), (&exchange{answer: string(text)}).client(t))
			if err != nil || got == nil {
				t.Fatalf("%v, %v", got, err)
			}
			expect(t, unset("", reflect.ValueOf(got)), strings.Fields(v.exceptions))
		})
	}
}

// identify makes an answer with any values one about the function, the version and the alias that are asked for.
func identify(answer any) {
	switch v := answer.(type) {
	case []any:
		for _, element := range v {
			identify(element)
		}
	case map[string]any:
		for name, value := range v {
			identify(value)
			_, isText := value.(string)
			if is, ok := identities[name]; ok && isText == (name != "count") {
				v[name] = is
			}
		}
	}
}

var identities = map[string]any{
	"func_urn": testURN.String(), "function_urn": testURN.String(), "alias_urn": testURN.String() + ":!prod",
	"func_name": "demo", "package": "default", "version": "latest", "name": "prod", "count": 1,
}

// never are members that no answer of the SDK has: log_config is only sent (contract 5), status is in the documents of
// publish, import and list versions, and the restore hook is read by the vendor's provider (contract 3.3). Under their
// names the SDK sends log_config and the restore hook, which TestRequestNames checks.
const never = " log_config status restore_hook_handler restore_hook_timeout "

// What contract section 5 says that an answer does not hold. Read such a member with Function instead.
const (
	notInCreate  = never + "peering_cidr version_description"
	notInConfig  = never + "domain_names version_description" // domain_names: read by the vendor's provider (contract 3.3)
	notInPublish = never + "custom_image depend_version_list domain_names enable_auth_in_header enable_class_isolation " +
		"enable_lts_log ephemeral_storage gpu_memory gpu_type heartbeat_handler is_stateful_function lts_custom_tag " +
		"network_controller peering_cidr user_data_encrypt_kms_key_id code_encrypt_kms_key_id"
	notInImport = never + "custom_image domain_names enable_auth_in_header enable_class_isolation enable_dynamic_memory " +
		"enable_lts_log encrypted_user_data ephemeral_storage gpu_type heartbeat_handler is_stateful_function " +
		"log_group_id log_stream_id lts_custom_tag mount_config network_controller peering_cidr type " +
		"user_data_encrypt_kms_key_id code_encrypt_kms_key_id"
	notInList = never + "custom_image depend_version_list domain_names enable_auth_in_header enable_class_isolation " +
		"enable_dynamic_memory enable_lts_log ephemeral_storage func_vpc gpu_type heartbeat_handler " +
		"is_stateful_function lts_custom_tag mount_config network_controller peering_cidr " +
		"user_data_encrypt_kms_key_id code_encrypt_kms_key_id version_description"
	// version_description is in the rows of real services (contract 3.10).
	notInVersions = never + "depend_version_list description domain_names enable_class_isolation enable_lts_log " +
		"ephemeral_storage func_vpc gpu_memory gpu_type heartbeat_handler log_group_id log_stream_id lts_custom_tag " +
		"mount_config network_controller peering_cidr user_data_encrypt_kms_key_id code_encrypt_kms_key_id " +
		"version_description"
)
