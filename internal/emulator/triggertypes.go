// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "slices"

// triggerType is one row of the table of types: what contract 3.21.3 and 3.21.4 say of it.
type triggerType struct {
	code     string
	bad      string // the code of a member that is refused; FSS.0400 where none is documented (assumption)
	missing  string // the code of a trigger that is not there (X40)
	asleep   bool   // DISABLED unless told otherwise (O16)
	slow     bool   // DISABLED after creation whatever was asked (Q27)
	noSwitch bool   // can only be on (O16b)
	pulls    bool   // counts for O19
	agency   bool   // O21
	network  string // the code where the function has no network (O20); empty: needs none
	hexID    bool   // the id is 32 hex digits, not a UUID
	named    bool   // the id is the name (Q34)
	open     bool   // no document has all members, so that unknown ones are kept
	members  []triggerMember
	live     []string // members that PUT takes, beside the status (Q26)
	fixed    []string // members that PUT never takes
	// What the members do not say: rules across them, how they are kept, what two triggers cannot share, and what the
	// answer has beside or instead of them. Each may be nil.
	check    func(data map[string]any) *Error
	keep     func(data map[string]any)
	conflict func(s *Server, mine, other placedTrigger) *Error
	answer   func(s *Server, t placedTrigger, data map[string]any)
}

// placedTrigger is a trigger with the function that it is of.
type placedTrigger struct {
	f *Function
	*Trigger
}

// batch is batch_size, up to most.
func batch(most float64) triggerMember {
	return triggerMember{name: "batch_size", kind: aNumber, needed: true, least: 1, most: most}
}

// general is the code of a trigger that is not there, for types without one of their own.
const general = "FSS.1131"

var gatewayMembers = []triggerMember{
	{name: "name", needed: true, form: `^[^-]+$`}, {name: "type", kind: aNumber, needed: true, least: 1, most: 2},
	{name: "path", needed: true}, {name: "protocol", needed: true, form: `^HTTPS?$`},
	{name: "req_method", needed: true, form: `^(GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS|ANY)$`},
	{name: "group_id", needed: true}, {name: "match_mode", needed: true, form: `^(SWA|NORMAL)$`},
	{name: "env_name", needed: true}, {name: "env_id", needed: true},
	{name: "auth", needed: true, form: `^(IAM|APP|NONE)$`}, {name: "func_info", kind: anObject, needed: true},
	{name: "sl_domain", most: 255}, {name: "backend_type", form: `^FUNCTION$`}, {name: "instance_id"},
	{name: "group_name"},
}

// dedicatedMembers: here the gateway has to be named.
var dedicatedMembers = append(slices.Clone(gatewayMembers), triggerMember{name: "instance_id", needed: true})

var databaseMembers = []triggerMember{
	{name: "instance_id", needed: true}, {name: "collection_name", needed: true}, {name: "db_name", needed: true},
	{name: "db_password", needed: true, secret: true}, batch(10000),
}

// polling are the members of DIS that its PUT takes, in every reading (Q26).
var polling = []string{"is_serial", "max_fetch_bytes", "polling_interval", "polling_unit"}

