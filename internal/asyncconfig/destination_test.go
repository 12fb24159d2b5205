// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package asyncconfig

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// to is a destination with one of its objects.
func to(change func(*destinationModel)) types.Object {
	m := destinationModel{
		tfconv.NullObject(obsType), tfconv.NullObject(smnType), tfconv.NullObject(disType),
		tfconv.NullObject(functionType), tfconv.NullObject(otherType),
	}
	change(&m)
	return tfconv.ObjectOf(destinationType, m)
}

func bucket(prefix types.String, expires types.Int64) types.Object {
	return to(func(m *destinationModel) {
		m.OBS = tfconv.ObjectOf(obsType, obsModel{types.StringValue("b"), prefix, expires})
	})
}

func other(destination, param string) types.Object {
	return to(func(m *destinationModel) {
		m.Other = tfconv.ObjectOf(otherType, otherModel{types.StringValue(destination), types.StringValue(param)})
	})
}

var (
	noText   = types.StringNull()
	noNumber = types.Int64Null()
	topic    = to(func(m *destinationModel) {
		m.SMN = tfconv.ObjectOf(smnType, smnModel{types.StringValue("t")})
	})
	stream = to(func(m *destinationModel) {
		m.DIS = tfconv.ObjectOf(disType, disModel{types.StringValue("s")})
	})
)

func calls(urn string) types.Object {
	return to(func(m *destinationModel) {
		m.Function = tfconv.ObjectOf(functionType, functionModel{types.StringValue(urn)})
	})
}

const shop = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:shop"

// TestDestination: what each sends; OBS all of its members, a function its URN with the version.
func TestDestination(t *testing.T) {
	t.Parallel()
	for name, v := range map[string]struct {
		of          types.Object
		word, param string
	}{
		"obs":        {bucket(types.StringValue("p/"), types.Int64Value(7)), "OBS", `{"bucket":"b","prefix":"p/","expires":7}`},
		"obs, bare":  {bucket(noText, noNumber), "OBS", `{"bucket":"b","prefix":"","expires":0}`},
		"smn":        {topic, "SMN", `{"topic_urn":"t"}`},
		"dis":        {stream, "DIS", `{"stream_name":"s"}`},
		"function":   {calls(shop), "FunctionGraph", `{"func_urn":"` + shop + `:latest"}`},
		"an alias":   {calls(shop + ":!live"), "FunctionGraph", `{"func_urn":"` + shop + `:!live"}`},
		"other":      {other("KAFKA", `{ "a": 1 }`), "KAFKA", `{ "a": 1 }`},
		"none":       {tfconv.NullObject(destinationType), "", ""},
		"zero value": {types.Object{}, "", ""},
	} {
		got := destination(v.of)
		if (got == nil) != (v.word == "") || got != nil && (got.Destination != v.word || got.Param != v.param) {
			t.Errorf("%s: %+v", name, got)
		}
		if v.word != "" && !shown(v.of, got).Equal(v.of) {
			t.Errorf("%s: what was sent is shown as %s", name, shown(v.of, got))
		}
	}
}

// TestShown: what means the same stays as it is written; all else is shown as the service has it, what has not the form
// of its destination as other.
func TestShown(t *testing.T) {
	t.Parallel()
	none := tfconv.NullObject(destinationType)
	for name, v := range map[string]struct {
		current     types.Object
		word, param string
		want        types.Object
	}{
		"other spelling":       {topic, "SMN", ` { "topic_urn" : "t" } `, topic},
		"a member more":        {topic, "SMN", `{"topic_urn":"t","region":"x"}`, topic},
		"another topic":        {bucket(noText, noNumber), "SMN", `{"topic_urn":"t"}`, topic},
		"empty and left out":   {bucket(types.StringValue(""), types.Int64Value(0)), "OBS", `{"bucket":"b"}`, bucket(types.StringValue(""), types.Int64Value(0))},
		"left out and empty":   {bucket(noText, noNumber), "OBS", `{"bucket":"b","prefix":"","expires":0}`, bucket(noText, noNumber)},
		"a number as text":     {none, "OBS", `{"bucket":"b","expires":"7"}`, bucket(noText, types.Int64Value(7))},
		"7 and 8 fields":       {calls(shop), "FunctionGraph", `{"func_urn":"` + shop + `:latest"}`, calls(shop)},
		"imported":             {none, "DIS", `{"stream_name":"s"}`, stream},
		"removed":              {topic, "", "", none},
		"no topic":             {none, "SMN", `{"topic":"t"}`, other("SMN", `{"topic":"t"}`)},
		"no JSON":              {none, "OBS", `bucket`, other("OBS", `bucket`)},
		"another word":         {none, "KAFKA", `{"a":1}`, other("KAFKA", `{"a":1}`)},
		"other, more members":  {other("KAFKA", `{"a":1}`), "KAFKA", `{"b":2,"a":1}`, other("KAFKA", `{"a":1}`)},
		"other, other value":   {other("KAFKA", `{"a":1}`), "KAFKA", `{"a":2}`, other("KAFKA", `{"a":2}`)},
		"other, other word":    {other("KAFKA", `{"a":1}`), "MQ", `{"a":1}`, other("MQ", `{"a":1}`)},
		"other, gone":          {other("KAFKA", `{"a":1}`), "", "", none},
		"a typed one in other": {other("SMN", `{"topic_urn":"t"}`), "SMN", `{"topic_urn":"t"}`, other("SMN", `{"topic_urn":"t"}`)},
	} {
		got := shown(v.current, &functiongraph.AsyncDestination{Destination: v.word, Param: v.param})
		if !got.Equal(v.want) {
			t.Errorf("%s: %s, want %s", name, got, v.want)
		}
	}
	if got := shown(topic, nil); !got.IsNull() {
		t.Errorf("none: %s", got)
	}
}
