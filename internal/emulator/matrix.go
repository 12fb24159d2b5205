// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

// answers is a set of calls that answer with a function body.
type answers int

const (
	inCreate answers = 1 << iota
	inGetConfig
	inUpdateConfig
	inGetCode
	inUpdateCode
	inList
	inListVersions
	inPublish
	inImport
	inMaxInstances

	nowhere    = 0
	everywhere = inMaxInstances<<1 - 1
	notForCode = everywhere &^ (inGetCode | inUpdateCode)
	inConfig   = inCreate | inGetConfig | inUpdateConfig // the calls that settings are written and read by
)

// answered says which calls return the members that are no settings: the response columns of contract 5, row by row.
// tags is never returned.
var answered = []struct {
	member string
	in     answers
}{
	{"func_name", everywhere},
	{"package", notForCode},
	{"code_type", everywhere},
	{"code_url", everywhere},
	{"code_filename", everywhere},
	{"func_code", inGetCode | inUpdateCode | inPublish},
	{"depend_version_list", inCreate | inGetConfig | inGetCode | inUpdateCode | inImport},
	{"depend_list", inCreate | inGetConfig | inGetCode | inUpdateCode | inPublish | inImport},
	{"dependencies", everywhere &^ (inList | inListVersions | inImport)},
	{"code_encrypt_kms_key_id", inCreate | inGetConfig | inUpdateCode},
	{"version_description", inListVersions | inPublish | inImport},
	{"func_vpc_id", inList | inListVersions},
	{"concurrency", inListVersions},
	{"concurrent_num", inListVersions},
	{"allow_ephemeral_storage", inCreate | inGetConfig},
	{"type", notForCode &^ inImport},
	{"log_group_id", inConfig | inList | inPublish | inMaxInstances},
	{"log_stream_id", inConfig | inList | inPublish | inMaxInstances},
	{"status", inListVersions | inPublish | inImport},
	{"function_async_config", inListVersions | inPublish},
	{"reserved_instance_count", inCreate},
	{"reserved_instance_idle_mode", inGetConfig | inListVersions},
	{"func_id", inConfig},
	{"func_urn", everywhere},
	{"resource_id", inConfig | inList},
	{"domain_id", everywhere},
	{"namespace", notForCode},
	{"project_name", notForCode},
	{"cpu", notForCode},
	{"code_size", everywhere},
	{"digest", everywhere},
	{"version", notForCode},
	{"image_name", notForCode},
	{"last_modified", everywhere},
	{"long_time", notForCode &^ inImport},
	{"enable_cloud_debug", inConfig | inMaxInstances},
	{"is_return_stream", inConfig | inMaxInstances},
	{"is_bridge_function", inCreate | inGetConfig | inList},
	{"apig_route_enable", inCreate | inGetConfig},
	{"bind_bridge_funcUrns", inList},
	{"fail_count", inList},
}
