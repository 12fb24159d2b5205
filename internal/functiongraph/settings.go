// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// FunctionSettings are the members that creating a function (contract 3.1), updating its configuration (contract
// 3.4) and the answers share. A nil pointer is an absent member; a pointer to a zero value is sent as it is, which is
// how a setting is cleared (contract 3.4, "how to clear"). Which call takes which member is contract section 5.
type FunctionSettings struct {
	Runtime    string `json:"runtime,omitempty"`
	Handler    string `json:"handler,omitempty"`
	Timeout    int64  `json:"timeout,omitempty"`     // seconds, 3 to 259200
	MemorySize int64  `json:"memory_size,omitempty"` // MB

	Description       *string `json:"description,omitempty"`
	UserData          *string `json:"user_data,omitempty"`           // a JSON object as text
	EncryptedUserData *string `json:"encrypted_user_data,omitempty"` // a JSON object as text; values blank in answers
	UserDataKMSKeyID  *string `json:"user_data_encrypt_kms_key_id,omitempty"`
	Agency            *string `json:"xrole,omitempty"`
	AppAgency         *string `json:"app_xrole,omitempty"`
	GPUMemory         *int64  `json:"gpu_memory,omitempty"` // MB
	GPUType           *string `json:"gpu_type,omitempty"`

	VPC               *FunctionVPC       `json:"func_vpc,omitempty"`
	PeeringCIDR       *string            `json:"peering_cidr,omitempty"` // up to five, separated by ";"
	DomainNames       *string            `json:"domain_names,omitempty"` // a JSON array as text
	MountConfig       *MountConfig       `json:"mount_config,omitempty"`
	CustomImage       *CustomImage       `json:"custom_image,omitempty"`
	NetworkController *NetworkController `json:"network_controller,omitempty"`

	InitializerHandler *string `json:"initializer_handler,omitempty"`
	InitializerTimeout *int64  `json:"initializer_timeout,omitempty"` // seconds
	PreStopHandler     *string `json:"pre_stop_handler,omitempty"`
	PreStopTimeout     *int64  `json:"pre_stop_timeout,omitempty"` // seconds
	RestoreHookHandler *string `json:"restore_hook_handler,omitempty"`
	RestoreHookTimeout *int64  `json:"restore_hook_timeout,omitempty"` // seconds
	HeartbeatHandler   *string `json:"heartbeat_handler,omitempty"`

	EnableClassIsolation *bool   `json:"enable_class_isolation,omitempty"`
	EnableDynamicMemory  *bool   `json:"enable_dynamic_memory,omitempty"`
	IsStatefulFunction   *bool   `json:"is_stateful_function,omitempty"`
	EnableAuthInHeader   *bool   `json:"enable_auth_in_header,omitempty"`
	EphemeralStorage     *int64  `json:"ephemeral_storage,omitempty"` // MB, 512 or 10240
	EnterpriseProjectID  *string `json:"enterprise_project_id,omitempty"`

	StrategyConfig *StrategyConfig `json:"strategy_config,omitempty"`

	EnableLTSLog *bool             `json:"enable_lts_log,omitempty"` // true needs LogConfig in an update
	LogConfig    *LogConfig        `json:"log_config,omitempty"`     // never in an answer: see Client.LogConfig
	LTSCustomTag map[string]string `json:"lts_custom_tag,omitzero"`  // empty removes all
}

// Creatable is the part that create takes; the rest needs PUT config afterwards (contract 3.1).
func (s FunctionSettings) Creatable() FunctionSettings {
	s.PeeringCIDR, s.RestoreHookHandler, s.RestoreHookTimeout, s.HeartbeatHandler = nil, nil, nil, nil
	s.EnableClassIsolation, s.EnableAuthInHeader = nil, nil
	s.EphemeralStorage, s.StrategyConfig = nil, nil
	return s
}

// StrategyConfig is how far a function scales (contract 2.4). A zero concurrency disables the function, so an absent
// one must stay nil.
type StrategyConfig struct {
	Concurrency   *int64 `json:"concurrency,omitempty"`    // instances: -1 unlimited, 0 disabled
	ConcurrentNum *int64 `json:"concurrent_num,omitempty"` // requests per instance
}

