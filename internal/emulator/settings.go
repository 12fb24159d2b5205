// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"strings"
)

// omission says what PUT config does with a member that is not sent (contract 4.3).
type omission int

const (
	needed  omission = iota // refused
	lenient                 // kept, even when null or empty
	reset                   // always reset: observed
	kept                    // kept: observed
	open                    // undecided: the switch put-config says
	object                  // as open, but null clears
	logging                 // kept, unless the switch omitted-log says otherwise
	scaling                 // kept, unless the switch omitted-strategy says otherwise
)

// setting is one member of PUT config, most of which create takes too (contract 5, request columns).
type setting struct {
	name    string
	calls   settingCalls
	omitted omission
	// parse decodes and checks a value without looking at the function; the result puts it there.
	parse func(s *Server, raw json.RawMessage) (func(*Settings), *Error)
	// clear gives the member the value that a new function has.
	clear func(st, defaults *Settings)
}

type settingCalls int

const (
	both       settingCalls = iota
	updateOnly              // create does not know the member
	bothQ10                 // create may ignore it: Q10, switch create-members
)

// settings are in the order of contract 3.4, with log members at the end.
var settings = []setting{
	scalar("runtime", both, needed, func(st *Settings) *string { return &st.Runtime }, checkRuntime),
	scalar("timeout", both, needed, func(st *Settings) *int { return &st.Timeout },
		between(3, 259200, "FSS.1008", "timeout")), // F4
	scalar("handler", both, lenient, func(st *Settings) *string { return &st.Handler },
		atMost(128, "FSS.1003", "handler")), // F6
	scalar("memory_size", both, needed, func(st *Settings) *int { return &st.MemorySize }, checkMemory),
	scalar("gpu_memory", both, reset, func(st *Settings) *int { return &st.GPUMemory }, checkGPUMemory),
	scalar("gpu_type", both, reset, func(st *Settings) *string { return &st.GPUType }, checkGPUType),
	scalar("user_data", both, open, func(st *Settings) *string { return &st.UserData }, checkUserData),
	scalar("encrypted_user_data", both, open, func(st *Settings) *string { return &st.EncryptedUserData },
		checkUserData),
	scalar("user_data_encrypt_kms_key_id", both, open, func(st *Settings) *string { return &st.UserDataKMSKeyID }),
	scalar("xrole", both, reset, func(st *Settings) *string { return &st.XRole }),
	scalar("app_xrole", bothQ10, open, func(st *Settings) *string { return &st.AppXRole }),
	scalar("description", both, open, func(st *Settings) *string { return &st.Description }, checkDescription),
	nested("func_vpc", bothQ10, reset, func(st *Settings) **FuncVPC { return &st.FuncVPC }, checkVPC),
	scalar("peering_cidr", updateOnly, open, func(st *Settings) *string { return &st.PeeringCIDR }, checkPeering),
	nested("mount_config", bothQ10, object, func(st *Settings) **MountConfig { return &st.MountConfig }, checkMounts),
	strategySetting,
	nested("custom_image", both, object, func(st *Settings) **CustomImage { return &st.CustomImage }, checkImage),
	scalar("extend_config", updateOnly, open, func(st *Settings) *string { return &st.ExtendConfig }),
	scalar("initializer_handler", bothQ10, kept, func(st *Settings) *string { return &st.InitializerHandler }),
	scalar("initializer_timeout", bothQ10, kept, func(st *Settings) *int { return &st.InitializerTimeout },
		between(0, 300, "FSS.1405", "initializer_timeout")), // F24
	scalar("pre_stop_handler", both, open, func(st *Settings) *string { return &st.PreStopHandler }, checkHook),
	scalar("pre_stop_timeout", both, open, func(st *Settings) *int { return &st.PreStopTimeout },
		between(0, 90, "FSS.0400", "pre_stop_timeout")), // F25
	scalar("ephemeral_storage", updateOnly, open, func(st *Settings) *int { return &st.EphemeralStorage },
		checkEphemeralStorage),
	enterpriseProjectSetting,
	nested("network_controller", both, object,
		func(st *Settings) **NetworkController { return &st.NetworkController }, nil),
	scalar("is_stateful_function", both, reset, func(st *Settings) *bool { return &st.IsStatefulFunction }),
	scalar("enable_dynamic_memory", both, reset, func(st *Settings) *bool { return &st.EnableDynamicMemory }),
	scalar("enable_auth_in_header", updateOnly, open, func(st *Settings) *bool { return &st.EnableAuthInHeader }),
	scalar("enable_class_isolation", updateOnly, open, func(st *Settings) *bool { return &st.EnableClassIsolation }),
	scalar("domain_names", both, open, func(st *Settings) *string { return &st.DomainNames }, checkDomainNames),
	scalar("restore_hook_handler", updateOnly, open, func(st *Settings) *string { return &st.RestoreHookHandler },
		checkHook),
	scalar("restore_hook_timeout", updateOnly, open, func(st *Settings) *int { return &st.RestoreHookTimeout },
		between(0, 300, "FSS.0400", "restore_hook_timeout")),
	scalar("heartbeat_handler", updateOnly, open, func(st *Settings) *string { return &st.HeartbeatHandler }, checkHook),
	scalar("enable_lts_log", both, logging, func(st *Settings) *bool { return &st.EnableLTSLog }),
	nested("log_config", both, kept, func(st *Settings) **LogConfig { return &st.LogConfig }, nil),
	scalar("lts_custom_tag", both, kept, func(st *Settings) *map[string]string { return &st.LTSCustomTag },
		checkLogTags),
}

