// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdktime"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2/model"
)

// TestEmulator_invocations: calls, quotas and export. The SDK has no call for the lists of runtimes and of trigger
// types, and throws away what export answers.
func TestEmulator_invocations(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, _ emulator.Switches) {
		w.create(t, "one = 1\n")
		urn := urnOf("demo")
		w.server.PutReply("default", "demo", "", emulator.Reply{Status: 500, Result: "broken", Log: "its log"})
		got := ok[model.InvokeFunctionResponse](t, "invoke")(w.InvokeFunction(&model.InvokeFunctionRequest{
			FunctionUrn: urn, ContentType: "application/json", XCFFRequestVersion: ptr("v1"), XCffLogType: ptr("tail"),
			Body: map[string]any{"a": 1},
		}))
		if got.HttpStatusCode != 200 || *got.Status != 500 || *got.Result != "broken" || *got.Log != "its log" ||
			*got.RequestId == "" || *got.XCffRequestId != *got.RequestId {
			t.Errorf("answered %v", got)
		}
		accepted := ok[model.AsyncInvokeFunctionResponse](t, "invoke later")(w.AsyncInvokeFunction(
			&model.AsyncInvokeFunctionRequest{FunctionUrn: urn, ContentType: "application/json", Body: map[string]any{}}))
		if accepted.HttpStatusCode != 202 || *accepted.RequestId == "" {
			t.Errorf("accepted %v", accepted)
		}
		calls(t, w, urn, *accepted.RequestId)
		quotas := ok[model.ListQuotasResponse](t, "quotas")(w.ListQuotas(&model.ListQuotasRequest{}))
		units := 0
		for _, q := range quotas.Quotas.Resources {
			if q.Unit != nil && *q.Unit != "" {
				units++
			}
		}
		if len(quotas.Quotas.Resources) < 8 || units != 1 || *quotas.Quotas.Resources[0].Used != 1 {
			t.Errorf("quotas %v", quotas.Quotas)
		}
		ok[model.ExportFunctionResponse](t, "export")(w.ExportFunction(&model.ExportFunctionRequest{
			FunctionUrn: urn, Config: ptr(true), Code: ptr(true),
		}))
		_, err := w.ExportFunction(&model.ExportFunctionRequest{FunctionUrn: urn})
		refused(t, "export of nothing", "FSS.0400", err)
	})
}

// calls finds a call that failed in both lists of asynchronous calls.
func calls(t *testing.T, w *world, urn, id string) {
	t.Helper()
	ago := sdktime.SdkTime(time.Now().Add(-time.Minute).UTC())
	active := ok[model.ListActiveAsyncInvocationsResponse](t, "active calls")(w.ListActiveAsyncInvocations(
		&model.ListActiveAsyncInvocationsRequest{
			FunctionUrn: urn, Requests: &id, Status: ptr("FAIL"), QueryBeginTime: &ago, Limit: ptr("1"),
			ContentType: "application/json",
		}))
	rows := *active.Invocations
	if len(rows) != 1 || *rows[0].RequestId != id || rows[0].Status.Value() != "FAIL" || *rows[0].ErrorCode != 500 ||
		*rows[0].ErrorMessage != "broken" || *rows[0].EndTime == "" || *active.Count != 1 || *active.NextMarker != 0 {
		t.Errorf("active calls %v", active)
	}
	logged := ok[model.ListAsyncInvocationsResponse](t, "calls in the log")(w.ListAsyncInvocations(
		&model.ListAsyncInvocationsRequest{FunctionUrn: urn, RequestId: &id, ContentType: "application/json"}))
	if *logged.Count != 0 || len(*logged.Invocations) != 0 { // the log was not on
		t.Errorf("calls in the log %v", logged)
	}
}

// recorder keeps the last request and answers it.
type recorder struct {
	answer string
	last   *http.Request
	body   string
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	content, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.last, r.body = req, string(content)
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{}, Request: req, Body: io.NopCloser(strings.NewReader(r.answer)),
	}, nil
}

// TestInvoke_headers: the client calls as the SDK does: the same headers, the same path, the body as it is.
func TestInvoke_headers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, emulator.Switches{})
	w.create(t, "one = 1\n")
	ok[model.InvokeFunctionResponse](t, "invoke")(w.InvokeFunction(&model.InvokeFunctionRequest{
		FunctionUrn: urnOf("demo"), ContentType: "application/json", XCFFRequestVersion: ptr("v1"), XCffLogType: ptr("tail"),
		Body: map[string]any{"a": 1},
	}))
	sdk := w.server.Requests("InvokeFunction")[0]
	ours := &recorder{answer: `{"request_id":"r","status":200}`}
	client, err := functiongraph.New(functiongraph.Config{
		Region: emulator.DefaultRegion, ProjectID: emulator.DefaultProjectID,
		Credentials: functiongraph.Credentials{AccessKey: "ak", SecretKey: "sk"},
		Transport:   ours,
	})
	if err != nil {
		t.Fatal(err)
	}
	urn, err := functiongraph.ParseURN(urnOf("demo"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Invoke(context.Background(), urn, functiongraph.Call{Input: `{"a":1}`, Log: true}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"X-Cff-Request-Version", "X-Cff-Log-Type"} {
		if got, want := ours.last.Header.Get(name), sdk.Header.Get(name); got != want || want == "" {
			t.Errorf("%s: %q, the SDK sends %q", name, got, want)
		}
	}
	if got := ours.last.URL.Path; got != sdk.Path || ours.last.Method != sdk.Method ||
		strings.TrimSpace(string(sdk.Body)) != ours.body {
		t.Errorf("%s %s with %s; the SDK: %s %s with %s", ours.last.Method, got, ours.body, sdk.Method, sdk.Path, sdk.Body)
	}
}
