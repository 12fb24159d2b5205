// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// oldAttribute is an attribute of a function at another provider.
type oldAttribute struct {
	name string
	// now is where it is written here; "" for nowhere. The guide "Coming from the huaweicloud provider" has a row of it
	// where it is another name.
	now string
	// take puts it into the form of an answer, of which the model makes what a read would make of it; nil for what the id
	// says, what the read finds, and what is no setting.
	take func(old base.OldState, out *functiongraph.Function)
}

// oldAttributes are all that a function has, or had, at the providers whose states move here.
var oldAttributes = []oldAttribute{
	{"id", "", nil}, {"urn", "", nil}, {"name", "name", nil}, {"app", "package", nil}, {"package", "package", nil},
	{"region", "", nil}, // of a resource: an alias of the provider here
	{"functiongraph_version", "type", func(old base.OldState, out *functiongraph.Function) {
		out.Type = old.Text("functiongraph_version")
	}},
	{"runtime", "runtime", func(old base.OldState, out *functiongraph.Function) { out.Runtime = old.Text("runtime") }},
	{"handler", "handler", func(old base.OldState, out *functiongraph.Function) { out.Handler = old.Text("handler") }},
	{"timeout", "timeout", func(old base.OldState, out *functiongraph.Function) { out.Timeout = old.Number("timeout") }},
	{"memory_size", "memory_size", func(old base.OldState, out *functiongraph.Function) {
		out.MemorySize = old.Number("memory_size")
	}},
	oldText("description", "description", func(s *settings) **string { return &s.Description }),
	oldText("heartbeat_handler", "heartbeat_handler", func(s *settings) **string { return &s.HeartbeatHandler }),
	oldText("xrole", "agency", func(s *settings) **string { return &s.Agency }), // before agency, which wins
	oldText("agency", "agency", func(s *settings) **string { return &s.Agency }),
	oldText("app_agency", "app_agency", func(s *settings) **string { return &s.AppAgency }),
	oldText("enterprise_project_id", "enterprise_project_id", func(s *settings) **string {
		return &s.EnterpriseProjectID
	}),

	oldText("user_data", "user_data", func(s *settings) **string { return &s.UserData }),
	{"encrypted_user_data", "encrypted_user_data", nil}, // no answer has the values: see oldVariables
	oldText("user_data_encrypt_kms_key_id", "user_data_kms_key_id", func(s *settings) **string {
		return &s.UserDataKMSKeyID
	}),

	{"vpc_id", "vpc.vpc_id", takeVPC}, {"network_id", "vpc.subnet_id", nil},
	{"network_controller", "network_controller", takeController},
	oldText("dns_list", "domain_names", func(s *settings) **string { return &s.DomainNames }),
	oldText("peering_cidr", "peering_cidrs", func(s *settings) **string { return &s.PeeringCIDR }),
	{"func_mounts", "mount_config.mounts", takeMounts}, {"mount_user_id", "mount_config.user_id", nil},
	{"mount_user_group_id", "mount_config.group_id", nil}, {"func_mounts_order", "", nil},
	{"custom_image", "code.image and image_config", takeImage},

	oldText("initializer_handler", "initializer.handler", func(s *settings) **string { return &s.InitializerHandler }),
	oldNumber("initializer_timeout", "initializer.timeout", func(s *settings) **int64 { return &s.InitializerTimeout }),
	oldText("pre_stop_handler", "pre_stop.handler", func(s *settings) **string { return &s.PreStopHandler }),
	oldNumber("pre_stop_timeout", "pre_stop.timeout", func(s *settings) **int64 { return &s.PreStopTimeout }),
	oldText("restore_hook_handler", "restore_hook.handler", func(s *settings) **string { return &s.RestoreHookHandler }),
	oldNumber("restore_hook_timeout", "restore_hook.timeout", func(s *settings) **int64 { return &s.RestoreHookTimeout }),

	oldText("gpu_type", "gpu.type", func(s *settings) **string { return &s.GPUType }),
	oldNumber("gpu_memory", "gpu.memory", func(s *settings) **int64 { return &s.GPUMemory }),
	{"max_instance_num", "max_instance_num", takeInstances}, {"concurrency_num", "concurrency_num", nil},
	oldNumber("ephemeral_storage", "ephemeral_storage", func(s *settings) **int64 { return &s.EphemeralStorage }),
	oldFlag("enable_dynamic_memory", "enable_dynamic_memory", func(s *settings) **bool { return &s.EnableDynamicMemory }),
	oldFlag("enable_class_isolation", "enable_class_isolation", func(s *settings) **bool {
		return &s.EnableClassIsolation
	}),
	oldFlag("enable_auth_in_header", "enable_auth_in_header", func(s *settings) **bool { return &s.EnableAuthInHeader }),
	oldFlag("is_stateful_function", "is_stateful_function", func(s *settings) **bool { return &s.IsStatefulFunction }),

	{"enable_lts_log", "log", takeLog}, {"log_group_id", "log.group_id", nil}, {"log_group_name", "log.group_name", nil},
	{"log_stream_id", "log.stream_id", nil}, {"log_stream_name", "log.stream_name", nil},
	{"log_topic_id", "log.stream_id", nil}, {"log_topic_name", "log.stream_name", nil}, // of OpenTelekomCloud
	{"lts_custom_tag", "log.custom_tags", nil}, {"lts_custom_tag_origin", "", nil},

	{"tags", "tags", nil},
	{"depend_list", "dependency_version_ids", nil}, // a set there: only an answer has the order, which counts
	{"func_code", "code.zip_file, code.jar_file, code.source_dir or code.inline", nil}, // see oldCode
	{"code_url", "code.obs_url", nil}, {"code_type", "", nil}, {"code_filename", "code.filename", nil},
	{"code_encrypt_kms_key_id", "code.kms_key_id", nil},

	{"versions", "fgs_function_version and fgs_function_alias", nil}, {"reserved_instances", "", nil},
	{"timeouts", "timeouts", nil}, {"version", "", nil},
	{"extend_config", "", nil}, {"apig_route_enable", "", nil}, {"allow_ephemeral_storage", "", nil}, // computed ones
}

