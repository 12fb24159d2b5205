// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// stampedConfig is a configuration with a stamp: what is given, over a small function.
func stampedConfig(t *testing.T, given map[string]tftypes.Value) model {
	t.Helper()
	all := map[string]tftypes.Value{}
	for name, of := range Type().AttributeTypes {
		all[name] = tftypes.NewValue(of, nil)
	}
	code := map[string]tftypes.Value{}
	object := Type().AttributeTypes["code"].(tftypes.Object)
	for name, of := range object.AttributeTypes {
		code[name] = tftypes.NewValue(of, nil)
	}
	code["zip_file"], code["stamp_settings"] = text("code.zip"), tftypes.NewValue(tftypes.Bool, true)
	all["code"] = tftypes.NewValue(object, code)
	all["name"], all["runtime"], all["handler"] = text("orders"), text("Python3.9"), text("index.handler")
	all["timeout"], all["memory_size"] = number(3), number(128)
	for name, value := range given {
		all[name] = value
	}
	var m model
	if diags := m.get(tftypes.NewValue(Type(), all)); diags.HasError() {
		t.Fatal(diags)
	}
	return m
}

func text(v string) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
func number(v int) tftypes.Value  { return tftypes.NewValue(tftypes.Number, v) }

// some is a value of a type that is set: not empty, not zero, not false.
func some(of tftypes.Type) tftypes.Value {
	switch of := of.(type) {
	case tftypes.Object:
		members := map[string]tftypes.Value{}
		for name, member := range of.AttributeTypes {
			members[name] = some(member)
		}
		return tftypes.NewValue(of, members)
	case tftypes.List:
		return tftypes.NewValue(of, []tftypes.Value{some(of.ElementType)})
	case tftypes.Set:
		return tftypes.NewValue(of, []tftypes.Value{some(of.ElementType)})
	case tftypes.Map:
		return tftypes.NewValue(of, map[string]tftypes.Value{"k": some(of.ElementType)})
	}
	switch {
	case of.Is(tftypes.Number):
		return number(512)
	case of.Is(tftypes.Bool):
		return tftypes.NewValue(of, true)
	}
	return text("some")
}

// stampOfConfig is its text, for a function that runs code of that digest.
func stampOfConfig(t *testing.T, given map[string]tftypes.Value) string {
	t.Helper()
	s := stampedConfig(t, given).stampOf(stampMemory{}, "d")
	if !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(s.text) || s.open {
		t.Fatalf("the stamp is %+v", s)
	}
	return s.text
}

// TestStamp_counts: each attribute counts that a version copies (contract V9, V10), and no other.
func TestStamp_counts(t *testing.T) {
	t.Parallel()
	without := []string{
		"name", "package", "type", // another one is another function
		"mount_config", "enterprise_project_id", "tags", // the function's own
		"encrypted_user_data_wo", // its version counts
		"code", "ignore_code_drift",
	}
	plain := stampOfConfig(t, nil)
	for name, a := range builtSchema().Attributes {
		if !a.IsOptional() && !a.IsRequired() || slices.Contains(renamedNames(), name) {
			continue
		}
		given := map[string]tftypes.Value{name: some(Type().AttributeTypes[name])}
		if name == "code" {
			given = nil
		}
		if counts := stampOfConfig(t, given) != plain; counts == slices.Contains(without, name) {
			t.Errorf("%s counts: %t", name, counts)
		}
	}
}

// TestStamp_forms: what means the same has the same stamp, and the order of dependencies counts if that of the
// attribute does.
func TestStamp_forms(t *testing.T) {
	t.Parallel()
	of := Type().AttributeTypes
	plain := stampOfConfig(t, nil)
	for name, given := range map[string]map[string]tftypes.Value{
		"empty text":         {"description": text(""), "agency": text("")},
		"no variables":       {"user_data": tftypes.NewValue(of["user_data"], map[string]tftypes.Value{})},
		"no secrets":         {"encrypted_user_data": tftypes.NewValue(of["encrypted_user_data"], map[string]tftypes.Value{})},
		"false":              {"enable_dynamic_memory": tftypes.NewValue(tftypes.Bool, false)},
		"another name":       {"name": text("payments")},
		"write-only secrets": {"encrypted_user_data_wo": some(of["encrypted_user_data_wo"])},
	} {
		if stampOfConfig(t, given) != plain {
			t.Errorf("%s: another stamp", name)
		}
	}
	for name, given := range map[string]map[string]tftypes.Value{
		// Without the attribute, the number that is set is kept, whatever it is.
		"the default, written": {"ephemeral_storage": number(defaultEphemeralStorage)},
		"one, written":         {"concurrency_num": number(1)},
	} {
		if stampOfConfig(t, given) == plain {
			t.Errorf("%s: the same stamp", name)
		}
	}
}

