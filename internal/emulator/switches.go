// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Switches choose one of two readings where the documents leave both open. The zero value is the default reading
// everywhere; SecondWorld is the other one everywhere. Each comment starts with the name used on the command line.
type Switches struct {
	MergeConfig         bool    // put-config: PUT config keeps omitted members (contract 4.3, Q3)
	NullOmitted         bool    // null-members: null counts as omitted instead of clearing (4.3, Q58)
	RejectUnknown       bool    // unknown-members: 400 instead of ignoring them
	PageVersions        bool    // list-versions-paging: marker and maxitems take effect (V19, Q15)
	VersionQuota        int     // version-quota: versions per function, latest included; 0 = 20 (V8)
	FunctionQuota       int     // function-quota: functions per project; 0 = 400 (F20)
	InlineDigestOverZip bool    // inline-digest: digest and size of a zip that the service makes of the text
	HideOBSDigest       bool    // obs-digest: no digest and no size for code of type obs (2.7, Q12)
	ImageDigest         bool    // image-digest: images have a digest, over the address of the image (2.7, Q12)
	IgnorePublishDigest bool    // publish-digest: publish does not compare it (V6, Q2)
	UnchangedNeedsAll   bool    // publish-unchanged: FSS.1016 only if the settings are unchanged too (V5, Q4)
	IgnoreCreateMembers bool    // create-members: create ignores the members of Q10
	URNForm             URNForm // urn-form: which calls answer 8 fields in func_urn (2.1, Q11)
	PlainTimes          bool    // times: `2006-01-02 15:04:05` without offset, +08:00 wall clock (1.9)
	PlainVersionNames   bool    // version-name: an unnamed version has no leading `v` (V3)
	ImportSizeMB        int     // import-size: bound of the import package in MB; 0 = 300 (FSS.1023)
	SignedBodyLimitMB   int     // signed-body-limit: bound of signed bodies in MB; 0 = 12, below 0 = none (1.5)
	NoListVersions      bool    // list-versions: the region lacks the call, 404 APIGW.0101 (3.10)
	NoUpdateCodeDigest  bool    // update-code-digest: the answer of PUT code has no digest
	NoUpdateCodeEcho    bool    // update-code-echo: the answer of PUT code has no func_code.file
	NoUpdateCodeURL     bool    // update-code-url: the answer of PUT code has no code_url
	// kms-read-back: no answer has the ids of KMS keys, only SDK and peer know them (5)
	HideKMSKeys            bool
	RefuseImageCode        bool        // image-code-members: code for an image function is refused (F7, F12)
	OmittedStrategy        bool        // omitted-strategy: PUT config without strategy_config resets it in v2 (4.3)
	RequireFuncName        bool        // put-config-name: PUT config without func_name is refused (3.4, Q5)
	KeepRuntime            bool        // put-config-runtime: another runtime in PUT config has no effect (Q22)
	EditableVersions       bool        // version-config: PUT config works on published versions (V12, Q14)
	EnumeratedMemory       bool        // memory-sizes: 8192 and 10240 MB are refused (F5, X29)
	DefaultLogging         bool        // log-default: create without enable_lts_log turns logging on (2.3, 2.9)
	ShowUnset              bool        // unset-members: answers show unset members with empty values (F37)
	ZeroObjects            bool        // unset-objects: answers show unset objects with zero values (3.3)
	SDKReadBack            bool        // config-read-back: GET config answers only what the SDK's model has (3.3)
	TextMountIDs           bool        // mount-ids: answers have the ids of mount_user as text (X3)
	RequireLogNames        bool        // update-log-names: PUT config needs all four members of log_config (3.4)
	RefuseResetZeros       bool        // reset-zeros: gpu_memory 0 and gpu_type "" are refused (4.3, F28)
	ReverseOrder           bool        // object-order: lists without a sense of order come back in another one
	MergeAlias             bool        // put-alias: PUT alias keeps omitted members (A11)
	AliasStrategyInList    bool        // alias-strategy: only the list of aliases answers the strategy (3.12, 3.13)
	NoGetTags              bool        // tags-read: the region lacks GET tags of one function, 404 APIGW.0101 (O29)
	NoFilterResources      bool        // resource-instances: the region lacks the call, 404 APIGW.0101 (3.17)
	BadAliasedVersion      bool        // aliased-version: a version that has an alias is refused by 400 FSS.1014 (A3)
	CodeOmitted            CodeOmitted // code-omitted: PUT code of inline, zip or jar without func_code (3.6, Q44)
	RefuseImageInitializer bool        // image-initializer: F24 without its exception for images (Q59)
	// user-data-size: 4096 characters of keys and values, not bytes of the JSON text (F16, Q57)
	CountUserDataCharacters bool
	// publish-dependencies: other dependencies are a change that can be published (V21, Q45)
	DependenciesCount bool
	// dependency-times: rows of the list of dependencies as documented, not as seen (O28)
	NumberDependencyTimes bool
	ErrorDetails          ErrorDetails // error-details: the form of the member `details` of an error (1.6, F40)
	DeleteBoundAlias      bool         // bound-alias: an alias with triggers goes with its version (V13, A9, Q21)

	// Of triggers (contract 3.21).
	TriggerPasswords     TriggerPasswords // trigger-passwords: how answers show them (Q23)
	ReplaceTriggerData   bool             // put-trigger-data: what PUT leaves out is removed (Q25)
	ListTriggerData      bool             // put-trigger-form: PUT takes event_data as the SDK's list only (Q24)
	PutAllTriggerMembers bool             // put-trigger-members: PUT takes all members but the bucket (Q26)
	HonourKafkaStatus    bool             // kafka-create: KAFKA and DDS created ACTIVE are so (Q27)
	CreateTriggersActive bool             // create-disabled: whatever else is created DISABLED is ACTIVE (Q28)
	// trigger-list: the list of a function has those of versions and aliases (Q30)
	ListAllQualifiers       bool
	LookUpAnyQualifier      bool          // trigger-lookup: a trigger is found by any qualifier of its function (Q31)
	TriggerDelay            time.Duration // trigger-delay: for so long reads do not show what was written (O17, Q32)
	NoSyncExecution         bool          // timer-sync-execution: answers do not have it (3.21.4, Q33)
	OBSTriggerUUID          bool          // obs-trigger-id: id and name are a UUID, whatever name was given (Q34)
	TimerNamesOfFunction    bool          // timer-name: names are unique in the function, not only its version (O13, Q36)
	FullGatewayAnswer       bool          // gateway-answer: answers have sl_domain and backend_type (3.21.4)
	MissingFunctionNotFound bool          // missing-function-triggers: 404 FSS.1051, not 500 and 401 (O14, O15)

	// Of what else a version or an alias has (contract 3.18, 3.19).
	KeepEmptyReservations bool // reserved-zero: a reservation that is set to 0 stays as a row (Q46)
	KeepReservedMembers   bool // put-reserved: what PUT of a reservation leaves out stays (Q47)
	KeepAsyncMembers      bool // put-async: what PUT of asynchronous settings leaves out stays (Q50)
	LeaveAsyncSettings    bool // alias-leftovers: they stay when their alias or version goes (AI1, Q51)

	// Of dependencies (contract 3.22).
	MultipartETag      bool // dependency-etag: the mark of an upload in parts, not the MD5 (Q41)
	VersionsUseNothing bool // dependency-use: what only published versions use can be deleted (DV2, Q42)
}

