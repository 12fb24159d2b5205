// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package base

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// OldState is an object in the state of another provider, as it lies there: attributes came and went over the years,
// and numbers are texts here and numbers there. So nothing is demanded. An attribute that is missing, null, or of
// another kind than asked for, is not set: the read after the move knows better.
type OldState map[string]json.RawMessage

func parseOldState(data []byte) (OldState, error) {
	if len(data) == 0 {
		return nil, errors.New("there is none in JSON: apply once with a version of the old provider that this CLI can run")
	}
	var old OldState
	if err := json.Unmarshal(data, &old); err != nil {
		return nil, fmt.Errorf("it is no object in JSON: %w", err)
	}
	return old, nil
}

// Text is a text, or a number as it is written; "" for none.
func (o OldState) Text(name string) string {
	var text string
	if json.Unmarshal(o[name], &text) == nil {
		return text
	}
	var number json.Number
	_ = json.Unmarshal(o[name], &number) // else it stays empty
	return number.String()
}

// Number is a whole number, or a text of one; 0 for none.
func (o OldState) Number(name string) int64 {
	text := o.Text(name)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n
	}
	n, err := strconv.ParseFloat(text, 64) // 128.0, 1e3
	if err != nil || n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return 0
	}
	return int64(n)
}

// Flag is a switch, or a text of one; nil for none.
func (o OldState) Flag(name string) *bool {
	var flag *bool
	if json.Unmarshal(o[name], &flag) == nil {
		return flag
	}
	on, err := strconv.ParseBool(o.Text(name))
	if err != nil {
		return nil
	}
	return &on
}

// Texts are the texts in a list or a set, in their order; nil for none.
func (o OldState) Texts(name string) []string {
	var texts []string
	_ = json.Unmarshal(o[name], &texts) // what is no text stays empty
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

// Map are the texts in a map; nil for none.
func (o OldState) Map(name string) map[string]string {
	var elements OldState
	_ = json.Unmarshal(o[name], &elements) // else there are none
	var out map[string]string
	for key := range elements {
		if string(elements[key]) == "null" {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[key] = elements.Text(key)
	}
	return out
}

// Objects are the objects in a list or a set; nil for none. A single object counts as a list of one.
func (o OldState) Objects(name string) []OldState {
	var objects []OldState
	if json.Unmarshal(o[name], &objects) == nil {
		return slices.DeleteFunc(objects, func(object OldState) bool { return object == nil })
	}
	var object OldState
	if json.Unmarshal(o[name], &object) == nil && object != nil {
		return []OldState{object}
	}
	return nil
}

// Object is the only object of a list, which is how other providers write an object; nil, of which nothing is set, for
// none.
func (o OldState) Object(name string) OldState {
	if objects := o.Objects(name); len(objects) > 0 {
		return objects[0]
	}
	return nil
}

// OrNil is nil for the zero value, of which most attributes say nothing.
func OrNil[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
