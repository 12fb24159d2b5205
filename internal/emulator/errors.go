// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
)

// Error is a refusal in the service's own words: HTTP status, code such as FSS.1051, text.
type Error struct {
	Status  int
	Code    string
	Message string
	Detail  string // a plainer sentence than Message; empty: Message says it
}

// details is the third member of the service's errors, in the position of the switch error-details; the gateway's and
// IAM's have none (F40).
func (s *Server) details(e *Error) any {
	type detail struct {
		Message string `json:"error_msg"`
	}
	said := detail{cmp.Or(e.Detail, e.Message)}
	switch {
	case !strings.HasPrefix(e.Code, "FSS."), s.opts.Switches.ErrorDetails == NoDetails:
		return nil
	case s.opts.Switches.ErrorDetails == DetailsObject:
		return said
	default:
		return []detail{said}
	}
}

// Error gives code and text on one line.
func (e *Error) Error() string {
	return e.Code + ": " + e.Message
}

func badRequest(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusBadRequest, Code: code, Message: fmt.Sprintf(format, args...)}
}

// invalid is the service's general "invalid parameter".
func invalid(format string, args ...any) *Error {
	return badRequest("FSS.0400", "invalid parameter: "+format, args...)
}

func forbidden(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusForbidden, Code: code, Message: fmt.Sprintf(format, args...)}
}

func notFound(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusNotFound, Code: code, Message: fmt.Sprintf(format, args...)}
}

func conflict(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusConflict, Code: code, Message: fmt.Sprintf(format, args...)}
}

func tooLarge(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Code: code, Message: fmt.Sprintf(format, args...)}
}

// bodyTooLong is the gateway's refusal of a body (contract 8, APIGW.0201).
func bodyTooLong() *Error {
	return tooLarge("APIGW.0201", "Bad request: the body is too large")
}

// functionNotFound is the text of the samples in contract 8.1.
func functionNotFound() *Error {
	return notFound("FSS.1051", "Not found the function")
}

func versionNotFound(name string) *Error {
	return notFound("FSS.1052", "Not found the version %s of the function", name)
}

func aliasNotFound(name string) *Error {
	return notFound("FSS.1053", "Not found the alias %s of the function", name)
}

// unauthorised is the gateway's refusal of contract 1.5.
func unauthorised(reason string) *Error {
	return &Error{
		Status: http.StatusUnauthorized, Code: "APIGW.0301", Message: "Incorrect IAM authentication information: " + reason,
	}
}

// noSuchAPI is the gateway's answer to a path that it does not know.
func noSuchAPI() *Error {
	return notFound("APIGW.0101", "The API does not exist or has not been published in the environment")
}
