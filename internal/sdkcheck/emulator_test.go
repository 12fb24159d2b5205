// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/basic"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	v2 "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2/model"
)

// The SDK writes a file into the user's home; give it another one.
func TestMain(m *testing.M) {
	os.Exit(inTemporaryHome(m.Run))
}

func inTemporaryHome(run func() int) int {
	home, err := os.MkdirTemp("", "sdkcheck")
	if err == nil {
		err = errors.Join(os.Setenv("HOME", home), os.Setenv("USERPROFILE", home))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := run()
	if err := os.RemoveAll(home); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return code
}

// world is the SDK's client, as it is, talking to an emulator.
type world struct {
	*v2.FunctionGraphClient
	server *emulator.Server
	later  atomic.Int64 // how far the emulator's clock is ahead
}

func newWorld(t *testing.T, switches emulator.Switches) *world {
	t.Helper()
	w := &world{}
	w.server = emulator.New(emulator.Options{
		Switches: switches, Now: func() time.Time { return time.Now().Add(time.Duration(w.later.Load())) },
	})
	listener := httptest.NewServer(w.server)
	t.Cleanup(listener.Close)
	credentials, err := basic.NewCredentialsBuilder().WithAk(emulator.DefaultAccessKey).
		WithSk(emulator.DefaultSecretKey).WithProjectId(emulator.DefaultProjectID).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	client, err := v2.FunctionGraphClientBuilder().
		WithEndpoints([]string{listener.URL}).WithCredential(credentials).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	w.FunctionGraphClient = v2.NewFunctionGraphClient(client)
	return w
}

// ok returns the answer of a call that must succeed.
func ok[T any](t *testing.T, what string) func(*T, error) *T {
	t.Helper()
	return func(answer *T, err error) *T {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		return answer
	}
}

// refused checks that a call failed with a code.
func refused(t *testing.T, what, code string, err error) {
	t.Helper()
	var answer *sdkerr.ServiceResponseError
	if !errors.As(err, &answer) || answer.ErrorCode != code || answer.RequestId == "" {
		t.Errorf("%s: %v, want %s with a request id", what, err, code)
	}
}

func ptr[T any](v T) *T { return &v }

func base64Of(text string) *string {
	return ptr(base64.StdEncoding.EncodeToString([]byte(text)))
}

func (w *world) create(t *testing.T, source string) *model.CreateFunctionResponse {
	t.Helper()
	return ok[model.CreateFunctionResponse](t, "create")(w.CreateFunction(&model.CreateFunctionRequest{
		Body: &model.CreateFunctionRequestBody{
			FuncName: "demo", Package: "default", Runtime: model.GetCreateFunctionRequestBodyRuntimeEnum().PYTHON3_9,
			Timeout: 3, Handler: "index.handler", MemorySize: 128,
			CodeType: ptr(model.GetCreateFunctionRequestBodyCodeTypeEnum().INLINE),
			FuncCode: &model.FuncCode{File: base64Of(source)},
		},
	}))
}

func (w *world) config(t *testing.T, urn string) *model.ShowFunctionConfigResponse {
	t.Helper()
	return ok[model.ShowFunctionConfigResponse](t, "show config")(
		w.ShowFunctionConfig(&model.ShowFunctionConfigRequest{FunctionUrn: urn}))
}

func urnOf(name string) string {
	return "urn:fss:" + emulator.DefaultRegion + ":" + emulator.DefaultProjectID + ":function:default:" + name
}

// everyWorld runs a test with every switch at one pole, and at the other.
func everyWorld(t *testing.T, test func(t *testing.T, w *world, switches emulator.Switches)) {
	t.Helper()
	second := emulator.SecondWorld()
	second.TextMountIDs = false // the tables' reading (X3): the SDK, which reads numbers, cannot take it
	for name, switches := range map[string]emulator.Switches{"first": {}, "second": second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, switches)
			test(t, w, switches)
			if unhandled := w.server.Unhandled(); len(unhandled) != 0 {
				t.Errorf("the emulator has no route for %+v", unhandled)
			}
		})
	}
}