// TriggerPasswords is a position of the switch trigger-passwords.
type TriggerPasswords int

// The positions of trigger-passwords.
const (
	PasswordsEmpty TriggerPasswords = iota
	PasswordsPlain
	PasswordsMasked
	PasswordsAbsent
)

// ErrorDetails is a position of the switch error-details.
type ErrorDetails int

// The positions of error-details.
const (
	DetailsArray ErrorDetails = iota
	DetailsObject
	NoDetails
)

// URNForm is a position of the switch urn-form.
type URNForm int

// The positions of urn-form.
const (
	URNDocumented URNForm = iota
	URNSwapped
	URNEqual
)

// CodeOmitted is a position of the switch code-omitted.
type CodeOmitted int

// The positions of code-omitted.
const (
	OmittedCodeKept CodeOmitted = iota
	OmittedCodeRefused
	OmittedCodeTemplate
)

// SwitchInfo describes one switch.
type SwitchInfo struct {
	Name    string
	Values  []string // the default first, then the other pole, then further positions
	Default string
	Doc     string
	Reading string // the numbers of the contract that it is a reading of
}

// switchRule is one row of the switch table; set gets one of the values, or any number if the switch is numeric.
type switchRule struct {
	SwitchInfo
	set func(sw *Switches, value string) error
}

