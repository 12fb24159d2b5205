// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// The codes of the service that the provider acts on (contract 6).
const (
	CodeInvalidParameter   = "FSS.0400"   // 400: also the deletion of latest, which is final (contract V15)
	CodeNotFound           = "FSS.0404"   // 404: resource not found
	CodeGone               = "FSS.0410"   // 410: resource does not exist
	CodeBadAlias           = "FSS.1014"   // 400: bad alias; for some, of a version that has an alias already (contract A3)
	CodeVersionName        = "FSS.1015"   // 400: bad version name
	CodeUnchanged          = "FSS.1016"   // 400: code unchanged since the last publication
	CodeFunctionQuota      = "FSS.1041"   // 403: more than 400 functions
	CodeSizeQuota          = "FSS.1042"   // 403: total code size exceeded
	CodeFunctionNotFound   = "FSS.1051"   // 404: function not found
	CodeVersionNotFound    = "FSS.1052"   // 404: version not found
	CodeAliasNotFound      = "FSS.1053"   // 404: alias not found
	CodeFunctionExists     = "FSS.1061"   // 409: function exists
	CodeVersionExists      = "FSS.1062"   // 409: version exists
	CodeAliasQuota         = "FSS.1043"   // 403: more than 10 aliases
	CodeAliasExists        = "FSS.1063"   // 409: alias exists
	CodeVersionAliased     = "FSS.1066"   // 409: the version has an alias already
	CodeAliasTriggers      = "FSS.1154"   // 403: triggers are bound to the alias
	CodeBadAdditional      = "FSS.1091"   // 400: the additional version of an alias is not a published one
	CodeAdditionalVersion  = "FSS.1094"   // 403: version is an additional version of an alias
	CodeEventQuota         = "FSS.1068"   // 403: too many test events
	CodeEventNotFound      = "FSS.1070"   // 404: test event not found, or its function
	CodeEventExists        = "FSS.1073"   // 403: test event exists
	CodeUnauthorized       = "FSS.0401"   // 401: not permitted; of triggers, also: the function is gone (contract O15)
	CodePrecondition       = "FSS.0428"   // 428: a related resource remains
	CodeInternal           = "FSS.0500"   // 500: of triggers, also: the function is gone (contract O14)
	CodeDependencyExists   = "FSS.1031"   // 400: dependency exists
	CodeDependencyInUse    = "FSS.1033"   // 412: a function uses the dependency version
	CodeDependencyQuota    = "FSS.1045"   // 403: too many dependencies
	CodeDependencyPublic   = "FSS.1046"   // 403: dependency not accessible, such as a public one
	CodeDependencyNotFound = "FSS.1056"   // 404: dependency not found; absence on the routes of dependencies only
	CodeDependencyConflict = "FSS.1065"   // 409: dependency exists
	CodeNoFunctionStatus   = "FSS.1202"   // 500: the function's answer lacks a status: it ran
	CodeTriggerType        = "FSS.1101"   // 400: bad trigger type
	CodeTriggerClash       = "FSS.1108"   // 403: the bucket's configuration clashes with another OBS trigger
	CodeTriggerAgency      = "FSS.1121"   // 403: the function has no agency
	CodeTriggerNotFound    = "FSS.1131"   // 404: trigger not found; some types have a code of their own
	CodeTriggerNameExists  = "FSS.1307"   // 400: a CTS trigger of the name exists
	CodeTriggerQuota       = "FSS.1306"   // 400: too many triggers
	CodeBadTriggerName     = "FSS.1319"   // 502: bad name of a CTS trigger
	CodeUnknownPath        = "APIGW.0101" // 404: the service or region lacks the call; nothing about a resource
	CodeBadAuthentication  = "APIGW.0301" // 401: bad signature, token or time
	CodeThrottledByGateway = "APIGW.0308" // 429: throttled, the text may name the window
	CodeForbidden          = "FSS.0403"   // 403: forbidden, and the version quota by assumption Q1
)

// triggerExists are the conflicts of types: SMN, OBS, the gateway's name and path, TIMER, KAFKA (contract 6).
var triggerExists = []string{
	"FSS.1141", "FSS.1145", "FSS.1146", "FSS.1147", "FSS.1148", "FSS.1150", CodeTriggerClash, CodeTriggerNameExists,
}

// triggerAbsent are the codes of a trigger that is not there, the general one and those of SMN, OBS, the gateway, TIMER
// and KAFKA (contract X40).
var triggerAbsent = []string{CodeTriggerNotFound, "FSS.1132", "FSS.1136", "FSS.1138", "FSS.1140", "FSS.1174"}