// TestStamp_open: a stamp is not known while anything is not that counts. Other attributes do not matter.
func TestStamp_open(t *testing.T) {
	t.Parallel()
	for name, a := range builtSchema().Attributes {
		if name == "code" || !a.IsOptional() && !a.IsRequired() {
			continue
		}
		of := Type().AttributeTypes[name]
		s := stampedConfig(t, map[string]tftypes.Value{name: tftypes.NewValue(of,
			tftypes.UnknownValue)}).stampOf(stampMemory{}, "d")
		if counts := slices.Contains(frozenNames(), name); s.open != counts || (s.text == "") != counts {
			t.Errorf("%s is late: %+v", name, s)
		}
	}
	var late model
	code := codeModel{ZipFile: types.StringValue("code.zip"), StampSettings: types.BoolUnknown(),
		Exclude: types.ListNull(types.StringType)}
	late.Code = tfconv.ObjectOf(codeObjectType, code)
	if s := late.stampOf(stampMemory{}, "d"); !s.open {
		t.Errorf("stamp_settings is late: %+v", s)
	}
	for _, off := range []types.Bool{types.BoolNull(), types.BoolValue(false)} {
		code.StampSettings = off
		late.Code = tfconv.ObjectOf(codeObjectType, code)
		if s := late.stampOf(stampMemory{}, "d"); s.open || s.text != "" || s.mark("H") != "H" {
			t.Errorf("%s: %+v", off, s)
		}
	}
}

// TestStamp_secrets: another value is another stamp, and no stamp depends on a value: whoever knows all else and has
// the archive cannot try values.
func TestStamp_secrets(t *testing.T) {
	t.Parallel()
	secret := func(value string) model {
		of := Type().AttributeTypes["encrypted_user_data"]
		return stampedConfig(t, map[string]tftypes.Value{"encrypted_user_data": tftypes.NewValue(of,
			map[string]tftypes.Value{"PASSWORD": text(value)})})
	}
	written := func(version string) model {
		return stampedConfig(t, map[string]tftypes.Value{
			"encrypted_user_data_wo":         some(Type().AttributeTypes["encrypted_user_data_wo"]),
			"encrypted_user_data_wo_version": text(version),
		})
	}
	if secret("a").stampOf(stampMemory{}, "d").text != secret("b").stampOf(stampMemory{}, "d").text ||
		written("a").stampOf(stampMemory{}, "d").text != written("b").stampOf(stampMemory{}, "d").text {
		t.Error("a stamp is made of a value")
	}
	private, digest := keys{}, "d1"
	var diags diag.Diagnostics
	var seen []string
	for i, step := range []struct {
		config model
		moves  bool
	}{
		{secret("a"), true}, {secret("a"), false}, {secret("b"), true}, {secret("a"), true}, {stampedConfig(t, nil), true}, {secret("a"), true},
		{written("1"), true}, {written("1"), false}, {written("2"), true}, {secret(""), true}, {secret(""), false},
	} {
		var prior model
		prior.Digest = types.StringValue(digest)
		s := step.config.stampWithin(t.Context(), private, prior, &diags)
		again := step.config.stampWithin(t.Context(), private, prior, &diags)
		if s.text != again.text {
			t.Errorf("step %d: planned anew, it is another stamp", i)
		}
		before := ""
		if i > 0 {
			before = seen[i-1]
		}
		if moved := s.text != before; moved != step.moves {
			t.Errorf("step %d: another stamp: %t", i, moved)
		}
		if step.moves {
			digest += "+" // code with it goes up
			if slices.Contains(seen, s.text) && s.memory.Round != "" {
				t.Errorf("step %d: a stamp that other values had", i)
			}
		}
		s.memory.keep(t.Context(), private, &diags)
		seen = append(seen, s.text)
	}
	if bytes.Contains(private[keyStamp], []byte("PASSWORD")) || len(diags) > 0 {
		t.Errorf("private state has %s; %v", private[keyStamp], diags)
	}
	// D0 decides and not D: a run that was killed behind its upload makes the same stamp again.
	private = keys{}
	rememberUpload(t.Context(), private, upload{Digest: "sent", Type: typeZip}, &diags)
	var prior model
	prior.Digest = types.StringValue("what runs")
	if got, want := secret("a").stampWithin(t.Context(), private, prior, &diags).text,
		secret("a").stampOf(stampMemory{}, "sent").text; got != want {
		t.Errorf("the stamp is %s, want %s", got, want)
	}
}

// TestServed: aliases of latest alone keep nothing.
func TestServed(t *testing.T) {
	t.Parallel()
	got := served([]functiongraph.Alias{
		{Name: "dev", Version: functiongraph.VersionLatest}, {Name: "live", Version: "v3"}, {Name: "odd"},
		{Name: "canary", Version: functiongraph.VersionLatest, AdditionalVersionWeights: map[string]int64{"v4": 10}},
		{Name: "beta", Version: "v2", AdditionalVersionStrategy: map[string]json.RawMessage{"v4": nil}},
	})
	want := []string{
		"alias live serves v3, which keeps its settings", "alias canary serves v4, which keeps its settings",
		"alias beta serves v2 and v4, which keep their settings",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
