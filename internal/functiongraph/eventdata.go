// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"
)

// EventData are the members of a trigger that its type has (contract 3.21.4), each as it stands in the answer. The
// service adds members without notice.
type EventData map[string]json.RawMessage

// UnmarshalJSON reads an object, or a list of one: the documents have both (contract X37). null is no data.
func (d *EventData) UnmarshalJSON(data []byte) error {
	if kindOf(data) == "a list" {
		var list []json.RawMessage
		if err := json.Unmarshal(data, &list); err != nil {
			return err
		}
		if len(list) != 1 {
			return fmt.Errorf("a list of %d objects is not the data of a trigger", len(list))
		}
		data = list[0]
	}
	return json.Unmarshal(data, (*map[string]json.RawMessage)(d))
}

// Text returns a member that is a text, "" if it is missing or something else.
func (d EventData) Text(name string) string {
	var text string
	_ = json.Unmarshal(d[name], &text) // else it stays empty
	return text
}

// shows says that nothing in an answer speaks against data that was sent: of the texts, numbers and switches in it that
// the answer has, each is the same, if only as a text. What secrets are, and what is within members, it does not tell.
func (d EventData) shows(sent json.RawMessage) bool {
	var members EventData
	_ = json.Unmarshal(sent, &members) // of none there is nothing to show
	for name, value := range members {
		kind, got := kindOf(value), d[name]
		if kind == anObject || kind == "a list" || got == nil || IsSecretMember(name) {
			continue
		}
		if members.scalar(name) != d.scalar(name) {
			return false
		}
	}
	return true
}

// scalar is a member as a text: what a text says, or a number or switch as it is written.
func (d EventData) scalar(name string) string {
	if text := d.Text(name); text != "" {
		return text
	}
	return strings.Trim(string(d[name]), `"`)
}

// pollingMembers are those that the SDK knows in an update (contract 3.21.2).
var pollingMembers = []string{"is_serial", "max_fetch_bytes", "polling_interval", "polling_unit"}

// sdkForm is data as the SDK sends it in an update: a list of one object, in which a switch is one (contract X37, X38).
// It is nil where the data has nothing that the SDK knows.
//
// Only for Q24 (put-trigger-form): a service may take nothing else.
func sdkForm(data json.RawMessage) json.RawMessage {
	var all EventData
	_ = json.Unmarshal(data, &all) // of none there is nothing to send
	known := EventData{}
	for _, name := range pollingMembers {
		if value := all[name]; value != nil {
			known[name] = value
		}
	}
	if len(known) == 0 {
		return nil
	}
	if flag := known.scalar("is_serial"); flag != "" {
		known["is_serial"] = json.RawMessage(flag)
	}
	text, _ := json.Marshal([]EventData{known}) // made of JSON
	return text
}

// secretName is what the names of members have that hold secrets: db_password, kafka_password, access_password,
// secret_key, and those of types that nobody knows yet.
var secretName = regexp.MustCompile(`(?i)password|passwd|secret|token|credential`)

// IsSecretMember says whether a member of event data, by its name, holds a secret. What the service answers for one
// must neither be shown nor compared (contract Q23).
func IsSecretMember(name string) bool { return secretName.MatchString(name) }

// WithoutSecrets returns the data without the members that hold secrets, at any depth.
func (d EventData) WithoutSecrets() EventData {
	out := maps.Clone(d)
	for name, raw := range d {
		if IsSecretMember(name) {
			delete(out, name)
			continue
		}
		if value, secrets := withoutSecrets(raw); len(secrets) > 0 {
			out[name], _ = json.Marshal(value) // it came as JSON
		}
	}
	return out
}

// secrets are the texts of the members that hold some, at any depth.
func (d EventData) secrets() (values []string) {
	for name, raw := range d {
		if text := d.Text(name); IsSecretMember(name) && text != "" {
			values = append(values, text)
		}
		_, inner := withoutSecrets(raw)
		values = append(values, inner...)
	}
	return values
}

// withoutSecrets takes the members that hold secrets out of what is within a value, and returns their texts, too.
func withoutSecrets(raw json.RawMessage) (value any, secrets []string) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	if decoder.Decode(&value) != nil {
		return nil, nil
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				if text, _ := inner.(string); IsSecretMember(name) {
					secrets = append(secrets, text)
					delete(v, name)
				}
				strip(inner)
			}
		case []any:
			for _, inner := range v {
				strip(inner)
			}
		}
	}
	strip(value)
	return value, secrets
}

// eventData is what a request sends: v as JSON, which has to be an object.
func eventData(v any) (json.RawMessage, []string, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot write the trigger's data: %w", err)
	}
	var members EventData
	if kindOf(text) != anObject || json.Unmarshal(text, &members) != nil {
		return nil, nil, errors.New("the trigger's data is not an object")
	}
	return text, members.secrets(), nil
}
