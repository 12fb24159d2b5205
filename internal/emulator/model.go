// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
	"time"
)

// Function is one function as the emulator keeps it. Settings and Code are those of the working copy, `latest`.
type Function struct {
	ID      string // opaque, func_id
	Name    string
	Package string // "default" unless said otherwise
	Type    string // v1 or v2
	Settings
	CodeState
	ImageName    string    // changes with every change of code, contract 2.2
	LastModified time.Time // whole seconds, never goes back
	Tags         map[string]string
	Versions     []Version // in the order of publication
	Aliases      []Alias   // by name
	Triggers     []Trigger // of the working copy, of versions and of aliases
	Reservations []Reservation
	Async        []AsyncSettings // of the working copy, of versions and of aliases
	Events       []Event
}

// Version is one published version: a copy of what `latest` was.
type Version struct {
	Name               string
	VersionDescription string
	Settings
	CodeState
	ImageName    string
	LastModified time.Time
}

// Alias is a name for a version, with at most one additional version.
type Alias struct {
	Name         string
	Version      string
	Description  string
	Weights      map[string]int      // additional version → percent, at most one entry
	Strategy     map[string]Strategy // additional version → rules, excludes Weights
	LastModified time.Time
}

// Strategy says which calls go to the additional version of an alias (contract 3.11).
type Strategy struct {
	Rules       []StrategyRule `json:"rules"`
	CombineType string         `json:"combine_type"` // and, or
}

// StrategyRule is one condition on a request.
type StrategyRule struct {
	RuleType string `json:"rule_type"`
	Param    string `json:"param"`
	Op       string `json:"op"` // = or in
	Value    string `json:"value"`
}

// CodeState is the code and what the service derives from it.
type CodeState struct {
	CodeType          string // inline, zip, jar, obs, Custom-Image-Swr
	CodeURL           string
	CodeFilename      string
	Code              []byte // the decoded bytes; empty for obs and images
	Object            []byte // for obs: what PutObject had put under CodeURL when the code was sent; nil: nothing
	CodeSize          int64  // bytes
	Digest            string // lower-case hex of SHA-512 (contract 2.7), empty for images; the one that answers report
	CodeKMSKeyID      string
	DependVersionList []string
}

// FuncVPC is the function's network (contract 2.4).
type FuncVPC struct {
	VPCID          string   `json:"vpc_id"`
	VPCName        string   `json:"vpc_name"`
	SubnetID       string   `json:"subnet_id"`
	SubnetName     string   `json:"subnet_name"`
	CIDR           string   `json:"cidr"`
	Gateway        string   `json:"gateway"`
	DomainID       string   `json:"domain_id"`
	Namespace      string   `json:"namespace"`
	SecurityGroups []string `json:"security_groups"`
	IsSafety       bool     `json:"is_safety"`
}

// NetworkController bounds what the function reaches and who may trigger it.
type NetworkController struct {
	DisablePublicNetwork bool        `json:"disable_public_network"`
	TriggerAccessVPCs    []VPCConfig `json:"trigger_access_vpcs"`
}

// VPCConfig names one VPC.
type VPCConfig struct {
	VPCName string `json:"vpc_name"`
	VPCID   string `json:"vpc_id"`
}

// MountConfig lists file systems.
type MountConfig struct {
	MountUser  *MountUser  `json:"mount_user"`
	FuncMounts []FuncMount `json:"func_mounts"`
}

// MountUser holds the ids under which files are accessed. A member that is not sent is -1 (contract 2.4).
type MountUser struct {
	UserID      *int `json:"user_id"`
	UserGroupID *int `json:"user_group_id"`
}

// FuncMount is one mounted file system.
type FuncMount struct {
	MountType      string `json:"mount_type"` // sfs, sfsTurbo, ecs
	MountResource  string `json:"mount_resource"`
	MountSharePath string `json:"mount_share_path"` // needed for ecs
	LocalMountPath string `json:"local_mount_path"`
}

// CustomImage is the container image of an image function.
type CustomImage struct {
	Enabled    bool   `json:"enabled"`
	Image      string `json:"image"`
	Command    string `json:"command"`
	Args       string `json:"args"`
	WorkingDir string `json:"working_dir"`
	UID        string `json:"uid"`
	GID        string `json:"gid"`
}

// LogConfig is a binding to a log group and stream. Only lts-log-detail returns the names.
type LogConfig struct {
	GroupName  string `json:"group_name"`
	GroupID    string `json:"group_id"`
	StreamName string `json:"stream_name"`
	StreamID   string `json:"stream_id"`
}

// Version returns the published version of that name.
func (f *Function) Version(name string) (Version, bool) {
	i := f.versionIndex(name)
	if i < 0 {
		return Version{}, false
	}
	return f.Versions[i], true
}

// Alias returns the alias of that name, given without the exclamation mark.
func (f *Function) Alias(name string) (Alias, bool) {
	i := f.aliasIndex(name)
	if i < 0 {
		return Alias{}, false
	}
	return f.Aliases[i], true
}

func (f *Function) versionIndex(name string) int {
	return slices.IndexFunc(f.Versions, func(v Version) bool { return v.Name == name })
}

func (f *Function) aliasIndex(name string) int {
	return slices.IndexFunc(f.Aliases, func(a Alias) bool { return a.Name == name })
}
