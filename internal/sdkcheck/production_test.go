// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck_test

import (
	"testing"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2/model"
)

// TestEmulator_production: the SDK sets reserved instances, asynchronous settings and test events, and reads what it
// has set.
func TestEmulator_production(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, _ emulator.Switches) {
		w.create(t, "one = 1\n")
		urn := urnOf("demo")
		set := ok[model.UpdateFunctionReservedInstancesCountResponse](t, "reserve")(
			w.UpdateFunctionReservedInstancesCount(&model.UpdateFunctionReservedInstancesCountRequest{
				FunctionUrn: urn + ":latest", Body: &model.UpdateFunctionReservedInstancesCountRequestBody{
					Count: 2, IdleMode: ptr(true), TacticsConfig: &model.TacticsConfig{
						CronConfigs: &[]model.CronConfig{{
							Name: ptr("office"), Cron: ptr("0 0 6 * * *"), Count: ptr(int32(5)), StartTime: ptr(int64(1800000000)),
							ExpiredTime: ptr(int64(1900000000)),
						}},
						MetricConfigs: &[]model.MetricConfig{{
							Name: ptr("busy"), Type: ptr(model.GetMetricConfigTypeEnum().CONCURRENCY), Threshold: ptr(int32(80)),
							Min: ptr(int32(3)),
						}},
					},
				},
			}))
		if *set.Count != 2 {
			t.Errorf("reserved %v", set)
		}
		rows := *ok[model.ListReservedInstanceConfigsResponse](t, "reserved instances")(
			w.ListReservedInstanceConfigs(&model.ListReservedInstanceConfigsRequest{})).ReservedInstances
		if len(rows) != 1 || *rows[0].MinCount != 2 || !*rows[0].IdleMode ||
			*(*rows[0].TacticsConfig.CronConfigs)[0].ExpiredTime != 1900000000 ||
			*(*rows[0].TacticsConfig.MetricConfigs)[0].Threshold != 80 {
			t.Errorf("rows %v", rows)
		}
		ok[model.UpdateFunctionAsyncInvokeConfigResponse](t, "set asynchronous settings")(
			w.UpdateFunctionAsyncInvokeConfig(&model.UpdateFunctionAsyncInvokeConfigRequest{
				FunctionUrn: urn, Body: &model.UpdateFunctionAsyncInvokeConfigRequestBody{
					MaxAsyncRetryAttempts: ptr(int32(0)), DestinationConfig: &model.FuncAsyncDestinationConfig{
						OnFailure: &model.FuncDestinationConfig{
							Destination: ptr(model.GetFuncDestinationConfigDestinationEnum().SMN), Param: ptr(`{"topic_urn":"t"}`),
						},
					},
				},
			}))
		async := ok[model.ShowFunctionAsyncInvokeConfigResponse](t, "asynchronous settings")(
			w.ShowFunctionAsyncInvokeConfig(&model.ShowFunctionAsyncInvokeConfigRequest{FunctionUrn: urn}))
		if *async.FuncUrn != urn+":latest" || *async.MaxAsyncRetryAttempts != 0 ||
			*async.MaxAsyncEventAgeInSeconds != 3600 || *async.DestinationConfig.OnFailure.Param != `{"topic_urn":"t"}` {
			t.Errorf("settings %v", async)
		}
		ok[model.DeleteFunctionAsyncInvokeConfigResponse](t, "delete asynchronous settings")(
			w.DeleteFunctionAsyncInvokeConfig(&model.DeleteFunctionAsyncInvokeConfigRequest{FunctionUrn: urn}))
		_, err := w.ShowFunctionAsyncInvokeConfig(&model.ShowFunctionAsyncInvokeConfigRequest{FunctionUrn: urn})
		refused(t, "show settings that are gone", "FSS.0404", err)
		w.events(t, urn)
	})
}

func (w *world) events(t *testing.T, urn string) {
	t.Helper()
	made := ok[model.CreateEventResponse](t, "create event")(w.CreateEvent(&model.CreateEventRequest{
		FunctionUrn: urn, Body: &model.CreateEventRequestBody{Name: "smoke", Content: *base64Of("one")},
	}))
	show := func() (*model.ShowEventResponse, error) {
		return w.ShowEvent(&model.ShowEventRequest{FunctionUrn: urn, EventId: *made.Id})
	}
	if got := ok[model.ShowEventResponse](t, "event")(show()); *got.Content != *base64Of("one") || got.LastModified != 0 {
		t.Errorf("event %v", got)
	}
	ok[model.UpdateEventResponse](t, "update event")(w.UpdateEvent(&model.UpdateEventRequest{
		FunctionUrn: urn, EventId: *made.Id, Body: &model.UpdateEventRequestBody{Content: *base64Of("two")},
	}))
	if got := ok[model.ShowEventResponse](t, "event")(show()); *got.Content != *base64Of("two") || got.LastModified == 0 {
		t.Errorf("changed event %v", got)
	}
	ok[model.DeleteEventResponse](t, "delete event")(
		w.DeleteEvent(&model.DeleteEventRequest{FunctionUrn: urn, EventId: *made.Id}))
	_, err := show()
	refused(t, "show an event that is gone", "FSS.1070", err)
}
