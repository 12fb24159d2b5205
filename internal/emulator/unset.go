// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"reflect"
	"slices"
)

// missingInSDK are members of GET config that peer's tests read and the SDK's model lacks (contract 3.3).
var missingInSDK = []string{"domain_names", "restore_hook_handler", "restore_hook_timeout"}

// kmsMembers are in no seed and no OTC document: SDK's models have them, and peer's code reads them (contract 5).
var kmsMembers = []string{"user_data_encrypt_kms_key_id", "code_encrypt_kms_key_id"}

// shows says whether an answer has a member that belongs into it: switches config-read-back, kms-read-back,
// update-code-digest, update-code-url and unset-members. Two members are no question where clients read them, in GET
// config: code_url (peer's test of code in OBS demands an empty plan after reading it there) and encrypted_user_data
// (F31: peer's PR shows the blanked values).
func (s *Server) shows(member string, value any, in answers) bool {
	sw := s.opts.Switches
	switch {
	case sw.SDKReadBack && in == inGetConfig && slices.Contains(missingInSDK, member),
		sw.HideKMSKeys && slices.Contains(kmsMembers, member),
		sw.NoUpdateCodeDigest && in == inUpdateCode && member == "digest",
		sw.NoUpdateCodeURL && in == inUpdateCode && member == "code_url":
		return false
	}
	return sw.ShowUnset || member == "status" || !isEmpty(value) // F37
}

// isEmpty is for texts, numbers, booleans, lists and maps; objects are the business of the switch unset-objects.
func isEmpty(value any) bool {
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return false
	default:
		return v.IsZero()
	}
}