func TestEmulator_function(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, _ emulator.Switches) {
		created := w.create(t, "def handler(e, c):\n    return 1\n")
		if *created.FuncName != "demo" || *created.Version != "latest" || len(*created.Digest) != 128 {
			t.Errorf("created %v", created)
		}
		urn := urnOf("demo")
		if got := w.config(t, urn); *got.Timeout != 3 || *got.Digest != *created.Digest || *got.MemorySize != 128 {
			t.Errorf("config %v", got)
		}
		ok[model.UpdateFunctionConfigResponse](t, "update config")(w.UpdateFunctionConfig(
			&model.UpdateFunctionConfigRequest{FunctionUrn: urn, Body: &model.UpdateFunctionConfigRequestBody{
				FuncName: "demo", Runtime: model.GetUpdateFunctionConfigRequestBodyRuntimeEnum().PYTHON3_9,
				Timeout: 40, Handler: "index.handler", MemorySize: 256, UserData: ptr(`{"host":"h"}`),
			}}))
		if got := w.config(t, urn); *got.Timeout != 40 || *got.MemorySize != 256 || *got.UserData != `{"host":"h"}` {
			t.Errorf("updated config %v", got)
		}
		ok[model.UpdateFunctionMaxInstanceConfigResponse](t, "max instances")(w.UpdateFunctionMaxInstanceConfig(
			&model.UpdateFunctionMaxInstanceConfigRequest{
				FunctionUrn: urn, Body: &model.UpdateFunctionMaxInstanceConfigRequestBody{MaxInstanceNum: ptr(int32(7))},
			}))
		if got := w.config(t, urn); got.StrategyConfig.Concurrency != 7 {
			t.Errorf("max instances %v", got.StrategyConfig)
		}
		list := ok[model.ListFunctionsResponse](t, "list")(w.ListFunctions(&model.ListFunctionsRequest{
			PackageName: ptr("default"), FuncName: ptr("dem"), Maxitems: ptr("10"),
		}))
		if *list.Count != 1 || (*list.Functions)[0].FuncName != "demo" {
			t.Errorf("list %v", list)
		}
		_, err := w.ShowFunctionConfig(&model.ShowFunctionConfigRequest{FunctionUrn: urnOf("other")})
		refused(t, "another function", "FSS.1051", err)

		w.later.Store(int64(time.Minute)) // the second world refuses a delete right after a create
		ok[model.DeleteFunctionResponse](t, "delete")(w.DeleteFunction(&model.DeleteFunctionRequest{FunctionUrn: urn}))
		_, err = w.DeleteFunction(&model.DeleteFunctionRequest{FunctionUrn: urn})
		refused(t, "delete again", "FSS.1051", err)
	})
}