var switchRules = []switchRule{
	flag("put-config", "4.3, Q3", "replace", "merge", "whether PUT config keeps omitted members",
		func(sw *Switches) *bool { return &sw.MergeConfig }),
	flag("null-members", "4.3, Q58", "clear", "omitted", "what a null member means in PUT config and PUT code",
		func(sw *Switches) *bool { return &sw.NullOmitted }),
	flag("unknown-members", "3", "ignored", "rejected",
		"whether request members that the call does not know are refused",
		func(sw *Switches) *bool { return &sw.RejectUnknown }),
	flag("list-versions-paging", "V19, Q15", "ignored", "honoured",
		"whether marker and maxitems of list versions take effect",
		func(sw *Switches) *bool { return &sw.PageVersions }),
	number("version-quota", "V8, X5", "20", "10", "versions per function, latest included",
		func(sw *Switches) *int { return &sw.VersionQuota }),
	number("function-quota", "F20", "400", "200", "functions per project",
		func(sw *Switches) *int { return &sw.FunctionQuota }),
	flag("inline-digest", "2.7", "text", "zip", "over what digest and size of inline code are taken",
		func(sw *Switches) *bool { return &sw.InlineDigestOverZip }),
	flag("obs-digest", "Q12", "object", "none",
		"whether digest and size of code_type obs are the object's, or empty and 0",
		func(sw *Switches) *bool { return &sw.HideOBSDigest }),
	flag("image-digest", "Q12", "none", "reference",
		"whether images have no digest, or one over the address of the image",
		func(sw *Switches) *bool { return &sw.ImageDigest }),
	flag("publish-digest", "V6, Q2", "compared", "ignored", "whether publish compares its digest member with latest's",
		func(sw *Switches) *bool { return &sw.IgnorePublishDigest }),
	flag("publish-unchanged", "V5, Q4", "code", "code-and-settings", "what must be unchanged for FSS.1016",
		func(sw *Switches) *bool { return &sw.UnchangedNeedsAll }),
	flag("create-members", "Q10", "honoured", "ignored",
		"depend_version_list, func_vpc, mount_config, initializer_* and app_xrole at create",
		func(sw *Switches) *bool { return &sw.IgnoreCreateMembers }),
	choice("urn-form", "Q11", "which calls answer with the version in func_urn; equal: get config as the list, without",
		[]string{"documented", "swapped", "equal"}, func(sw *Switches) *URNForm { return &sw.URNForm }),
	flag("times", "1.9", "offset", "plain", "times with +08:00, or the same wall clock without offset",
		func(sw *Switches) *bool { return &sw.PlainTimes }),
	flag("version-name", "V3, X6", "with-v", "plain", "name of a version published without one",
		func(sw *Switches) *bool { return &sw.PlainVersionNames }),
	number("import-size", "X14", "300", "10", "largest import package, MB",
		func(sw *Switches) *int { return &sw.ImportSizeMB }),
	{info("signed-body-limit", "1.5", "12", "none", "largest AK/SK-signed body, MB"), setSignedBodyLimit},
	flag("list-versions", "3.10", "present", "missing", "whether the region has the call",
		func(sw *Switches) *bool { return &sw.NoListVersions }),
	flag("update-code-digest", "3.6", "present", "absent", "whether PUT code answers the digest",
		func(sw *Switches) *bool { return &sw.NoUpdateCodeDigest }),
	flag("update-code-echo", "3.6", "file", "none", "whether PUT code answers the file",
		func(sw *Switches) *bool { return &sw.NoUpdateCodeEcho }),
	flag("update-code-url", "3.6", "present", "absent", "whether PUT code answers code_url",
		func(sw *Switches) *bool { return &sw.NoUpdateCodeURL }),
	flag("kms-read-back", "5", "present", "absent",
		"whether answers have user_data_encrypt_kms_key_id and code_encrypt_kms_key_id",
		func(sw *Switches) *bool { return &sw.HideKMSKeys }),
	flag("image-code-members", "F7, F12", "ignored", "refused",
		"what becomes of func_code, code_filename and code_url that an image function is sent",
		func(sw *Switches) *bool { return &sw.RefuseImageCode }),
	flag("omitted-strategy", "4.3", "kept", "reset", "what PUT config without strategy_config does to it, of type v2",
		func(sw *Switches) *bool { return &sw.OmittedStrategy }),
	flag("put-config-name", "Q5", "optional", "required", "whether PUT config needs func_name",
		func(sw *Switches) *bool { return &sw.RequireFuncName }),
	flag("put-config-runtime", "Q22", "stored", "ignored", "what another runtime in PUT config does",
		func(sw *Switches) *bool { return &sw.KeepRuntime }),
	flag("version-config", "V12, Q14", "refused", "editable", "PUT config on a published version",
		func(sw *Switches) *bool { return &sw.EditableVersions }),
	flag("memory-sizes", "F5, X29", "extended", "enumeration", "whether 8192 and 10240 MB are accepted",
		func(sw *Switches) *bool { return &sw.EnumeratedMemory }),
	flag("log-default", "2.9", "off", "on", "what create does about logging when enable_lts_log is not sent",
		func(sw *Switches) *bool { return &sw.DefaultLogging }),
	flag("unset-members", "F37", "absent", "empty",
		"how answers show optional members (texts, numbers, lists) that are not set",
		func(sw *Switches) *bool { return &sw.ShowUnset }),
	flag("unset-objects", "3", "absent", "zero",
		"how answers show func_vpc, mount_config, network_controller and custom_image that are not set",
		func(sw *Switches) *bool { return &sw.ZeroObjects }),
	flag("config-read-back", "3.3", "full", "sdk", "whether GET config answers domain_names and restore_hook_*",
		func(sw *Switches) *bool { return &sw.SDKReadBack }),
	flag("mount-ids", "X3", "number", "text", "how answers show the ids of mount_user",
		func(sw *Switches) *bool { return &sw.TextMountIDs }),
	flag("update-log-names", "3.4", "optional", "required",
		"whether PUT config with enable_lts_log needs all of log_config",
		func(sw *Switches) *bool { return &sw.RequireLogNames }),
	flag("reset-zeros", "4.3, F28", "accepted", "refused", "whether gpu_memory 0 and an empty gpu_type are accepted",
		func(sw *Switches) *bool { return &sw.RefuseResetZeros }),
	flag("put-alias", "A11", "replace", "merge", "whether PUT alias keeps omitted members",
		func(sw *Switches) *bool { return &sw.MergeAlias }),
	flag("alias-strategy", "3.12, 3.13", "everywhere", "list",
		"whether create and get alias answer additional_version_strategy, or the list of aliases only",
		func(sw *Switches) *bool { return &sw.AliasStrategyInList }),
	flag("aliased-version", "A3", "FSS.1066", "FSS.1014",
		"by which code an alias is refused whose version has another one",
		func(sw *Switches) *bool { return &sw.BadAliasedVersion }),
	flag("bound-alias", "Q21", "refused", "deleted", "what deleting a version does whose alias has triggers",
		func(sw *Switches) *bool { return &sw.DeleteBoundAlias }),
	choice("trigger-passwords", "Q23", "how answers show passwords of triggers",
		[]string{"empty", "plain", "masked", "absent"}, func(sw *Switches) *TriggerPasswords { return &sw.TriggerPasswords }),
	flag("put-trigger-data", "Q25", "kept", "replaced", "what PUT of a trigger does to members that it leaves out",
		func(sw *Switches) *bool { return &sw.ReplaceTriggerData }),
	flag("put-trigger-form", "Q24, X37", "any", "list",
		"whether PUT of a trigger takes event_data as an object, or as the SDK's list of DIS members only",
		func(sw *Switches) *bool { return &sw.ListTriggerData }),
	flag("put-trigger-members", "Q26", "polling-only", "all",
		"which members PUT of a trigger takes: those of DIS for polling, or all but the bucket",
		func(sw *Switches) *bool { return &sw.PutAllTriggerMembers }),
	flag("kafka-create", "Q27", "disabled", "honoured", "the status of KAFKA and DDS triggers that are created ACTIVE",
		func(sw *Switches) *bool { return &sw.HonourKafkaStatus }),
	flag("create-disabled", "Q28", "honoured", "active", "the status of other triggers that are created DISABLED",
		func(sw *Switches) *bool { return &sw.CreateTriggersActive }),
	flag("trigger-list", "Q30", "own", "all-qualifiers",
		"whether the list of a function's triggers has those of its versions and aliases",
		func(sw *Switches) *bool { return &sw.ListAllQualifiers }),
	flag("trigger-lookup", "Q31", "exact", "any-qualifier",
		"whether a trigger is found by another version or alias of its function",
		func(sw *Switches) *bool { return &sw.LookUpAnyQualifier }),
	duration("trigger-delay", "O17, Q32", "3s", "for how long reads do not show what became of a trigger",
		func(sw *Switches) *time.Duration { return &sw.TriggerDelay }),
	flag("timer-sync-execution", "3.21.4, Q33", "answered", "absent",
		"whether answers of TIMER triggers have sync_execution",
		func(sw *Switches) *bool { return &sw.NoSyncExecution }),
	flag("obs-trigger-id", "Q34", "name", "uuid", "what the id of an OBS trigger, and its name in answers, are",
		func(sw *Switches) *bool { return &sw.OBSTriggerUUID }),
	flag("timer-name", "O13, Q36", "qualifier", "function", "within what the names of TIMER triggers are unique",
		func(sw *Switches) *bool { return &sw.TimerNamesOfFunction }),
	flag("gateway-answer", "3.21.4", "sample", "full",
		"whether answers of gateway triggers have sl_domain and backend_type",
		func(sw *Switches) *bool { return &sw.FullGatewayAnswer }),
	flag("missing-function-triggers", "O14, O15", "500/401", "404",
		"what calls about triggers of a function answer that is gone",
		func(sw *Switches) *bool { return &sw.MissingFunctionNotFound }),
	flag("reserved-zero", "Q46", "gone", "row", "what is left of reserved instances that are set to 0",
		func(sw *Switches) *bool { return &sw.KeepEmptyReservations }),
	flag("put-reserved", "Q47", "reset", "kept", "what PUT of reserved instances does to members that it leaves out",
		func(sw *Switches) *bool { return &sw.KeepReservedMembers }),
	flag("put-async", "Q50", "reset", "kept", "what PUT of asynchronous settings does to members that it leaves out",
		func(sw *Switches) *bool { return &sw.KeepAsyncMembers }),
	flag("alias-leftovers", "Q51", "gone", "left",
		"what becomes of asynchronous settings whose alias or version is deleted",
		func(sw *Switches) *bool { return &sw.LeaveAsyncSettings }),
	flag("dependency-etag", "Q41", "md5", "multipart", "what the etag of a dependency version is",
		func(sw *Switches) *bool { return &sw.MultipartETag }),
	flag("dependency-use", "DV2, Q42", "with-versions", "latest-only",
		"whether published versions keep the dependency versions that they use",
		func(sw *Switches) *bool { return &sw.VersionsUseNothing }),
	flag("tags-read", "O29", "present", "missing", "whether the region has GET tags of one function",
		func(sw *Switches) *bool { return &sw.NoGetTags }),
	flag("resource-instances", "3.17", "present", "missing",
		"whether the region has the list of functions with their tags",
		func(sw *Switches) *bool { return &sw.NoFilterResources }),
	choice("code-omitted", "Q44", "what PUT code of inline, zip or jar does that comes without the code",
		[]string{"kept", "refused", "template"}, func(sw *Switches) *CodeOmitted { return &sw.CodeOmitted }),
	flag("image-initializer", "Q59", "accepted", "refused",
		"whether the initializer of an image may be -, or a timeout alone",
		func(sw *Switches) *bool { return &sw.RefuseImageInitializer }),
	flag("user-data-size", "F16, Q57", "bytes", "characters",
		"what counts of the environment: bytes of the JSON text, or characters of keys and values",
		func(sw *Switches) *bool { return &sw.CountUserDataCharacters }),
	flag("publish-dependencies", "V21, Q45", "unchanged", "counts",
		"whether other dependencies alone are a change that can be published",
		func(sw *Switches) *bool { return &sw.DependenciesCount }),
	flag("dependency-times", "O28, X42", "text", "number",
		"how rows of the list of dependencies show when they were changed, and whose private ones are",
		func(sw *Switches) *bool { return &sw.NumberDependencyTimes }),
	choice("error-details", "F40", "the form of the member details of the service's errors",
		[]string{"array", "object", "absent"}, func(sw *Switches) *ErrorDetails { return &sw.ErrorDetails }),
	flag("object-order", "DV9", "kept", "reversed", "the order of lists that are sets in sense, such as security_groups",
		func(sw *Switches) *bool { return &sw.ReverseOrder }),
}

