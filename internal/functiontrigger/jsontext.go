// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"encoding/json"
	"math/big"
	"reflect"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// encoded is a text as the CLI's function jsonencode writes it, where it is an object or a list in JSON: a CLI that
// generates a configuration writes it by that function.
func encoded(text string) string {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // else a large number would be another one
	var value any
	if decoder.Decode(&value) != nil || decoder.More() || !isComposed(value) {
		return text
	}
	again, _ := json.Marshal(inDecimals(value)) // it came as JSON
	return string(again)
}

// inDecimals writes the numbers in a value as the CLI does.
func inDecimals(value any) any {
	switch value := value.(type) {
	case json.Number:
		if number, _, err := big.ParseFloat(value.String(), 10, 512, big.ToNearestEven); err == nil {
			return json.Number(number.Text('f', -1))
		}
	case []any:
		for i := range value {
			value[i] = inDecimals(value[i])
		}
	case map[string]any:
		for name := range value {
			value[name] = inDecimals(value[name])
		}
	}
	return value
}

func isComposed(value any) bool {
	kind := reflect.ValueOf(value).Kind()
	return kind == reflect.Map || kind == reflect.Slice
}

// mayBeJSON compares a text by value, where it is an object or a list in JSON; an import finds it as jsonencode writes
// it.
func mayBeJSON(m member) member {
	m.same = func(a, b attr.Value) bool {
		x, isText := a.(types.String)
		y, alike := b.(types.String)
		return isText && alike && !x.IsUnknown() && !y.IsUnknown() && x.IsNull() == y.IsNull() &&
			encoded(x.ValueString()) == encoded(y.ValueString())
	}
	m.decode = func(raw json.RawMessage) (attr.Value, bool) {
		var text string
		err := json.Unmarshal(raw, &text)
		return types.StringValue(encoded(text)), err == nil
	}
	return m
}
