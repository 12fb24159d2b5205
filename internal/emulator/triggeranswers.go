// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strings"
)

// triggerRow is a trigger as every call answers it (contract 3.21.2).
func (s *Server) triggerRow(f *Function, t Trigger) map[string]any {
	row := map[string]any{
		"trigger_id": t.ID, "trigger_type_code": t.Type, "trigger_status": t.Status,
		"event_data":        s.triggerData(placedTrigger{f, &t}),
		"last_updated_time": s.timeText(t.LastUpdated), "created_time": s.timeText(t.Created),
	}
	if t.Type == "SMN" {
		delete(row, "created_time") // observed, contract 3.21.2
	}
	return row
}

// triggerData is what was sent, and what the service adds or hides.
func (s *Server) triggerData(t placedTrigger) map[string]any {
	data := map[string]any{}
	maps.Copy(data, deepCopy(t.EventData))
	kind := findTriggerType(t.Type)
	if kind == nil { // a test may have put one there that no document has
		return data
	}
	for _, m := range kind.members {
		if _, sent := data[m.name]; m.secret && sent {
			s.coverSecret(data, m.name)
		}
	}
	if kind.answer != nil {
		kind.answer(s, t, data)
	}
	return data
}

// coverSecret is Q23.
func (s *Server) coverSecret(data map[string]any, name string) {
	switch s.opts.Switches.TriggerPasswords {
	case PasswordsEmpty:
		data[name] = ""
	case PasswordsMasked:
		data[name] = "******"
	case PasswordsAbsent:
		delete(data, name)
	case PasswordsPlain:
	}
}

// addMember leaves alone what was sent.
func addMember(data map[string]any, name string, value any) {
	if _, sent := data[name]; !sent {
		data[name] = value
	}
}

// answerTimer: that sync_execution can be set is an assumption (Q33).
func answerTimer(s *Server, _ placedTrigger, data map[string]any) {
	if s.opts.Switches.NoSyncExecution {
		delete(data, "sync_execution")
		return
	}
	addMember(data, "sync_execution", false)
}

// answerGateway: the sample answer has no sl_domain and no backend_type (switch gateway-answer).
func answerGateway(s *Server, t placedTrigger, data map[string]any) {
	group := textOf(data, "group_id")
	addMember(data, "triggerid", t.ID)
	addMember(data, "api_id", hexOf("api of "+t.ID))
	addMember(data, "api_name", textOf(data, "name"))
	addMember(data, "group_name", "APIGroup_"+group)
	addMember(data, "roma_app_id", "")
	addMember(data, "sl_domain", group+".apig."+s.opts.Region+".example.com")
	addMember(data, "backend_type", "FUNCTION")
	protocol := strings.ToLower(cmp.Or(textOf(data, "protocol"), "HTTPS"))
	addMember(data, "invoke_url", protocol+"://"+textOf(data, "sl_domain")+textOf(data, "path"))
	info := map[string]any{}
	if sent, ok := data["func_info"].(map[string]any); ok {
		maps.Copy(info, sent)
	}
	info["function_urn"] = s.functionURN(t.f.place()) // 7 fields, on an alias too (Q37)
	info["version"] = latest
	if at, err := t.f.target(t.qualifier()); err == nil {
		info["version"] = at.name()
	}
	data["func_info"] = info
	if !s.opts.Switches.FullGatewayAnswer {
		delete(data, "sl_domain")
		delete(data, "backend_type")
	}
}

// hexOf makes an id of another service, always the same for the same text.
func hexOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])[:32]
}

func answerDatabase(_ *Server, t placedTrigger, data map[string]any) {
	addMember(data, "db_user", "rwuser")
	addMember(data, "instance_addrs", []any{"192.168.0.11:8635"})
	addMember(data, "mode", map[string]string{"DDS": "ReplicaSet", "GAUSSMONGO": "Single"}[t.Type])
}

func answerLogs(_ *Server, _ placedTrigger, data map[string]any) {
	addMember(data, "log_group_name", "group-"+textOf(data, "log_group_id"))
	addMember(data, "log_topic_name", "topic-"+textOf(data, "log_topic_id"))
}

// answerObjects is Q34: whatever name was sent, the answer's is the id.
func answerObjects(_ *Server, t placedTrigger, data map[string]any) { data["name"] = t.ID }

func answerTopic(_ *Server, _ placedTrigger, data map[string]any) {
	addMember(data, "subscription_status", "Unconfirmed")
}

// answerGrid is Q35: of what was sent only channel, source and types.
func answerGrid(s *Server, t placedTrigger, data map[string]any) {
	for _, name := range []string{"trigger_name", "agency", "bucket", "Key_encode"} {
		delete(data, name)
	}
	addMember(data, "status", map[bool]string{true: "ACTIVE", false: "DISABLE"}[t.Status == "ACTIVE"])
	addMember(data, "created_time", s.timeText(t.Created))
}