func TestEmulator_versions(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, switches emulator.Switches) {
		created := w.create(t, "one = 1\n")
		urn := urnOf("demo")
		publish := func(name string) (*model.CreateFunctionVersionResponse, error) {
			return w.CreateFunctionVersion(&model.CreateFunctionVersionRequest{
				FunctionUrn: urn, Body: &model.CreateFunctionVersionRequestBody{Version: &name, Description: ptr("about " + name)},
			})
		}
		first := ok[model.CreateFunctionVersionResponse](t, "publish")(publish("v1"))
		if *first.Version != "v1" || *first.Digest != *created.Digest {
			t.Errorf("published %v", first)
		}
		_, err := publish("v2")
		refused(t, "publish unchanged code", "FSS.1016", err)

		updated := ok[model.UpdateFunctionCodeResponse](t, "update code")(w.UpdateFunctionCode(
			&model.UpdateFunctionCodeRequest{FunctionUrn: urn, Body: &model.UpdateFunctionCodeRequestBody{
				CodeType: model.GetUpdateFunctionCodeRequestBodyCodeTypeEnum().INLINE,
				FuncCode: &model.FuncCode{File: base64Of("two = 2\n")},
			}}))
		if (updated.Digest == nil) != switches.NoUpdateCodeDigest {
			t.Errorf("the answer's digest: %v", updated.Digest)
		}
		code := ok[model.ShowFunctionCodeResponse](t, "show code")(
			w.ShowFunctionCode(&model.ShowFunctionCodeRequest{FunctionUrn: urn}))
		if *code.Digest == *created.Digest || updated.Digest != nil && *updated.Digest != *code.Digest {
			t.Errorf("digest %s", *code.Digest)
		}
		ok[model.CreateFunctionVersionResponse](t, "publish again")(publish("v2"))
		if got := w.config(t, urn+":v1"); *got.Version != "v1" || *got.Digest != *created.Digest {
			t.Errorf("v1 has become %v", got)
		}

		list, err := w.ListFunctionVersions(&model.ListFunctionVersionsRequest{FunctionUrn: urn})
		if switches.NoListVersions {
			refused(t, "list versions", "APIGW.0101", err)
		} else if err != nil || len(*list.Versions) != 3 || (*list.Versions)[0].Version != "latest" {
			t.Errorf("versions %v, %v", list, err)
		}

		ok[model.CreateVersionAliasResponse](t, "create alias")(w.CreateVersionAlias(
			&model.CreateVersionAliasRequest{FunctionUrn: urn, Body: &model.CreateVersionAliasRequestBody{
				Name: "prod", Version: "v1", AdditionalVersionWeights: map[string]int32{"v2": 10},
			}}))
		aliases := ok[model.ListVersionAliasesResponse](t, "list aliases")(
			w.ListVersionAliases(&model.ListVersionAliasesRequest{FunctionUrn: urn}))
		if all := *aliases.Body; len(all) != 1 || all[0].Name != "prod" || all[0].AdditionalVersionWeights["v2"] != 10 {
			t.Errorf("aliases %v", aliases)
		}
		if got := w.config(t, urn+":!prod"); *got.Version != "v1" {
			t.Errorf("the alias leads to %s", *got.Version)
		}
		_, err = w.DeleteFunction(&model.DeleteFunctionRequest{FunctionUrn: urn + ":v2"})
		refused(t, "delete an additional version", "FSS.1094", err)
		if switches.MergeAlias { // the SDK cannot send an empty map, which would clear
			if err := w.server.PutAlias("default", "demo", "prod", "v1", nil); err != nil {
				t.Fatal(err)
			}
		}
		ok[model.UpdateVersionAliasResponse](t, "update alias")(w.UpdateVersionAlias(&model.UpdateVersionAliasRequest{
			FunctionUrn: urn, AliasName: "prod", Body: &model.UpdateVersionAliasRequestBody{Version: "v2"},
		}))
		ok[model.DeleteFunctionResponse](t, "delete version")(
			w.DeleteFunction(&model.DeleteFunctionRequest{FunctionUrn: urn + ":v1"}))
		_, err = w.ShowFunctionConfig(&model.ShowFunctionConfigRequest{FunctionUrn: urn + ":v1"})
		refused(t, "a deleted version", "FSS.1052", err)
	})
}