// triggerTypes are all that can be made. IOTDA is in paths only, so that none of it is ever there.
var triggerTypes = []triggerType{
	{
		code: "TIMER", bad: "FSS.1109", missing: "FSS.1140", pulls: true, check: checkSchedule, conflict: sameTimer,
		members: []triggerMember{
			{name: "name", needed: true, most: 64, form: `^[A-Za-z][A-Za-z0-9_-]*$`},
			{name: "schedule_type", needed: true, form: `^(Rate|Cron)$`}, {name: "schedule", needed: true},
			{name: "user_event"}, {name: "sync_execution", kind: aFlag},
		},
		answer: answerTimer,
	},
	{
		code: "APIG", bad: "FSS.1107", missing: "FSS.1138", noSwitch: true, hexID: true, members: gatewayMembers,
		check: checkGateway("FSS.1107"), conflict: sameAPI, answer: answerGateway,
	},
	{
		code: "DEDICATEDGATEWAY", bad: "FSS.1417", missing: "FSS.1138", noSwitch: true, hexID: true,
		members: dedicatedMembers, check: checkGateway("FSS.1417"), conflict: sameAPI, answer: answerGateway,
	},
	{
		code: "APIC", bad: "FSS.1107", missing: "FSS.1138", noSwitch: true, hexID: true, members: gatewayMembers,
		check: checkGateway("FSS.1107"), conflict: sameAPI, answer: answerGateway,
	},
	{
		code: "CTS", bad: "FSS.1318", missing: general, noSwitch: true, check: checkOperations, conflict: sameNotification,
		members: []triggerMember{{name: "name"}, {name: "operations", kind: texts}}, // their codes are those of check
	},
	{
		code: "DDS", missing: general, asleep: true, slow: true, pulls: true, network: "FSS.0400", members: databaseMembers,
		check: checkDatabase, answer: answerDatabase,
	},
	{
		code: "GAUSSMONGO", missing: general, pulls: true, network: "FSS.0400", members: databaseMembers,
		check: checkDatabase, answer: answerDatabase,
	},
	{
		code: "DMS", missing: general, agency: true, members: []triggerMember{
			{name: "queue_id", needed: true}, {name: "consumer_group_id", needed: true},
			{name: "polling_interval", kind: aNumber, needed: true, least: 1}, {name: "instance_id"},
		},
	},
	{
		code: "DIS", missing: general, pulls: true, agency: true, live: polling, keep: keepSerial,
		members: []triggerMember{
			{name: "stream_name", needed: true}, {name: "sharditerator_type", needed: true, form: `^(TRIM_HORIZON|LATEST)$`},
			{name: "polling_interval", kind: aNumber, needed: true, least: 2, most: 60000},
			{name: "polling_unit", needed: true, form: `^m?s$`}, {name: "is_serial", kind: aFlagText, needed: true},
			{name: "max_fetch_bytes", kind: aNumber, most: 4194304},
			{name: "batch_size", kind: aNumber, least: 1, most: 10000}, // peer omits it, and works
		},
	},
	{
		code: "LTS", missing: general, pulls: true, agency: true, answer: answerLogs,
		members: []triggerMember{{name: "log_group_id", needed: true}, {name: "log_topic_id", needed: true}},
	},
	{
		code: "OBS", bad: "FSS.1106", missing: "FSS.1136", noSwitch: true, named: true, fixed: []string{"bucket"},
		members: []triggerMember{
			{name: "bucket", needed: true, most: 64}, {name: "events", kind: texts, needed: true},
			{name: "prefix", most: 1024}, {name: "suffix", most: 1024}, {name: "name"},
		},
		check: checkObjectEvents, keep: keepObjectEvents, conflict: sameObjects, answer: answerObjects,
	},
	{
		code: "SMN", bad: "FSS.1102", missing: "FSS.1132", noSwitch: true, conflict: sameTopic, answer: answerTopic,
		members: []triggerMember{{name: "topic_urn", needed: true, most: 255}},
	},
	{
		code: "KAFKA", bad: "FSS.1112", missing: "FSS.1174", asleep: true, slow: true, pulls: true, agency: true,
		network: "FSS.1114", check: checkKafka, conflict: sameKafka,
		members: []triggerMember{
			{name: "instance_id", needed: true}, {name: "topic_ids", kind: texts, needed: true}, batch(1000),
			{name: "kafka_user"}, {name: "kafka_password", secret: true}, {name: "kafka_connect_address"},
			{name: "kafka_ssl_enable", kind: aFlag},
		},
	},
	{
		code: "OPENSOURCEKAFKA", missing: general, asleep: true, open: true,
		members: []triggerMember{{name: "kafka_password", secret: true}}, // by analogy with KAFKA (assumption)
	},
	{
		code: "RABBITMQ", missing: general, members: []triggerMember{
			{name: "instance_id", needed: true}, {name: "exchange_name", needed: true},
			{name: "access_password", needed: true, secret: true}, batch(1000), {name: "access_user"},
			{name: "connect_address"}, {name: "vhost"}, {name: "ssl_enable", kind: aFlag},
		},
	},
	{
		code: "ROCKETMQ", missing: general, asleep: true, open: true, check: checkRocket, members: []triggerMember{
			{name: "instance_id", needed: true}, batch(1000), {name: "enable_acl", kind: aFlag}, {name: "access_key"},
			{name: "secret_key", secret: true},
		},
	},
	{
		code: "EVENTGRID", missing: general, answer: answerGrid, members: []triggerMember{
			{name: "channel_id"}, {name: "channel_name"}, {name: "source_name"}, {name: "trigger_name"}, {name: "agency"},
			{name: "bucket"}, {name: "event_types", kind: texts}, {name: "Key_encode", kind: aFlag},
			{name: "status", form: `^(ACTIVE|DISABLE)$`},
		},
	},
}

// findTriggerType returns the row of a type, nil if there is none.
func findTriggerType(code string) *triggerType {
	i := slices.IndexFunc(triggerTypes, func(kind triggerType) bool { return kind.code == code })
	if i < 0 {
		return nil
	}
	return &triggerTypes[i]
}
