// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// oddMembers are the members of an answer that have another JSON type than they should have, each with what it is. They
// are read as if they were missing: most of them nobody needs.
type oddMembers map[string]string

// decodeObject reads a JSON object. Its error is that data is no JSON, or no object.
func decodeObject[T any](data []byte) (*T, oddMembers, error) {
	v := new(T)
	err := json.Unmarshal(data, v)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return nil, nil, err
	}
	var members map[string]json.RawMessage
	if kind := kindOf(data); kind != anObject {
		return nil, nil, fmt.Errorf("it is %s, not an object", kind)
	}
	if err == nil {
		return v, nil, nil
	}
	odd := oddMembers{}
	_ = json.Unmarshal(data, &members) // it is an object
	for name, value := range members {
		if json.Unmarshal(objectOf(map[string]json.RawMessage{name: value}), new(T)) != nil {
			odd[name] = kindOf(value)
			delete(members, name)
		}
	}
	v = new(T)
	return v, odd, json.Unmarshal(objectOf(members), v)
}

func objectOf(members map[string]json.RawMessage) []byte {
	text, _ := json.Marshal(members) // made of JSON
	return text
}

// need returns an error that names the first of the members that cannot be read.
func (odd oddMembers) need(members ...string) error {
	for _, name := range slices.Sorted(maps.Keys(odd)) {
		if slices.Contains(members, name) {
			return &oddError{fmt.Sprintf("its member %s is %s, which cannot be read", printable.Line(name, 60), odd[name])}
		}
	}
	return nil
}

// needAll is need for all members.
func (odd oddMembers) needAll() error {
	return odd.need(slices.Collect(maps.Keys(odd))...)
}

// oddError says that an answer has a member that is needed and cannot be read. Asked again, the service would say the
// same.
type oddError struct{ text string }

// Error says which member it is.
func (e *oddError) Error() string { return e.text }

const anObject = "an object"

// kindOf says in words what a JSON value is.
func kindOf(value []byte) string {
	value = bytes.TrimLeft(value, " \t\r\n")
	if len(value) == 0 {
		return "nothing"
	}
	switch value[0] {
	case '{':
		return anObject
	case '[':
		return "a list"
	case '"':
		return "a text"
	case 't', 'f':
		return "true or false"
	case 'n':
		return "null"
	}
	return "the number " + printable.Line(string(value), 20)
}