// Error is an answer of the service, or of a gateway before it, that is not a success.
type Error struct {
	Status    int    // HTTP status
	Code      string // the service's code, "" if the answer has none
	Message   string // the service's text, or what the answer looks like if it has none
	Details   string // what the service adds to it, which may be the only plain sentence; mostly ""
	RequestID string // to be told to the service's support
	Method    string // HTTP method of the call
	Route     string // route template of the call, such as /v2/{project_id}/fgs/functions/{urn}/config

	// Credentials says which credentials were refused, if the answer means that; it holds no value.
	Credentials string

	// EncodedAuthorizationMessage is the service's encrypted detail of a refusal, to be decoded by its own tools.
	EncodedAuthorizationMessage string

	retryAfter *time.Duration // the wait that the answer asks for, nil if it does not
	absent     bool           // what the call is about does not exist
	ran        bool           // a function failed: it ran
	page       bool           // the answer is not of the service's form
}

// Error names the call, the service's text and what it adds, its code, the status and the request id. It holds no
// credentials.
func (e *Error) Error() string {
	facts := make([]string, 0, 3)
	if e.Code != "" {
		facts = append(facts, e.Code)
	}
	facts = append(facts, fmt.Sprintf("HTTP %d", e.Status))
	if e.RequestID != "" {
		facts = append(facts, "request id "+e.RequestID)
	}
	text := e.Message
	if e.Details != "" {
		text += ": " + e.Details
	}
	return fmt.Sprintf("%s %s: %s (%s)", e.Method, e.Route, text, strings.Join(facts, ", "))
}

// HasCode says whether err is an answer of the service with one of the codes.
func HasCode(err error, codes ...string) bool {
	var api *Error
	return errors.As(err, &api) && slices.Contains(codes, api.Code)
}

// IsNotFound says whether the service itself says that what a call was about does not exist: the function, version,
// alias, trigger or dependency version that it reads, writes or deletes, or the function that a trigger is of; of a
// list, the function. Of everything else the service may say so too, without meaning that: a 404 of a list of aliases
// with the code for an alias says nothing about the function. A 404 of a gateway or a proxy, with or without a code, is
// not that; nor are 401 FSS.0401 and 500 FSS.0500, which may mean it on trigger routes: there the function is asked for
// before anything is said (contract 6).
func IsNotFound(err error) bool {
	var api *Error
	return errors.As(err, &api) && api.absent
}

// IsRefusal says whether the service itself refuses what a call asks for, by whichever code: of most rules the code is
// not documented. That something is not there, that it is not permitted to ask, and that it is asked too often are
// other things; but a lack of permission may have the code of a rule.
func IsRefusal(err error) bool {
	var api *Error
	if !errors.As(err, &api) || !strings.HasPrefix(api.Code, "FSS.") {
		return false
	}
	switch api.Status {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotAcceptable, http.StatusConflict,
		http.StatusPreconditionFailed, http.StatusUnprocessableEntity, http.StatusPreconditionRequired:
		return true
	}
	return false
}

// goneCodes are the codes that say that what a URN names does not exist: the function, and the version or alias of it.
func goneCodes(urn URN) []string {
	codes := []string{CodeFunctionNotFound, CodeNotFound, CodeGone}
	switch {
	case urn.Alias() != "":
		return append(codes, CodeVersionNotFound, CodeAliasNotFound)
	case urn.Version() != "":
		return append(codes, CodeVersionNotFound)
	}
	return codes
}

// MismatchError says that a URN belongs to another region or project than the client. No request was made, and it
// does not mean that the function does not exist.
type MismatchError struct {
	Part string // "region" or "project"
	URN  string
	Got  string // what the URN says
	Want string // what the client is configured for
}

// Error names the URN, its region or project, and the client's.
func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s belongs to the %s %q, but the provider is configured for the %s %q",
		e.URN, e.Part, e.Got, e.Part, e.Want)
}

// AmbiguousError says that a call that must not be repeated blindly was sent and its answer was lost: the service may
// or may not have done it. SendOnce resolves it.
type AmbiguousError struct {
	Err error

	makes URN // what the call makes
}

// Error says what happened, and that the outcome is not known.
func (e *AmbiguousError) Error() string {
	return "it is not known whether the service has done this: " + e.Err.Error()
}

// Unwrap returns what happened to the answer.
func (e *AmbiguousError) Unwrap() error { return e.Err }