func TestEmulator_tags(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, switches emulator.Switches) {
		w.create(t, "one = 1\n")
		body := func(action string, keys ...string) *model.UpdateFunctionTagsRequestBody {
			var items []model.KvItem
			for _, key := range keys {
				items = append(items, model.KvItem{Key: ptr(key), Value: ptr("value of " + key)})
			}
			return &model.UpdateFunctionTagsRequestBody{Action: &action, Tags: &items}
		}
		ok[model.CreateTagsResponse](t, "create tags")(w.CreateTags(&model.CreateTagsRequest{
			ResourceType: "functions", ResourceId: urnOf("demo"), Body: body("create", "a", "b"),
		}))
		ok[model.DeleteTagsResponse](t, "delete tags")(w.DeleteTags(&model.DeleteTagsRequest{
			ResourceType: "functions", ResourceId: urnOf("demo"), Body: body("delete", "a"),
		}))
		got, err := w.ListFunctionTags(&model.ListFunctionTagsRequest{
			ResourceType: "functions", ResourceId: urnOf("demo"),
		})
		if switches.NoGetTags {
			refused(t, "list tags", "APIGW.0101", err)
		} else if err != nil || len(*got.Tags) != 1 || *(*got.Tags)[0].Key != "b" || *(*got.Tags)[0].Value != "value of b" {
			t.Errorf("tags %v, %v", got, err)
		}
		all, err := w.ShowResInstanceInfo(&model.ShowResInstanceInfoRequest{
			ResourceType: "functions", Action: "filter",
			Body: &model.ListEnterpriseResourceRequestBody{Limit: ptr("500"), Offset: ptr("0")},
		})
		if switches.NoFilterResources {
			refused(t, "filter resources", "APIGW.0101", err)
			return
		}
		if err != nil || *all.TotalCount != 1 || len(*all.Resources) != 1 {
			t.Fatalf("resources %v, %v", all, err)
		}
		if row := (*all.Resources)[0]; *row.ResourceDetail.DetailId != urnOf("demo") ||
			*(*row.Tags)[0].Value != "value of b" {
			t.Errorf("row %v", row)
		}
	})
}

// TestEmulator_belongings: the lists that tell what goes with a function.
func TestEmulator_belongings(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, _ emulator.Switches) {
		w.create(t, "one = 1\n")
		if err := errors.Join(
			w.server.PutEvent("default", "demo", "smoke"),
			w.server.PutAsyncSettings("default", "demo", emulator.AsyncSettings{Qualifier: "latest", MaxAge: 60}),
			w.server.PutReservation("default", "demo", emulator.Reservation{Qualifier: "latest", MinCount: 2}),
		); err != nil {
			t.Fatal(err)
		}
		events := ok[model.ListEventsResponse](t,
			"events")(w.ListEvents(&model.ListEventsRequest{FunctionUrn: urnOf("demo")}))
		if len(*events.Events) != 1 || *(*events.Events)[0].Name != "smoke" {
			t.Errorf("events %v", events)
		}
		async := ok[model.ListFunctionAsyncInvokeConfigResponse](t, "asynchronous settings")(
			w.ListFunctionAsyncInvokeConfig(&model.ListFunctionAsyncInvokeConfigRequest{FunctionUrn: urnOf("demo")}))
		if all := *async.AsyncInvokeConfigs; len(all) != 1 || all[0].FuncUrn != urnOf("demo")+":latest" {
			t.Errorf("settings %v", async)
		}
		reserved := ok[model.ListReservedInstanceConfigsResponse](t, "reserved instances")(
			w.ListReservedInstanceConfigs(&model.ListReservedInstanceConfigsRequest{}))
		if all := *reserved.ReservedInstances; len(all) != 1 || *all[0].MinCount != 2 ||
			*all[0].FunctionUrn != urnOf("demo")+":latest" {
			t.Errorf("reserved instances %v", reserved)
		}
	})
}

func TestEmulator_import(t *testing.T) {
	t.Parallel()
	const document = `HcCrmTemplateVersion: v1
Resources:
  demo:
    Type: HC::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: Python3.9
      CodeType: inline
      CodeFileName: index.py
      MemorySize: 256
      Timeout: 5
`
	packed := archive(t, "demo.yaml", document, "index.py", "one = 1\n")
	everyWorld(t, func(t *testing.T, w *world, _ emulator.Switches) {
		request := &model.ImportFunctionRequest{Body: &model.ImportFunctionRequestBody{
			FuncName: "imported", FileName: "demo.zip", FileType: "zip", FileCode: *base64Of(string(packed)),
		}}
		imported := ok[model.ImportFunctionResponse](t, "import")(w.ImportFunction(request))
		if *imported.FuncName != "imported" || *imported.MemorySize != 256 || len(*imported.Digest) != 128 {
			t.Errorf("imported %v", imported)
		}
		if got := w.config(t, urnOf("imported")); *got.Timeout != 5 || *got.Digest != *imported.Digest {
			t.Errorf("config %v", got)
		}
		_, err := w.ImportFunction(request)
		refused(t, "import again", "FSS.1061", err)
	})
}

