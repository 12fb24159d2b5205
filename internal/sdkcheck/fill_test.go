// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package sdkcheck_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// fill sets everything that v holds to something that is not zero.
func fill(v reflect.Value) {
	if unmarshal(v) {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		element := reflect.New(v.Type().Elem()).Elem()
		fill(element)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key"), element)
	case reflect.String:
		v.SetString("text")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(7)
	case reflect.Float32, reflect.Float64:
		v.SetFloat(7)
	case reflect.Interface:
		v.Set(reflect.ValueOf("text"))
	default:
		panic("cannot fill a " + v.Type().String())
	}
}

// unmarshal fills types that read themselves, such as the SDK's enumerations and times.
func unmarshal(v reflect.Value) bool {
	if !v.CanAddr() {
		return false
	}
	u, ok := v.Addr().Interface().(json.Unmarshaler)
	if !ok {
		return false
	}
	for _, text := range []string{`"text"`, `"2026-01-02T03:04:05Z"`, `7`} {
		if u.UnmarshalJSON([]byte(text)) == nil {
			return true
		}
	}
	return false
}

// names returns the JSON names of a struct type and their types, those of embedded structs among them.
func names(t reflect.Type) map[string]reflect.Type {
	out := map[string]reflect.Type{}
	for i := range t.NumField() {
		field := t.Field(i)
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			maps.Copy(out, names(field.Type))
		case name != "-" && name != "":
			out[name] = field.Type
		}
	}
	return out
}

// unknown returns the paths of the members of a JSON value that the type does not know.
func unknown(path string, value any, t reflect.Type) []string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var out []string
	switch value := value.(type) {
	case map[string]any:
		if t.Kind() == reflect.Map {
			return nil // its keys are data
		}
		if t.Kind() != reflect.Struct {
			return []string{path + " (an object)"}
		}
		known := names(t)
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if known[name] == nil {
				out = append(out, path+name)
				continue
			}
			out = append(out, unknown(path+name+".", value[name], known[name])...)
		}
	case []any:
		if t.Kind() != reflect.Slice {
			return []string{path + " (a list)"}
		}
		for _, element := range value {
			out = append(out, unknown(path, element, t.Elem())...)
		}
	}
	return out
}

// unset returns the paths of the members of a struct that are zero.
func unset(path string, v reflect.Value) []string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		if v.IsZero() || v.Kind() != reflect.Pointer && v.Len() == 0 {
			return []string{strings.TrimSuffix(path, ".")}
		}
		if v.Kind() == reflect.Pointer {
			return unset(path, v.Elem())
		}
		if v.Kind() == reflect.Slice {
			return unset(path, v.Index(0))
		}
		return nil
	case reflect.Struct:
		var out []string
		for i := range v.NumField() {
			if f := v.Type().Field(i); !f.IsExported() && f.Tag == "" && !f.Anonymous {
				continue
			}
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if v.Type().Field(i).Anonymous {
				out = append(out, unset(path, v.Field(i))...)
				continue
			}
			out = append(out, unset(path+name+".", v.Field(i))...)
		}
		return out
	}
	if v.IsZero() {
		return []string{strings.TrimSuffix(path, ".")}
	}
	return nil
}

// expect compares names with the exceptions that are explained; one that is no longer true is an error too.
func expect(t *testing.T, found, exceptions []string) {
	t.Helper()
	slices.Sort(found)
	exceptions = slices.Sorted(slices.Values(exceptions))
	if !slices.Equal(found, exceptions) {
		t.Errorf("not in the SDK's model:\n%s\nexplained exceptions:\n%s",
			strings.Join(found, "\n"), strings.Join(exceptions, "\n"))
	}
}

// The helpers above must see what they are there to see.
func TestHelpers(t *testing.T) {
	t.Parallel()
	type inner struct {
		A string `json:"a"`
		B *int   `json:"b,omitempty"`
	}
	type outer struct {
		inner
		List []inner           `json:"list"`
		Map  map[string]string `json:"map"`
	}
	var full outer
	fill(reflect.ValueOf(&full).Elem())
	expect(t, unset("", reflect.ValueOf(full)), []string{"a", "b"}) // the embedded type is not exported
	full.inner = inner{A: "x", B: new(int)}
	full.List[0].A = ""
	expect(t, unset("", reflect.ValueOf(full)), []string{"b", "list.a"})

	var value any
	if err := json.Unmarshal([]byte(`{"a":1,"x":2,"list":[{"a":1,"y":3}],"map":{"z":4}}`), &value); err != nil {
		t.Fatal(err)
	}
	expect(t, unknown("", value, reflect.TypeFor[*outer]()), []string{"list.y", "x"})
}
