// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
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
// what is left out may refuse an empty value as out of range (contract 3.4 and Q3 leave both open, for each member).
func (w settingsWrite) send(ctx context.Context, diags *diag.Diagnostics) error {
	settings := w.plan.settingsToAPI(w.present, w.carried)
	if err := w.keepLogs(ctx, &settings, diags); err != nil {
		return err
	}
	err := base.OrWithout(w.put(ctx, settings), func() error { return w.leaveOut(ctx, settings) })
	var refused *functiongraph.Error
	if errors.As(err, &refused) && refused.Status == http.StatusBadRequest && settings.LogConfig != nil &&
		!named(settings.LogConfig) {
		return fmt.Errorf("%w (some regions want the names of the log group and stream, too: give group_name and "+
			"stream_name in log)", err)
	}
	return err
}

// losesAgency says that the write takes the agency away, and logging with it (contract 4.3).
func (w settingsWrite) losesAgency() bool {
	return w.present.Agency.ValueString() != "" && w.plan.Agency.ValueString() == ""
}

func (w settingsWrite) put(ctx context.Context, settings functiongraph.FunctionSettings) error {
	return w.client.UpdateSettings(ctx, w.urn,
		functiongraph.UpdateSettingsRequest{Name: w.urn.Name, FunctionSettings: settings})
}

// leaveOut writes the settings without the empty values that were refused; what is there all the same after that is
// cleared by its empty value.
//
// Only for Q3 (put-config) and F28 (reset-zeros): it is both that are open, what omission does and what a zero does.
func (w settingsWrite) leaveOut(ctx context.Context, refused functiongraph.FunctionSettings) error {
	settings := w.plan.settingsToAPI(settingsFacets{}, w.carried)
	// turns logs on, off, or keeps them
	settings.EnableLTSLog, settings.LogConfig = refused.EnableLTSLog, refused.LogConfig
	if settings.EnableLTSLog == nil {
		settings.LTSCustomTag = nil
	}
	if reflect.DeepEqual(settings, refused) {
		return errors.New("no empty value was refused")
	}
	if err := w.put(ctx, settings); err != nil {
		return err
	}
	got, err := w.client.Function(ctx, w.urn)
	if err != nil {
		return err
	}
	byItself := w.plan.Log.IsNull() && w.present.Log.IsNull() // logs, if any, that the service keeps by itself
	if got.LogConfig = settings.LogConfig; byItself {
		got.EnableLTSLog, got.LTSCustomTag = new(bool), nil
	}
	now := w.plan
	now.writtenNames = now.encryptedFacet.names()
	now.fromAPI(got, w.urn)
	if !w.plan.settingsDiffer(now) {
		return nil
	}
	rest := w.plan.settingsToAPI(now, w.carried)
	if byItself {
		rest.EnableLTSLog, rest.LogConfig, rest.LTSCustomTag = settings.EnableLTSLog, settings.LogConfig,
			settings.LTSCustomTag
	}
	return w.put(ctx, rest)
}
