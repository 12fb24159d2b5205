// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"errors"
	"net/http"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// settingsWrite is one PUT config: the complete settings, from what is there to what is planned.
type settingsWrite struct {
	client  *functiongraph.Client
	urn     functiongraph.URN
	plan    settingsFacets
	present settingsFacets
	carried functiongraph.FunctionSettings // what no attribute shows
}

// send clears what was removed by its empty value: a service that keeps what is left out needs that. One that resets
// what is left out may refuse an empty value as out of range (contract 3.4 and Q3 leave both open): then it is left out.
func (w settingsWrite) send(ctx context.Context, diags *diag.Diagnostics) error {
	request := functiongraph.UpdateSettingsRequest{Name: w.urn.Name}
	request.FunctionSettings = w.plan.settings(w.present, w.carried)
	if err := keepLogs(ctx, w.client, w.urn, &request.FunctionSettings, diags); err != nil {
		return err
	}
	err := w.client.UpdateSettings(ctx, w.urn, request)
	without := w.plan.settings(settingsFacets{}, w.carried)
	without.EnableLTSLog, without.LogConfig, without.LTSCustomTag = request.EnableLTSLog, request.LogConfig, request.LTSCustomTag
	var refused *functiongraph.Error
	if !errors.As(err, &refused) || refused.Status != http.StatusBadRequest || reflect.DeepEqual(without, request.FunctionSettings) {
		return err
	}
	request.FunctionSettings = without
	if w.client.UpdateSettings(ctx, w.urn, request) != nil {
		return err // the first one names what is wrong
	}
	return nil
}
