// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// foreign is the part of the settings that this provider has no attribute for, as far as the service reports a value
// other than its default. A PUT config carries it along: a service that replaces would reset what is left out, and close
// somebody's VPC access because a description changed (contract 3.4, 4.3). What has its default is left out: there is
// nothing to lose, and regions that lack the member keep working.
func foreign(in functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	out := functiongraph.FunctionSettings{
		UserDataKMSKeyID: nonZero(in.UserDataKMSKeyID),
		GPUMemory:        nonZero(in.GPUMemory), GPUType: nonZero(in.GPUType),
		PeeringCIDR: nonZero(in.PeeringCIDR), DomainNames: nonZero(in.DomainNames),
		InitializerHandler: nonZero(in.InitializerHandler), InitializerTimeout: nonZero(in.InitializerTimeout),
		PreStopHandler: nonZero(in.PreStopHandler), PreStopTimeout: nonZero(in.PreStopTimeout),
		RestoreHookHandler: nonZero(in.RestoreHookHandler), RestoreHookTimeout: nonZero(in.RestoreHookTimeout),
		HeartbeatHandler:     nonZero(in.HeartbeatHandler),
		EnableClassIsolation: nonZero(in.EnableClassIsolation), EnableDynamicMemory: nonZero(in.EnableDynamicMemory),
		IsStatefulFunction: nonZero(in.IsStatefulFunction), EnableAuthInHeader: nonZero(in.EnableAuthInHeader),
		EphemeralStorage: other(in.EphemeralStorage, 512), EnterpriseProjectID: other(in.EnterpriseProjectID, "0"),
	}
	if in.VPC != nil && in.VPC.VPCID != "" {
		out.VPC = in.VPC
	}
	if in.MountConfig != nil && len(in.MountConfig.Mounts) > 0 {
		out.MountConfig = in.MountConfig
	}
	if in.CustomImage != nil && in.CustomImage.Image != "" {
		out.CustomImage = in.CustomImage
	}
	if n := in.NetworkController; n != nil && (nonZero(n.DisablePublicNetwork) != nil || len(n.TriggerAccessVPCs) > 0) {
		out.NetworkController = n
	}
	if in.EnableLTSLog != nil && *in.EnableLTSLog {
		out.EnableLTSLog, out.LogConfig, out.LTSCustomTag = in.EnableLTSLog, in.LogConfig, in.LTSCustomTag
	}
	// Only kept to warn about: values are never reported (contract F31), so they cannot be sent back.
	if in.EncryptedUserData != nil && len(parseEnvironment(in.EncryptedUserData)) > 0 {
		out.EncryptedUserData = in.EncryptedUserData
	}
	return out
}

func nonZero[T comparable](v *T) *T {
	var zero T
	return other(v, zero)
}

// other is a value that is neither the zero nor the service's default (contract 2.9).
func other[T comparable](v *T, fallback T) *T {
	var zero T
	if v == nil || *v == zero || *v == fallback {
		return nil
	}
	return v
}

// sendable is the part of foreign that a write may carry.
func sendable(f functiongraph.FunctionSettings) functiongraph.FunctionSettings {
	f.EncryptedUserData = nil
	return f
}

// keepLogs completes what a write carries along of the logs. Turned on, they may be sent only together with group and
// stream, ids and names, which have a call of their own (contract 3.4, 3.20); left out, they may be turned off (Q6).
// Where that call is not offered, not allowed or not complete, leaving out is the likelier way to keep them.
func keepLogs(ctx context.Context, client *functiongraph.Client, urn functiongraph.URN,
	out *functiongraph.FunctionSettings, diags *diag.Diagnostics,
) error {
	if out.EnableLTSLog == nil {
		return nil
	}
	logs, err := client.LogConfig(ctx, urn)
	if err == nil && logs.GroupName != "" && logs.StreamName != "" {
		out.LogConfig = logs
		return nil
	}
	if err != nil && !functiongraph.HasCode(err, functiongraph.CodeForbidden, functiongraph.CodeUnknownPath) {
		return err
	}
	out.EnableLTSLog, out.LogConfig, out.LTSCustomTag = nil, nil, nil
	diags.AddWarning("Logging Could Not Be Carried Along",
		"The function writes logs to LTS, which this version of the provider cannot manage, and where they go could not be "+
			"read. The service keeps that as it is, or turns logging off: look at the function in the console.")
	return nil
}

// warnEncrypted says what a write of the settings may lose.
func warnEncrypted(f functiongraph.FunctionSettings, diags *diag.Diagnostics) {
	if f.EncryptedUserData == nil {
		return
	}
	names := strings.Join(slices.Sorted(maps.Keys(parseEnvironment(f.EncryptedUserData))), ", ")
	diags.AddWarning("Encrypted Environment Cannot Be Kept",
		"The function has encrypted environment variables ("+names+"), which this version of the provider cannot manage. The "+
			"service never reports their values, so a change of settings may clear them there. Set them again after the apply.")
}
