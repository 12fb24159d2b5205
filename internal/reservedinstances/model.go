// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package reservedinstances

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// model is the resource as Terraform knows it.
type model struct {
	ID          types.String   `tfsdk:"id"`
	FunctionURN types.String   `tfsdk:"function_urn"`
	MinCount    types.Int64    `tfsdk:"min_count"`
	IdleMode    types.Bool     `tfsdk:"idle_mode"`
	Schedules   types.Map      `tfsdk:"schedules"`   // scheduleModel by name
	Utilization types.Map      `tfsdk:"utilization"` // utilizationModel by name
	Timeouts    timeouts.Value `tfsdk:"timeouts"`
}

// record reads and writes the model.
var record = tfconv.RecordFor[model](NewResource)

type scheduleModel struct {
	Cron      types.String `tfsdk:"cron"`
	Count     types.Int64  `tfsdk:"count"`
	StartTime types.String `tfsdk:"start_time"`
	EndTime   types.String `tfsdk:"end_time"`
}

var (
	scheduleType    = schedulesAttribute().NestedObject.Type()
	utilizationType = utilizationAttribute().NestedObject.Type()
)

// policies are those of a map that are known, by name.
func policies[T any](of types.Map) map[string]T {
	out := map[string]T{}
	for name, element := range of.Elements() {
		object, _ := element.(types.Object)
		if policy, ok := tfconv.Object[T](object); ok {
			out[name] = policy
		}
	}
	return out
}

// toAPI is the whole of it: a write replaces what there was.
func (m model) toAPI() functiongraph.Reservation {
	out := functiongraph.Reservation{
		Count: m.MinCount.ValueInt64(), IdleMode: m.IdleMode.ValueBool(),
		Cron: map[string]functiongraph.CronPolicy{}, Metric: map[string]functiongraph.MetricPolicy{},
	}
	for name, p := range policies[scheduleModel](m.Schedules) {
		out.Cron[name] = functiongraph.CronPolicy{
			Cron: p.Cron.ValueString(), Count: p.Count.ValueInt64(),
			Start: secondsOf(p.StartTime), Expires: secondsOf(p.EndTime),
		}
	}
	for name, p := range policies[utilizationModel](m.Utilization) {
		out.Metric[name] = p.toAPI()
	}
	return out
}

// fromAPI takes over what a read reports. Moments stay as they are written while they are the same.
func (m *model) fromAPI(in functiongraph.Reservation, urn functiongraph.URN) {
	m.ID = types.StringValue(urn.String())
	m.FunctionURN = functionref.Shown(m.FunctionURN, urn)
	m.MinCount, m.IdleMode = types.Int64Value(in.Count), types.BoolValue(in.IdleMode)
	m.Schedules = mapOf(scheduleType, m.Schedules, schedules(in, policies[scheduleModel](m.Schedules)))
	m.Utilization = mapOf(utilizationType, m.Utilization, utilization(in, policies[utilizationModel](m.Utilization)))
}

func schedules(in functiongraph.Reservation, current map[string]scheduleModel) map[string]scheduleModel {
	out := map[string]scheduleModel{}
	for name, p := range in.Cron {
		out[name] = scheduleModel{
			types.StringValue(p.Cron), types.Int64Value(p.Count),
			instant(p.Start, current[name].StartTime), instant(p.Expires, current[name].EndTime),
		}
	}
	return out
}

// mapOf is a map of objects. Where there are none, an empty one that is there stays, and all else is null.
func mapOf[T any](element attr.Type, current types.Map, models map[string]T) types.Map {
	if len(models) == 0 {
		if tfconv.Known(current) && len(current.Elements()) == 0 {
			return current
		}
		return types.MapNull(element)
	}
	elements := make(map[string]attr.Value, len(models))
	for name, model := range models {
		elements[name] = tfconv.ObjectOf(element, model)
	}
	return types.MapValueMust(element, elements)
}

// keepTimes keeps moments as the state writes them that a plan writes in another way.
func (m *model) keepTimes(prior model) {
	if !tfconv.Known(m.Schedules) || len(m.Schedules.Elements()) == 0 {
		return
	}
	before, elements := policies[scheduleModel](prior.Schedules), maps.Clone(m.Schedules.Elements())
	for name, p := range policies[scheduleModel](m.Schedules) {
		p.StartTime, p.EndTime = kept(p.StartTime, before[name].StartTime), kept(p.EndTime, before[name].EndTime)
		elements[name] = tfconv.ObjectOf(scheduleType, p)
	}
	m.Schedules = types.MapValueMust(scheduleType, elements)
}

func kept(planned, prior types.String) types.String {
	if tfconv.Known(planned) && tfconv.Known(prior) && secondsOf(planned) == secondsOf(prior) {
		return prior
	}
	return planned
}

// differences says in which attributes a reservation is another one than it should be.
func differences(want, is functiongraph.Reservation) (out []string) {
	if want.Count != is.Count {
		out = append(out, fmt.Sprintf("min_count %d, not %d", is.Count, want.Count))
	}
	if want.IdleMode != is.IdleMode {
		out = append(out, fmt.Sprintf("idle_mode %t, not %t", is.IdleMode, want.IdleMode))
	}
	if !maps.Equal(want.Cron, is.Cron) {
		out = append(out, "other schedules: "+names(is.Cron))
	}
	if !maps.Equal(want.Metric, is.Metric) {
		out = append(out, "other policies of utilization: "+metricNames(is.Metric))
	}
	return out
}

func names[T any](of map[string]T) string {
	if len(of) == 0 {
		return "none"
	}
	return strings.Join(slices.Sorted(maps.Keys(of)), ", ")
}

func list(texts []string) string { return strings.Join(texts, "; ") }
