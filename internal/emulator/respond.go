// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "net/http"

// fullURN are the calls that answer with 8 fields in func_urn (contract 2.1, emulator rule); of openURN that is not
// settled (Q11).
const (
	fullURN = inCreate | inListVersions | openURN&^inImport
	openURN = inGetConfig | inUpdateConfig | inGetCode | inUpdateCode | inMaxInstances | inImport
)

// hasFullURN says whether a call answers with 8 fields, in the position of the switch urn-form.
func (sw Switches) hasFullURN(in answers) bool {
	full := in&fullURN != 0
	switch {
	case sw.URNForm == URNSwapped && in&openURN != 0:
		return !full
	case sw.URNForm == URNEqual && in == inGetConfig:
		return false
	default:
		return full
	}
}

// functionBody is the answer of a call about one function or version: the members of the call's column.
func (s *Server) functionBody(c *call, t target, in answers) map[string]any {
	all := map[string]any{}
	s.identity(all, t, in)
	s.codeMembers(all, t, c.http)
	s.derivedMembers(all, t)
	out := map[string]any{}
	for _, row := range answered {
		if value, ok := all[row.member]; ok && row.in&in != 0 && s.shows(row.member, value, in) {
			out[row.member] = value
		}
	}
	for _, item := range settings {
		if item.answers&in == 0 {
			continue
		}
		if value := item.show(s, t.settings(), in); value != nil && s.shows(item.name, value, in) {
			out[item.name] = value
		}
	}
	return out
}

func (s *Server) identity(all map[string]any, t target, in answers) {
	urn := s.functionURN(t.f.place())
	if s.opts.Switches.hasFullURN(in) {
		urn += ":" + t.name()
	}
	all["func_urn"] = urn
	all["func_id"] = t.f.ID
	all["resource_id"] = t.f.ID + ":" + t.f.Name
	all["func_name"] = t.f.Name
	all["package"] = t.f.Package
	all["type"] = t.f.Type
	all["version"] = t.name()
	all["domain_id"] = s.opts.DomainID
	all["namespace"] = s.opts.ProjectID
	all["project_name"] = s.opts.ProjectName
	all["version_description"] = ""
	all["image_name"] = t.f.ImageName
	all["last_modified"] = s.timeText(t.f.LastModified)
	if t.version != nil {
		all["version_description"] = t.version.VersionDescription
		all["image_name"] = t.version.ImageName
		all["last_modified"] = s.timeText(t.version.LastModified)
	}
}

// funcCode is the object of that name, in requests and answers (contract 2.4).
type funcCode struct {
	File string `json:"file"` // Base64
	Link string `json:"link"`
}

func (s *Server) codeMembers(all map[string]any, t target, r *http.Request) {
	code := t.code()
	all["code_type"] = code.CodeType
	all["code_url"] = code.CodeURL
	all["code_filename"] = code.CodeFilename
	all["code_size"] = code.CodeSize
	all["digest"] = code.Digest
	all["code_encrypt_kms_key_id"] = code.CodeKMSKeyID
	depends := append([]string{}, code.DependVersionList...) // as they were sent: DV9
	all["depend_version_list"] = depends
	all["dependencies"] = s.dependencyRows(depends, r)
	all["depend_list"] = s.dependencyIDs(depends)
	all["func_code"] = funcCode{Link: s.downloadLink(t, r)}
}

// derivedMembers are those that the service computes (contract 2.2) and those of services that are not modelled.
func (s *Server) derivedMembers(all map[string]any, t target) {
	st := t.settings()
	all["cpu"] = st.MemorySize*100/128 + 200 // X4
	all["status"] = 0
	if st.Concurrency == 0 {
		all["status"] = 1 // V18
	}
	all["concurrency"], all["concurrent_num"] = st.Concurrency, st.ConcurrentNum
	all["func_vpc_id"], all["log_group_id"], all["log_stream_id"] = "", "", ""
	if st.FuncVPC != nil {
		all["func_vpc_id"] = st.FuncVPC.VPCID
	}
	if st.LogConfig != nil {
		all["log_group_id"], all["log_stream_id"] = st.LogConfig.GroupID, st.LogConfig.StreamID
	}
	all["allow_ephemeral_storage"] = true
	all["reserved_instance_count"] = 0
	all["bind_bridge_funcUrns"] = []string{}
	all["fail_count"] = 0
	all["enable_cloud_debug"] = ""
	for _, name := range []string{
		"long_time", "is_return_stream", "is_bridge_function", "apig_route_enable", "reserved_instance_idle_mode",
	} {
		all[name] = false
	}
}