// TestEmulator_codeElsewhere: code in OBS and images, whose digests are open questions (contract Q12).
func TestEmulator_codeElsewhere(t *testing.T) {
	t.Parallel()
	const url, address = "https://bucket.obs.cn-north-4.myhuaweicloud.com/demo.zip",
		"swr.cn-north-4.myhuaweicloud.com/shop/demo:1"
	everyWorld(t, func(t *testing.T, w *world, switches emulator.Switches) {
		w.create(t, "one = 1\n")
		urn := urnOf("demo")
		deploy := func() *model.UpdateFunctionCodeResponse {
			t.Helper()
			return ok[model.UpdateFunctionCodeResponse](t, "update code")(w.UpdateFunctionCode(
				&model.UpdateFunctionCodeRequest{FunctionUrn: urn, Body: &model.UpdateFunctionCodeRequestBody{
					CodeType: model.GetUpdateFunctionCodeRequestBodyCodeTypeEnum().OBS, CodeUrl: ptr(url),
					CodeEncryptKmsKeyId: ptr("k"),
				}}))
		}
		w.server.PutObject(url, []byte("first"))
		if got := deploy(); (got.CodeUrl == nil) != switches.NoUpdateCodeURL ||
			(got.CodeEncryptKmsKeyId == nil) != switches.HideKMSKeys {
			t.Errorf("the answer's URL and key: %v", got)
		}
		first := w.config(t, urn)
		w.server.PutObject(url, []byte("second"))
		deploy()
		second := w.config(t, urn)
		hidden := switches.HideOBSDigest
		if *first.CodeUrl != url || (*first.Digest == "") != hidden || (*first.Digest == *second.Digest) != hidden {
			t.Errorf("first %v\nsecond %v", first, second)
		}

		create := func(name string, code *model.FuncCode) error {
			_, err := w.CreateFunction(&model.CreateFunctionRequest{Body: &model.CreateFunctionRequestBody{
				FuncName: name, Package: "default", Runtime: model.GetCreateFunctionRequestBodyRuntimeEnum().CUSTOM_IMAGE,
				Timeout: 3, Handler: "-", MemorySize: 128, FuncCode: code,
				CustomImage: &model.CustomImage{Enabled: ptr(true), Image: ptr(address)},
			}})
			return err
		}
		if err := create("image", nil); err != nil {
			t.Fatal(err)
		}
		// The SDK cannot leave func_code out of this request: it is null, or an empty object.
		for _, empty := range []*model.FuncCode{nil, {}} {
			ok[model.UpdateFunctionCodeResponse](t, "update code of an image function")(w.UpdateFunctionCode(
				&model.UpdateFunctionCodeRequest{FunctionUrn: urnOf("image"), Body: &model.UpdateFunctionCodeRequestBody{
					CodeType: model.GetUpdateFunctionCodeRequestBodyCodeTypeEnum().CUSTOM_IMAGE_SWR, FuncCode: empty,
				}}))
		}
		got := w.config(t, urnOf("image"))
		if got.CodeType.Value() != "Custom-Image-Swr" || *got.CustomImage.Image != address ||
			(got.Digest != nil && *got.Digest != "") != switches.ImageDigest || got.CodeSize != nil && *got.CodeSize != 0 {
			t.Errorf("image %v", got)
		}
		err := create("both", &model.FuncCode{File: base64Of("one = 1\n")})
		if switches.RefuseImageCode {
			refused(t, "code for an image function", "FSS.1006", err)
		} else if err != nil {
			t.Error(err)
		}
	})
}

// archive packs files, given as name and content by turns.
func archive(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for i := 0; i < len(pairs); i += 2 {
		file, err := z.Create(pairs[i])
		if err == nil {
			_, err = file.Write([]byte(pairs[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}
