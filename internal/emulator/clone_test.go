// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/functiongraph/terraform-provider-fgs/internal/emulator"
)

// fill sets everything that v holds to something, with one entry in each list and map. seed makes it another something.
func fill(v reflect.Value, seed int) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Unix(int64(seed), 0).UTC()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("text ", seed))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(seed))
	case reflect.Uint8:
		v.SetUint(uint64(seed))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Interface:
		v.Set(reflect.ValueOf(fmt.Sprint("any ", seed)))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), seed)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), seed)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, seed)
		fill(value, seed)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), seed)
		}
	default:
		panic("emulator.Function has a " + v.Kind().String())
	}
}

// scribble changes what v shares with others, if it shares anything: what pointers, lists and maps lead to.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		fill(v.Elem(), 99)
	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
			fill(v.Index(i), 99)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			scribble(v.MapIndex(key))
			value := reflect.New(v.Type().Elem()).Elem()
			fill(value, 99)
			v.SetMapIndex(key, value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}
	default: // a value of its own
	}
}

// everything is default/demo with every field set.
func everything(seed int) emulator.Function {
	var f emulator.Function
	fill(reflect.ValueOf(&f).Elem(), seed)
	f.Package, f.Name = "default", "demo"
	return f
}

// TestPutKeepsEverything: a function that is complete comes back as it was put, and no copy shares memory.
func TestPutKeepsEverything(t *testing.T) {
	t.Parallel()
	b := newBench(t, emulator.Options{})
	put := everything(7)
	b.server.Put(put)
	got := b.function()
	if want := everything(7); !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v\nwant %+v", got, want)
	}
	scribble(reflect.ValueOf(&put).Elem())
	scribble(reflect.ValueOf(&got).Elem())
	if list := b.server.Functions(); len(list) == 1 {
		scribble(reflect.ValueOf(&list[0]).Elem())
	}
	if reflect.DeepEqual(got, everything(7)) {
		t.Fatal("the copy was not changed: this test proves nothing")
	}
	if got := b.function(); !reflect.DeepEqual(got, everything(7)) {
		t.Fatalf("a copy shares memory with the emulator: %+v", got)
	}
}

// TestEditKeepsEverything: so does one that an Edit has changed, and what the Edit had in its hands is its own.
func TestEditKeepsEverything(t *testing.T) {
	t.Parallel()
	b := withDemo(t)
	var kept *emulator.Function
	edit := func(f *emulator.Function) {
		code := f.CodeState
		*f = everything(8)
		f.CodeState = code // whose digest the emulator makes
		kept = f
	}
	if err := b.server.Edit("default", "demo", edit); err != nil {
		t.Fatal(err)
	}
	got, want := b.function(), everything(8)
	if !got.LastModified.After(want.LastModified) {
		t.Errorf("last_modified is %v", got.LastModified)
	}
	want.LastModified, want.CodeState = got.LastModified, got.CodeState
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v\nwant %+v", got, want)
	}
	scribble(reflect.ValueOf(kept).Elem())
	if got := b.function(); !reflect.DeepEqual(got, want) {
		t.Fatalf("an Edit keeps hold of the emulator's memory: %+v", got)
	}
}
