// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Rules of single types that take more than one member, or have codes of their own (contract 3.21.4).

// checkGateway is about func_info.
func checkGateway(code string) func(map[string]any) *Error {
	timeout := triggerMember{kind: aNumber, least: 1, most: 60000}
	return func(data map[string]any) *Error {
		info, _ := data["func_info"].(map[string]any) // checked before
		if !timeout.takes(info["timeout"]) {
			return badRequest(code, "event_data.func_info.timeout is not between 1 and 60000")
		}
		if mode, sent := info["invocation_type"]; sent && mode != "sync" && mode != "async" {
			return badRequest(code, "event_data.func_info.invocation_type is neither sync nor async")
		}
		return nil
	}
}

// maxOperations is FSS.1313 (contract 2.6).
const maxOperations = 100

var (
	notificationName = regexp.MustCompile(`^[A-Za-z0-9_]+$`)
	operation        = regexp.MustCompile(`^[^:;]+:[^:;]+(;[^:;]+)*:[^:;]+(;[^:;]+)*$`)
)

// checkOperations has a code for each fault of a CTS trigger.
func checkOperations(data map[string]any) *Error {
	name, operations := textOf(data, "name"), textsOf(data, "operations")
	switch {
	case name == "":
		return badRequest("FSS.1312", "The notification name is missing")
	case utf8.RuneCountInString(name) > 64:
		return badRequest("FSS.1317", "The trigger name is too long")
	case !notificationName.MatchString(name):
		return &Error{Status: 502, Code: "FSS.1319", Message: "The trigger name is invalid"} // so in the document
	case len(operations) == 0:
		return badRequest("FSS.1308", "The operations are missing")
	case len(operations) > maxOperations:
		return badRequest("FSS.1313", "There are more than %d operations", maxOperations)
	}
	for i, text := range operations {
		if !operation.MatchString(text) {
			return badRequest("FSS.1318", "The operation %q is invalid", text)
		}
		if slices.Contains(operations[:i], text) {
			return badRequest("FSS.1316", "The operation %q is there twice", text)
		}
	}
	return nil
}

// checkDatabase: those of the server itself have no events.
func checkDatabase(data map[string]any) *Error {
	if name := textOf(data, "db_name"); slices.Contains([]string{"admin", "local", "config"}, name) {
		return invalid("event_data.db_name is %s", name)
	}
	return nil
}

// checkKafka: with SASL_SSL the broker wants to know who it is.
func checkKafka(data map[string]any) *Error {
	if data["kafka_ssl_enable"] == true && (textOf(data, "kafka_user") == "" || textOf(data, "kafka_password") == "") {
		return badRequest("FSS.1113", "Kafka with SASL needs kafka_user and kafka_password")
	}
	return nil
}

func checkRocket(data map[string]any) *Error {
	if data["enable_acl"] == true && (textOf(data, "access_key") == "" || textOf(data, "secret_key") == "") {
		return invalid("event_data.enable_acl needs access_key and secret_key")
	}
	return nil
}

// keepSerial answers with text, whichever form was sent (X38).
func keepSerial(data map[string]any) {
	if flag, ok := data["is_serial"].(bool); ok {
		data["is_serial"] = strconv.FormatBool(flag)
	}
}

// objectEvents are those of OBS: the set, and what it stands for.
var objectEvents = map[string][]string{
	"ObjectCreated": {"Put", "Post", "Copy", "CompleteMultipartUpload"},
	"ObjectRemoved": {"Delete", "DeleteMarkerCreated"},
}

// objectEvent splits one event in any of its forms: ObjectCreated, s3:ObjectCreated:*, Put, s3:ObjectCreated:Put. The
// second part is `*` for the set.
func objectEvent(text string) (set, one string, ok bool) {
	text = strings.TrimPrefix(text, "s3:")
	for set, members := range objectEvents {
		if text == set || text == set+":*" {
			return set, "*", true
		}
		if one := strings.TrimPrefix(text, set+":"); slices.Contains(members, one) {
			return set, one, true
		}
	}
	return "", "", false
}

// checkObjectEvents is O22.
func checkObjectEvents(data map[string]any) *Error {
	count, whole := map[string]int{}, map[string]bool{}
	for _, text := range textsOf(data, "events") {
		set, one, ok := objectEvent(text)
		if !ok {
			return badRequest("FSS.1106", "The event %q is invalid", text)
		}
		count[set]++
		whole[set] = whole[set] || one == "*"
	}
	for set := range whole {
		if whole[set] && count[set] > 1 {
			return badRequest("FSS.1106", "%s stands beside one of its members", set)
		}
	}
	return nil
}

// keepObjectEvents writes the events in the form in which they are read back (observed, contract 3.21.4).
func keepObjectEvents(data map[string]any) {
	events := []any{}
	for _, text := range textsOf(data, "events") {
		if set, one, ok := objectEvent(text); ok {
			text = "s3:" + set + ":" + one
		}
		events = append(events, text)
	}
	data["events"] = events
}
