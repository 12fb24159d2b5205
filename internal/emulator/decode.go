// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strings"
)

// members are the top-level members of a request body, not yet decoded: whether a member is absent, null or empty
// matters (contract 4.3).
type members map[string]json.RawMessage

// members reads the body as one JSON object. allowed are the members of the call (contract 5, request columns).
func (s *Server) members(c *call, allowed []string) (members, *Error) {
	contentType := c.http.Header.Get("Content-Type")
	if kind, _, err := mime.ParseMediaType(contentType); contentType != "" && (err != nil || kind != "application/json") {
		return nil, &Error{Status: http.StatusNotAcceptable, Code: "FSS.0406", Message: "The body must be application/json"}
	}
	var m members
	if err := json.Unmarshal(c.body.text, &m); err != nil || m == nil {
		return nil, invalid("the body is not a JSON object")
	}
	for name := range m {
		if s.opts.Switches.RejectUnknown && !slices.Contains(allowed, name) {
			return nil, invalid("unknown member %s", name)
		}
	}
	return m, nil
}

// present says whether a member is there and not null.
func (m members) present(name string) bool {
	raw, ok := m[name]
	return ok && !isNull(raw)
}

func isNull(raw json.RawMessage) bool { return string(raw) == "null" }

// take decodes one member into out; absent and null leave out as it is (contract 3).
func (s *Server) take(m members, name string, out any) *Error {
	if !m.present(name) {
		return nil
	}
	return s.decode(m[name], name, out)
}

// takeAll decodes several members, in pairs of name and pointer kept in a map.
func (s *Server) takeAll(m members, into map[string]any) *Error {
	for name, out := range into {
		if err := s.take(m, name, out); err != nil {
			return err
		}
	}
	return nil
}

// decode decodes one JSON value. Names are compared exactly, which encoding/json does not do.
func (s *Server) decode(raw json.RawMessage, path string, out any) *Error {
	known, err := s.knownOnly(raw, path, reflect.TypeOf(out).Elem())
	if err != nil {
		return err
	}
	if err := json.Unmarshal(known, out); err != nil {
		return invalid("%s has the wrong type", path)
	}
	return nil
}

// knownOnly returns the value without the members that its type does not have; the switch unknown-members refuses
// them instead. It goes down into objects and lists.
func (s *Server) knownOnly(raw json.RawMessage, path string, t reflect.Type) (json.RawMessage, *Error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch first := bytes.TrimLeft(raw, " \t\r\n"); {
	case t.Kind() == reflect.Struct && bytes.HasPrefix(first, []byte("{")):
		return s.knownMembers(raw, path, func(name string) reflect.Type { return fieldType(t, name) })
	case t.Kind() == reflect.Map && bytes.HasPrefix(first, []byte("{")):
		return s.knownMembers(raw, path, func(string) reflect.Type { return t.Elem() })
	case t.Kind() == reflect.Slice && bytes.HasPrefix(first, []byte("[")):
		return s.knownItems(raw, path, t.Elem())
	}
	return raw, nil
}

func (s *Server) knownMembers(raw json.RawMessage, path string, typeOf func(string) reflect.Type) (
	json.RawMessage, *Error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return nil, invalid("%s is not an object", path)
	}
	for name, value := range object {
		t := typeOf(name)
		if t == nil && s.opts.Switches.RejectUnknown {
			return nil, invalid("unknown member %s.%s", path, name)
		}
		if t == nil {
			delete(object, name)
			continue
		}
		known, err := s.knownOnly(value, path+"."+name, t)
		if err != nil {
			return nil, err
		}
		object[name] = known
	}
	return mustJSON(object), nil
}

func (s *Server) knownItems(raw json.RawMessage, path string, t reflect.Type) (json.RawMessage, *Error) {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, invalid("%s is not a list", path)
	}
	for i, item := range list {
		known, err := s.knownOnly(item, fmt.Sprintf("%s[%d]", path, i), t)
		if err != nil {
			return nil, err
		}
		list[i] = known
	}
	return mustJSON(list), nil
}

// fieldType returns the type of the field with that JSON name, nil if there is none.
func fieldType(t reflect.Type, name string) reflect.Type {
	for i := range t.NumField() {
		tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if tag == name {
			return t.Field(i).Type
		}
	}
	return nil
}