// Set turns one switch, by its name on the command line. The error names the values that there are.
func (sw *Switches) Set(name, value string) error {
	for _, rule := range switchRules {
		if rule.Name != name {
			continue
		}
		if err := rule.set(sw, value); err != nil {
			return fmt.Errorf("switch %s: %w", name, err)
		}
		return nil
	}
	return fmt.Errorf("no switch %q; there are %s", name, strings.Join(switchNames(), ", "))
}

// SwitchNames describes every switch, in a fixed order.
func SwitchNames() []SwitchInfo {
	out := make([]SwitchInfo, 0, len(switchRules))
	for _, rule := range switchRules {
		item := rule.SwitchInfo
		item.Values = slices.Clone(item.Values)
		out = append(out, item)
	}
	return out
}

// SecondWorld has every switch at the other pole.
func SecondWorld() Switches {
	var sw Switches
	for _, rule := range switchRules {
		if err := rule.set(&sw, rule.Values[1]); err != nil {
			panic("emulator: switch table: " + err.Error())
		}
	}
	return sw
}

func switchNames() []string {
	names := make([]string, 0, len(switchRules))
	for _, rule := range switchRules {
		names = append(names, rule.Name)
	}
	return names
}

func info(name, reading, first, other, doc string) SwitchInfo {
	return SwitchInfo{Name: name, Values: []string{first, other}, Default: first, Doc: doc, Reading: reading}
}

