// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck_test

import (
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/services/functiongraph/v2/model"
)

// TestEmulator_triggers: all seven calls but the project's list, which the SDK does not have.
func TestEmulator_triggers(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, switches emulator.Switches) {
		w.create(t, "one = 1\n")
		urn := urnOf("demo")
		made := ok[model.CreateFunctionTriggerResponse](t, "create trigger")(w.CreateFunctionTrigger(
			&model.CreateFunctionTriggerRequest{FunctionUrn: urn, Body: &model.CreateFunctionTriggerRequestBody{
				TriggerTypeCode: model.GetCreateFunctionTriggerRequestBodyTriggerTypeCodeEnum().TIMER,
				TriggerStatus:   ptr(model.GetCreateFunctionTriggerRequestBodyTriggerStatusEnum().ACTIVE),
				EventData: &model.TriggerEventDataRequestBody{
					Name: ptr("nightly"), Schedule: ptr("0 0 3 * * *"), UserEvent: ptr("full"),
					ScheduleType: ptr(model.GetTriggerEventDataRequestBodyScheduleTypeEnum().CRON),
				},
			}}))
		if made.HttpStatusCode != 201 || made.TriggerStatus.Value() != "ACTIVE" ||
			*made.EventData.Schedule != "0 0 3 * * *" || made.CreatedTime == nil {
			t.Errorf("made %v", made)
		}
		w.later.Store(int64(time.Minute)) // the second world shows late what was written
		show := func() (*model.ShowFunctionTriggerResponse, error) {
			return w.ShowFunctionTrigger(&model.ShowFunctionTriggerRequest{
				FunctionUrn: urn, TriggerTypeCode: model.GetShowFunctionTriggerRequestTriggerTypeCodeEnum().TIMER,
				TriggerId: *made.TriggerId,
			})
		}
		if got := ok[model.ShowFunctionTriggerResponse](t, "show trigger")(show()); *got.TriggerId != *made.TriggerId ||
			*got.EventData.UserEvent != "full" {
			t.Errorf("shown %v", got)
		}
		ok[model.UpdateTriggerResponse](t, "update trigger")(w.UpdateTrigger(&model.UpdateTriggerRequest{
			FunctionUrn: urn, TriggerTypeCode: model.GetUpdateTriggerRequestTriggerTypeCodeEnum().TIMER,
			TriggerId: *made.TriggerId,
			Body: &model.UpdateTriggerRequestBody{
				TriggerStatus: ptr(model.GetUpdateTriggerRequestBodyTriggerStatusEnum().DISABLED),
			},
		}))
		w.later.Store(int64(2 * time.Minute))
		list := ok[model.ListFunctionTriggersResponse](t,
			"list triggers")(w.ListFunctionTriggers(&model.ListFunctionTriggersRequest{FunctionUrn: urn}))
		if rows := *list.Body; len(rows) != 1 || rows[0].TriggerStatus.Value() != "DISABLED" ||
			*rows[0].EventData.Name != "nightly" {
			t.Errorf("list %v", rows)
		}
		ok[model.DeleteFunctionTriggerResponse](t,
			"delete trigger")(w.DeleteFunctionTrigger(&model.DeleteFunctionTriggerRequest{
			FunctionUrn: urn, TriggerTypeCode: model.GetDeleteFunctionTriggerRequestTriggerTypeCodeEnum().TIMER,
			TriggerId: *made.TriggerId,
		}))
		w.later.Store(int64(3 * time.Minute))
		_, err := show()
		refused(t, "show a deleted trigger", "FSS.1140", err)
		ok[model.BatchDeleteFunctionTriggersResponse](t, "delete triggers")(
			w.BatchDeleteFunctionTriggers(&model.BatchDeleteFunctionTriggersRequest{FunctionUrn: urn}))
		_, err = w.ListFunctionTriggers(&model.ListFunctionTriggersRequest{FunctionUrn: urnOf("other")})
		refused(t, "triggers of nothing",
			map[bool]string{false: "FSS.0500", true: "FSS.1051"}[switches.MissingFunctionNotFound], err)
	})
}