// FunctionVPC is a function's place in a VPC (contract 2.4, FuncVpc). Names, CIDR and gateway are filled in by the
// service.
type FunctionVPC struct {
	VPCID          string   `json:"vpc_id"`
	SubnetID       string   `json:"subnet_id"`
	VPCName        string   `json:"vpc_name,omitempty"`
	SubnetName     string   `json:"subnet_name,omitempty"`
	CIDR           string   `json:"cidr,omitempty"`
	Gateway        string   `json:"gateway,omitempty"`
	SecurityGroups []string `json:"security_groups,omitzero"`
	IsSafety       *bool    `json:"is_safety,omitempty"` // cannot be switched off once it is on
}

// MountConfig names the file systems of a function and the user that accesses them (contract 2.4).
type MountConfig struct {
	User   MountUser       `json:"mount_user"`
	Mounts []FunctionMount `json:"func_mounts"`
}

// MountUser is the user and group that own what the function writes: -1, or 1 to 65534.
type MountUser struct {
	UserID      int64 `json:"user_id"`
	UserGroupID int64 `json:"user_group_id"`
}

// UnmarshalJSON accepts numbers and numeric strings.
//
// Only for X3 (mount-ids): the documents say String, the samples show numbers (contract 2.4).
func (u *MountUser) UnmarshalJSON(data []byte) error {
	var wire struct {
		UserID      lenientInt `json:"user_id"`
		UserGroupID lenientInt `json:"user_group_id"`
	}
	if err := json.Unmarshal(data, &wire); err != nil {
		return err
	}
	*u = MountUser{UserID: wire.UserID.value, UserGroupID: wire.UserGroupID.value}
	return nil
}

// FunctionMount is one mounted file system (contract 2.4, FuncMount).
type FunctionMount struct {
	MountType      string `json:"mount_type"` // sfs, sfsTurbo or ecs
	MountResource  string `json:"mount_resource"`
	MountSharePath string `json:"mount_share_path,omitempty"` // required for ecs
	LocalMountPath string `json:"local_mount_path"`
}

// CustomImage is the container image of a function (contract 2.4). A sent object replaces the old one whole.
type CustomImage struct {
	Enabled    *bool   `json:"enabled,omitempty"` // false: the rest has no effect
	Image      string  `json:"image,omitempty"`
	Command    *string `json:"command,omitempty"` // parts joined by commas
	Args       *string `json:"args,omitempty"`    // parts joined by commas
	WorkingDir *string `json:"working_dir,omitempty"`
	UserID     *string `json:"uid,omitempty"` // numeric text, -1 is unset
	GroupID    *string `json:"gid,omitempty"` // numeric text, -1 is unset
}

// UnmarshalJSON also takes numbers for the ids.
//
// Only for X3: as the documents mix both for the ids of a mount.
func (i *CustomImage) UnmarshalJSON(data []byte) error {
	type members CustomImage // without this method
	wire := struct {
		*members
		UserID  *scalarText `json:"uid"`
		GroupID *scalarText `json:"gid"`
	}{members: (*members)(i)}
	err := json.Unmarshal(data, &wire)
	i.UserID, i.GroupID = (*string)(wire.UserID), (*string)(wire.GroupID)
	return err
}

// NetworkController restricts a function's network (contract 2.4, NetworkControlConfig).
type NetworkController struct {
	DisablePublicNetwork *bool    `json:"disable_public_network,omitempty"`
	TriggerAccessVPCs    []VPCRef `json:"trigger_access_vpcs,omitzero"` // empty: no restriction
}

// VPCRef names a VPC that may trigger the function; the service fills in the name.
type VPCRef struct {
	VPCID   string `json:"vpc_id,omitempty"`
	VPCName string `json:"vpc_name,omitempty"`
}

// lenientInt reads a number, a numeric string, "" or null (contract 1.8, 2.4).
type lenientInt struct {
	value int64
	set   bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *lenientInt) UnmarshalJSON(data []byte) error {
	text := string(data)
	if len(text) > 1 && text[0] == '"' {
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
	}
	if text == "" || text == "null" {
		return nil
	}
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fmt.Errorf("not a whole number: %.40q", text)
	}
	n.value, n.set = value, true
	return nil
}