// scalar is a setting that is one field.
func scalar[T any](name string, calls settingCalls, omitted omission, field func(*Settings) *T,
	checks ...func(*Server, T) *Error) setting {
	return setting{
		name: name, calls: calls, omitted: omitted,
		parse: func(s *Server, raw json.RawMessage) (func(*Settings), *Error) {
			var value T
			if err := s.decode(raw, name, &value); err != nil {
				return nil, err
			}
			for _, check := range checks {
				if err := check(s, value); err != nil {
					return nil, err
				}
			}
			return func(st *Settings) { *field(st) = value }, nil
		},
		clear: func(st, defaults *Settings) { *field(st) = *field(defaults) },
	}
}

// nested is a setting that is an object. A sent object replaces the old one whole; {} removes it (contract 4.3).
func nested[T any](name string, calls settingCalls, omitted omission, field func(*Settings) **T,
	check func(*Server, *T) *Error) setting {
	return setting{
		name: name, calls: calls, omitted: omitted,
		parse: func(s *Server, raw json.RawMessage) (func(*Settings), *Error) {
			var value *T
			if err := s.decode(raw, name, &value); err != nil {
				return nil, err
			}
			if isEmptyObject(raw) {
				return func(st *Settings) { *field(st) = nil }, nil
			}
			if check != nil {
				if err := check(s, value); err != nil {
					return nil, err
				}
			}
			return func(st *Settings) { *field(st) = value }, nil
		},
		clear: func(st, defaults *Settings) { *field(st) = *field(defaults) },
	}
}

// isEmptyObject says whether a value is written as {}.
func isEmptyObject(raw json.RawMessage) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal(raw, &object) == nil && len(object) == 0
}

// strategy is strategy_config on its way in. A member that is not sent keeps its value; a sent 0 disables.
type strategy struct {
	Concurrency   *int `json:"concurrency"`
	ConcurrentNum *int `json:"concurrent_num"`
}

var strategySetting = setting{
	name: "strategy_config", calls: updateOnly, omitted: scaling,
	parse: func(s *Server, raw json.RawMessage) (func(*Settings), *Error) {
		var sent strategy
		if err := s.decode(raw, "strategy_config", &sent); err != nil {
			return nil, err
		}
		return func(st *Settings) {
			if sent.Concurrency != nil {
				st.Concurrency = *sent.Concurrency
			}
			if sent.ConcurrentNum != nil {
				st.ConcurrentNum = *sent.ConcurrentNum
			}
			if st.ConcurrentNum == -1 || st.ConcurrentNum == 0 {
				st.ConcurrentNum = 1 // observed, contract 2.4
			}
		}, nil
	},
	clear: func(st, defaults *Settings) {
		if defaults.Concurrency == -1 {
			return // v1: peer leaves the member out there, and works
		}
		st.Concurrency, st.ConcurrentNum = defaults.Concurrency, defaults.ConcurrentNum
	},
}

// enterpriseProjectSetting is F36: an empty id changes nothing, 0 is the default project.
var enterpriseProjectSetting = setting{
	name: "enterprise_project_id", calls: both, omitted: open,
	parse: func(s *Server, raw json.RawMessage) (func(*Settings), *Error) {
		var id string
		if err := s.decode(raw, "enterprise_project_id", &id); err != nil {
			return nil, err
		}
		return func(st *Settings) {
			if id != "" {
				st.EnterpriseProjectID = id
			}
		}, nil
	},
	clear: func(st, defaults *Settings) { st.EnterpriseProjectID = defaults.EnterpriseProjectID },
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