// TestEmulator_polling: the SDK sends event_data of an update as a list (contract X37).
func TestEmulator_polling(t *testing.T) {
	t.Parallel()
	w := newWorld(t, emulator.Switches{})
	w.server.Put(emulator.Function{Name: "demo", Settings: emulator.Settings{XRole: "agency"}})
	urn := urnOf("demo")
	made := ok[model.CreateFunctionTriggerResponse](t, "create trigger")(w.CreateFunctionTrigger(
		&model.CreateFunctionTriggerRequest{FunctionUrn: urn, Body: &model.CreateFunctionTriggerRequestBody{
			TriggerTypeCode: model.GetCreateFunctionTriggerRequestBodyTriggerTypeCodeEnum().DIS,
			EventData: &model.TriggerEventDataRequestBody{
				StreamName: ptr("s"), PollingInterval: ptr(int32(30)), BatchSize: ptr(int32(10)),
				IsSerial:          ptr(model.GetTriggerEventDataRequestBodyIsSerialEnum().TRUE),
				PollingUnit:       ptr(model.GetTriggerEventDataRequestBodyPollingUnitEnum().S),
				SharditeratorType: ptr(model.GetTriggerEventDataRequestBodySharditeratorTypeEnum().LATEST),
			},
		}}))
	got := ok[model.UpdateTriggerResponse](t, "update trigger")(w.UpdateTrigger(&model.UpdateTriggerRequest{
		FunctionUrn: urn, TriggerTypeCode: model.GetUpdateTriggerRequestTriggerTypeCodeEnum().DIS, TriggerId: *made.TriggerId,
		Body: &model.UpdateTriggerRequestBody{EventData: &[]model.UpdateriggerEventData{{IsSerial: ptr(false),
			PollingInterval: ptr(int32(50))}}},
	}))
	if *got.EventData.PollingInterval != 50 || got.EventData.IsSerial.Value() != "false" ||
		*got.EventData.StreamName != "s" {
		t.Errorf("updated %v", got.EventData)
	}
}

// TestEmulator_dependencies: the calls about versions. The list of dependencies has times that the SDK cannot read
// (contract O28).
func TestEmulator_dependencies(t *testing.T) {
	t.Parallel()
	everyWorld(t, func(t *testing.T, w *world, _ emulator.Switches) {
		made := ok[model.CreateDependencyVersionResponse](t, "create dependency")(w.CreateDependencyVersion(
			&model.CreateDependencyVersionRequest{Body: &model.CreateDependencyRequestBody{
				DependType: "zip", DependFile: base64Of(string(archive(t, "lib.py", "x"))), Name: "libs", Description: ptr("d"),
				Runtime: model.GetCreateDependencyRequestBodyRuntimeEnum().PYTHON3_9,
			}}))
		if *made.Version != 1 || *made.Name != "libs" || *made.FileName != "libs.zip" || *made.LastModified == 0 {
			t.Errorf("made %v", made)
		}
		list := ok[model.ListDependencyVersionResponse](t, "list versions")(
			w.ListDependencyVersion(&model.ListDependencyVersionRequest{DependId: *made.DepId}))
		if rows := *list.Dependencies; *list.Count != 1 || rows[0].Id != *made.Id || *rows[0].DepId != *made.DepId {
			t.Errorf("list %v", list)
		}
		show := func() (*model.ShowDependencyVersionResponse, error) {
			return w.ShowDependencyVersion(&model.ShowDependencyVersionRequest{DependId: *made.DepId, Version: "1"})
		}
		if got := ok[model.ShowDependencyVersionResponse](t, "show version")(show()); *got.Id != *made.Id ||
			*got.Size != *made.Size {
			t.Errorf("shown %v", got)
		}
		ok[model.DeleteDependencyVersionResponse](t, "delete version")(
			w.DeleteDependencyVersion(&model.DeleteDependencyVersionRequest{DependId: *made.DepId, Version: "1"}))
		_, err := show()
		refused(t, "show a deleted version", "FSS.1056", err)
	})
}