type settings = functiongraph.FunctionSettings

func oldText(name, now string, place func(*settings) **string) oldAttribute {
	return oldAttribute{name, now, func(old base.OldState, out *functiongraph.Function) {
		if given := old.Text(name); given != "" {
			*place(&out.FunctionSettings) = &given
		}
	}}
}

func oldNumber(name, now string, place func(*settings) **int64) oldAttribute {
	return oldAttribute{name, now, func(old base.OldState, out *functiongraph.Function) {
		*place(&out.FunctionSettings) = base.OrNil(old.Number(name))
	}}
}

func oldFlag(name, now string, place func(*settings) **bool) oldAttribute {
	return oldAttribute{name, now, func(old base.OldState, out *functiongraph.Function) {
		*place(&out.FunctionSettings) = old.Flag(name)
	}}
}

// oldFunction is an old state in the form of an answer, without the code.
func oldFunction(old base.OldState) (out functiongraph.Function) {
	for _, attribute := range oldAttributes {
		if attribute.take != nil {
			attribute.take(old, &out)
		}
	}
	return out
}

// takeVPC: of the security groups no old state knows.
func takeVPC(old base.OldState, out *functiongraph.Function) {
	if vpc, subnet := old.Text("vpc_id"), old.Text("network_id"); vpc != "" && subnet != "" {
		out.VPC = &functiongraph.FunctionVPC{VPCID: vpc, SubnetID: subnet}
	}
}

func takeController(old base.OldState, out *functiongraph.Function) {
	given := old.Object("network_controller")
	if given == nil {
		return
	}
	out.NetworkController = &functiongraph.NetworkController{DisablePublicNetwork: given.Flag("disable_public_network")}
	for _, vpc := range given.Objects("trigger_access_vpcs") {
		out.NetworkController.TriggerAccessVPCs = append(out.NetworkController.TriggerAccessVPCs,
			functiongraph.VPCRef{VPCID: vpc.Text("vpc_id"), VPCName: vpc.Text("vpc_name")})
	}
}

func takeMounts(old base.OldState, out *functiongraph.Function) {
	mounts := old.Objects("func_mounts")
	if len(mounts) == 0 {
		return
	}
	out.MountConfig = &functiongraph.MountConfig{
		User: functiongraph.MountUser{UserID: old.Number("mount_user_id"), UserGroupID: old.Number("mount_user_group_id")},
	}
	for _, mount := range mounts {
		out.MountConfig.Mounts = append(out.MountConfig.Mounts, functiongraph.FunctionMount{
			MountType: mount.Text("mount_type"), MountResource: mount.Text("mount_resource"),
			MountSharePath: mount.Text("mount_share_path"), LocalMountPath: mount.Text("local_mount_path"),
		})
	}
}

func takeImage(old base.OldState, out *functiongraph.Function) {
	given := old.Object("custom_image")
	if given == nil {
		return
	}
	member := func(name string) *string { return base.OrNil(given.Text(name)) }
	out.CustomImage = &functiongraph.CustomImage{
		Image: given.Text("url"), Command: member("command"), Args: member("args"), WorkingDir: member("working_dir"),
		UserID: member("user_id"), GroupID: member("user_group_id"),
	}
}

// takeInstances: "0" is a disabled function, and also what the huaweicloud provider makes of an answer without a
// number. So it says nothing.
func takeInstances(old base.OldState, out *functiongraph.Function) {
	out.StrategyConfig = &functiongraph.StrategyConfig{
		Concurrency: base.OrNil(old.Number("max_instance_num")), ConcurrentNum: base.OrNil(old.Number("concurrency_num")),
	}
}

// takeLog: a state without the switch, as of OpenTelekomCloud, has a group where logging is on.
func takeLog(old base.OldState, out *functiongraph.Function) {
	out.EnableLTSLog = old.Flag("enable_lts_log")
	first := func(names ...string) string {
		for _, name := range names {
			if given := old.Text(name); given != "" {
				return given
			}
		}
		return ""
	}
	out.LogGroupID, out.LogStreamID = old.Text("log_group_id"), first("log_stream_id", "log_topic_id")
	out.LogConfig = &functiongraph.LogConfig{
		GroupID: out.LogGroupID, GroupName: old.Text("log_group_name"),
		StreamID: out.LogStreamID, StreamName: first("log_stream_name", "log_topic_name"),
	}
	out.LTSCustomTag = old.Map("lts_custom_tag")
}
