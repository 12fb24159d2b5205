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

	everywhere = inMaxInstances<<1 - 1
)

// answered says which calls return which member: the response columns of contract 5, row by row. tags and log_config
// are never returned.
var answered = []struct {
	member string
	in     answers
}{
	{"func_name", everywhere},
	{"package", everywhere &^ (inGetCode | inUpdateCode)},
	{"runtime", everywhere},
	{"timeout", everywhere &^ (inGetCode | inUpdateCode)},
	{"handler", everywhere &^ (inGetCode | inUpdateCode)},
	{"memory_size", everywhere &^ (inGetCode | inUpdateCode)},
	{"gpu_memory", inCreate | inGetConfig | inUpdateConfig | inList | inImport},
	{"gpu_type", inCreate | inGetConfig},
	{"code_type", everywhere},
	{"code_url", everywhere},
	{"code_filename", everywhere},
	{"func_code", inGetCode | inUpdateCode | inPublish},
	{"custom_image", inCreate | inGetConfig | inUpdateConfig | inListVersions},
	{"depend_version_list", inCreate | inGetConfig | inGetCode | inUpdateCode | inImport},
	{"depend_list", inCreate | inGetConfig | inGetCode | inUpdateCode | inPublish | inImport},
	{"dependencies", everywhere &^ (inList | inListVersions | inImport)},
	{"user_data", everywhere &^ (inGetCode | inUpdateCode)},
	{"encrypted_user_data", everywhere &^ (inGetCode | inUpdateCode | inImport)},
	{"user_data_encrypt_kms_key_id", inCreate | inGetConfig | inUpdateConfig},
	{"code_encrypt_kms_key_id", inCreate | inGetConfig | inUpdateCode},
	{"xrole", everywhere &^ (inGetCode | inUpdateCode)},
	{"app_xrole", everywhere &^ (inGetCode | inUpdateCode)},
	{"description", everywhere &^ (inGetCode | inUpdateCode | inListVersions)},
	{"version_description", inListVersions | inPublish | inImport},
	{"func_vpc", inCreate | inGetConfig | inUpdateConfig | inPublish | inImport | inMaxInstances},
	{"func_vpc_id", inList | inListVersions},
	{"peering_cidr", inGetConfig | inUpdateConfig},
	{"domain_names", inCreate | inGetConfig | inUpdateConfig | inMaxInstances},
	{"network_controller", inCreate | inGetConfig},
	{"mount_config", inCreate | inGetConfig | inUpdateConfig | inPublish | inMaxInstances},
	{"strategy_config", everywhere},
	{"concurrency", inListVersions},
	{"concurrent_num", inListVersions},
	{"initializer_handler", everywhere &^ (inGetCode | inUpdateCode)},
	{"initializer_timeout", everywhere &^ (inGetCode | inUpdateCode)},
	{"pre_stop_handler", everywhere &^ (inGetCode | inUpdateCode)},
	{"pre_stop_timeout", everywhere &^ (inGetCode | inUpdateCode)},
	{"restore_hook_handler", inGetConfig},
	{"restore_hook_timeout", inGetConfig},
	{"heartbeat_handler", inCreate | inGetConfig},
	{"enable_class_isolation", inCreate | inGetConfig},
	{"ephemeral_storage", inCreate | inGetConfig | inUpdateConfig},
	{"allow_ephemeral_storage", inCreate | inGetConfig},
	{"enterprise_project_id", everywhere &^ (inGetCode | inUpdateCode)},
	{"type", everywhere &^ (inGetCode | inUpdateCode | inImport)},
	{"log_group_id", inCreate | inGetConfig | inUpdateConfig | inList | inPublish | inMaxInstances},
	{"log_stream_id", inCreate | inGetConfig | inUpdateConfig | inList | inPublish | inMaxInstances},
	{"enable_lts_log", inCreate | inGetConfig | inUpdateConfig},
	{"lts_custom_tag", inCreate | inGetConfig | inUpdateConfig},
	{"is_stateful_function", inCreate | inGetConfig | inUpdateConfig | inListVersions | inMaxInstances},
	{"enable_dynamic_memory", inCreate | inGetConfig | inUpdateConfig | inListVersions | inPublish | inMaxInstances},
	{"enable_auth_in_header", inCreate | inGetConfig | inUpdateConfig | inListVersions | inMaxInstances},
	{"extend_config", inCreate | inList | inPublish | inImport},
	{"status", inListVersions | inPublish | inImport},
	{"function_async_config", inListVersions | inPublish},
	{"reserved_instance_count", inCreate},
	{"reserved_instance_idle_mode", inGetConfig | inListVersions},
	{"func_id", inCreate | inGetConfig | inUpdateConfig},
	{"func_urn", everywhere},
	{"resource_id", inCreate | inGetConfig | inUpdateConfig | inList},
	{"domain_id", everywhere},
	{"namespace", everywhere &^ (inGetCode | inUpdateCode)},
	{"project_name", everywhere &^ (inGetCode | inUpdateCode)},
	{"cpu", everywhere &^ (inGetCode | inUpdateCode)},
	{"code_size", everywhere},
	{"digest", everywhere},
	{"version", everywhere &^ (inGetCode | inUpdateCode)},
	{"image_name", everywhere &^ (inGetCode | inUpdateCode)},
	{"last_modified", everywhere},
	{"long_time", everywhere &^ (inGetCode | inUpdateCode | inImport)},
	{"enable_cloud_debug", inCreate | inGetConfig | inUpdateConfig | inMaxInstances},
	{"is_return_stream", inCreate | inGetConfig | inUpdateConfig | inMaxInstances},
	{"is_bridge_function", inCreate | inGetConfig | inList},
	{"apig_route_enable", inCreate | inGetConfig},
	{"bind_bridge_funcUrns", inList},
	{"fail_count", inList},
}
