// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "strings"

// Settings are the members that PUT config accepts (contract 3.4).
type Settings struct {
	Runtime              string
	Timeout              int // seconds
	Handler              string
	MemorySize           int // MB
	GPUMemory            int // MB
	GPUType              string
	UserData             string // a JSON object as text
	EncryptedUserData    string // plain values; every answer blanks them
	UserDataKMSKeyID     string
	XRole                string
	AppXRole             string
	Description          string
	FuncVPC              *FuncVPC
	PeeringCIDR          string
	DomainNames          string
	NetworkController    *NetworkController
	MountConfig          *MountConfig
	CustomImage          *CustomImage
	Concurrency          int // maximum instances: -1 unlimited, 0 disabled
	ConcurrentNum        int // requests per instance
	InitializerHandler   string
	InitializerTimeout   int // seconds
	PreStopHandler       string
	PreStopTimeout       int // seconds
	RestoreHookHandler   string
	RestoreHookTimeout   int // seconds
	HeartbeatHandler     string
	EnableClassIsolation bool
	EnableDynamicMemory  bool
	IsStatefulFunction   bool
	EnableAuthInHeader   bool
	EphemeralStorage     int // MB
	EnterpriseProjectID  string
	ExtendConfig         string
	EnableLTSLog         bool
	LogConfig            *LogConfig // what is bound while EnableLTSLog is true
	LTSCustomTag         map[string]string
}

// setting is one member of PUT config, most of which create takes too. One row here is all that the emulator knows of a
// member whose value needs no rule of its own: calls and answers are its columns of contract 5, omitted is its row of
// contract 4.3.
type setting struct {
	name    string
	calls   settingCalls
	omitted omission
	answers answers
	content
}

type settingCalls int

const (
	both       settingCalls = iota
	updateOnly              // create does not know the member
	bothQ10                 // create may ignore it: Q10, switch create-members
)

// omission says what PUT config does with a member that is not sent (contract 4.3).
type omission int

const (
	needed  omission = iota // refused
	lenient                 // kept, even when null or empty
	reset                   // always reset: observed
	kept                    // kept: observed
	open                    // undecided: the switch put-config says
	object                  // as open, but null clears, whatever the switch null-members says
	paired                  // kept: observed; but null clears, as for object: observed
	scaling                 // kept, unless the switch omitted-strategy says otherwise
)