func flag(name, reading, first, other, doc string, field func(*Switches) *bool) switchRule {
	return switchRule{info(name, reading, first, other, doc), func(sw *Switches, value string) error {
		if value != first && value != other {
			return fmt.Errorf("value %q is neither %s nor %s", value, first, other)
		}
		*field(sw) = value == other
		return nil
	}}
}

// choice is a switch of more than two positions, which are counted from 0.
func choice[T ~int](name, reading, doc string, values []string, field func(*Switches) *T) switchRule {
	item := SwitchInfo{Name: name, Values: values, Default: values[0], Doc: doc, Reading: reading}
	return switchRule{item, func(sw *Switches, value string) error {
		at := slices.Index(values, value)
		if at < 0 {
			return fmt.Errorf("value %q is none of %s", value, strings.Join(values, ", "))
		}
		*field(sw) = T(at)
		return nil
	}}
}

func number(name, reading, first, other, doc string, field func(*Switches) *int) switchRule {
	return switchRule{info(name, reading, first, other, doc), func(sw *Switches, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return fmt.Errorf("value %q is not a number above 0", value)
		}
		*field(sw) = n
		return nil
	}}
}

// duration has any number of positions, of which two are in the table; the first is none.
func duration(name, reading, other, doc string, field func(*Switches) *time.Duration) switchRule {
	return switchRule{info(name, reading, "0s", other, doc), func(sw *Switches, value string) error {
		d, err := time.ParseDuration(value)
		if err != nil || d < 0 {
			return fmt.Errorf("value %q is not a duration such as 3s", value)
		}
		*field(sw) = d
		return nil
	}}
}

func setSignedBodyLimit(sw *Switches, value string) error {
	if value == "none" {
		sw.SignedBodyLimitMB = -1
		return nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return fmt.Errorf("value %q is neither none nor a number above 0", value)
	}
	sw.SignedBodyLimitMB = n
	return nil
}

func orDefault(value, fallback int) int {
	if value == 0 {
		return fallback
	}
	return value
}