// settings are in the order of contract 3.4, with log members at the end.
var settings = []setting{
	{"runtime", both, needed, everywhere, plain(func(st *Settings) *string { return &st.Runtime }, checkRuntime)},
	{"timeout", both, needed, notForCode, plain(func(st *Settings) *int { return &st.Timeout },
		between(3, 259200, "FSS.1008", "timeout"))}, // F4
	{"handler", both, lenient, notForCode, plain(func(st *Settings) *string { return &st.Handler },
		atMost(128, "FSS.1003", "handler"))}, // F6
	{"memory_size", both, needed, notForCode, plain(func(st *Settings) *int { return &st.MemorySize }, checkMemory)},
	{"gpu_memory", both, reset, inConfig | inList | inImport,
		plain(func(st *Settings) *int { return &st.GPUMemory }, checkGPUMemory)},
	{"gpu_type", both, reset, inCreate | inGetConfig,
		plain(func(st *Settings) *string { return &st.GPUType }, checkGPUType)},
	{"user_data", both, open, notForCode, plain(func(st *Settings) *string { return &st.UserData }, checkUserData)},
	{"encrypted_user_data", both, open, notForCode &^ inImport,
		shownAs(blanked, func(st *Settings) *string { return &st.EncryptedUserData }, checkUserData)},
	{"user_data_encrypt_kms_key_id", both, open, inConfig,
		plain(func(st *Settings) *string { return &st.UserDataKMSKeyID })},
	{"xrole", both, reset, notForCode, plain(func(st *Settings) *string { return &st.XRole })},
	{"app_xrole", bothQ10, open, notForCode, plain(func(st *Settings) *string { return &st.AppXRole })},
	{"description", both, open, notForCode &^ inListVersions,
		plain(func(st *Settings) *string { return &st.Description }, checkDescription)},
	{"func_vpc", bothQ10, reset, inConfig | inPublish | inImport | inMaxInstances,
		nested((*Server).shownVPC, func(st *Settings) **FuncVPC { return &st.FuncVPC }, checkVPC)},
	{"peering_cidr", updateOnly, open, inGetConfig | inUpdateConfig,
		shownAs((*Server).arrangedBlocks, func(st *Settings) *string { return &st.PeeringCIDR }, checkPeering)},
	{"mount_config", bothQ10, object, inConfig | inPublish | inMaxInstances,
		nested((*Server).shownMounts, func(st *Settings) **MountConfig { return &st.MountConfig }, checkMounts)},
	{"strategy_config", updateOnly, scaling, everywhere, strategyContent},
	{"custom_image", both, object, inConfig | inListVersions,
		nested((*Server).shownImage, func(st *Settings) **CustomImage { return &st.CustomImage }, checkImage)},
	{"extend_config", updateOnly, open, inCreate | inList | inPublish | inImport,
		plain(func(st *Settings) *string { return &st.ExtendConfig })},
	{"initializer_handler", bothQ10, paired, notForCode,
		plain(func(st *Settings) *string { return &st.InitializerHandler })},
	{"initializer_timeout", bothQ10, paired, notForCode, plain(func(st *Settings) *int { return &st.InitializerTimeout },
		between(0, 300, "FSS.1405", "initializer_timeout"))}, // F24
	{"pre_stop_handler", both, open, notForCode,
		plain(func(st *Settings) *string { return &st.PreStopHandler }, checkHook)},
	{"pre_stop_timeout", both, open, notForCode, plain(func(st *Settings) *int { return &st.PreStopTimeout },
		between(0, 90, "FSS.0400", "pre_stop_timeout"))}, // F25
	{"ephemeral_storage", updateOnly, open, inConfig,
		plain(func(st *Settings) *int { return &st.EphemeralStorage }, checkEphemeralStorage)},
	{"enterprise_project_id", both, open, notForCode, enterpriseProjectContent},
	{"network_controller", both, object, inCreate | inGetConfig,
		nested((*Server).shownController, func(st *Settings) **NetworkController { return &st.NetworkController }, nil)},
	{"is_stateful_function", both, reset, inConfig | inListVersions | inMaxInstances,
		plain(func(st *Settings) *bool { return &st.IsStatefulFunction })},
	{"enable_dynamic_memory", both, reset, inConfig | inListVersions | inPublish | inMaxInstances,
		plain(func(st *Settings) *bool { return &st.EnableDynamicMemory })},
	{"enable_auth_in_header", updateOnly, open, inConfig | inListVersions | inMaxInstances,
		plain(func(st *Settings) *bool { return &st.EnableAuthInHeader })},
	{"enable_class_isolation", updateOnly, open, inCreate | inGetConfig,
		plain(func(st *Settings) *bool { return &st.EnableClassIsolation })},
	{"domain_names", both, open, inConfig | inMaxInstances,
		shownAs((*Server).arrangedDomains, func(st *Settings) *string { return &st.DomainNames }, checkDomainNames)},
	{"restore_hook_handler", updateOnly, open, inGetConfig,
		plain(func(st *Settings) *string { return &st.RestoreHookHandler }, checkHook)},
	{"restore_hook_timeout", updateOnly, open, inGetConfig,
		plain(func(st *Settings) *int { return &st.RestoreHookTimeout },
			between(0, 300, "FSS.0400", "restore_hook_timeout"))},
	{"heartbeat_handler", updateOnly, open, inCreate | inGetConfig,
		plain(func(st *Settings) *string { return &st.HeartbeatHandler }, checkHook)},
	{"enable_lts_log", both, kept, inConfig, plain(func(st *Settings) *bool { return &st.EnableLTSLog })},
	{"log_config", both, kept, nowhere, nested(nil, func(st *Settings) **LogConfig { return &st.LogConfig }, nil)},
	{"lts_custom_tag", both, kept, inConfig,
		shownAs(notNull, func(st *Settings) *map[string]string { return &st.LTSCustomTag }, checkLogTags)},
}

// SettingNames are the members of PUT config, but for the two that name the function.
func SettingNames() []string {
	names := make([]string, 0, len(settings))
	for _, item := range settings {
		names = append(names, item.name)
	}
	return names
}

const defaultEnterpriseProject = "0"

// defaultSettings are those of a function of that type before its first member (contract 2.9).
func defaultSettings(functionType string) Settings {
	st := Settings{
		Concurrency: 400, ConcurrentNum: 1, EphemeralStorage: 512, EnterpriseProjectID: defaultEnterpriseProject,
	}
	if functionType == "v1" {
		st.Concurrency = -1
	}
	return st
}

// isJava says whether the Java-only members make sense.
func isJava(runtime string) bool { return strings.HasPrefix(runtime, "Java") }
