// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

// uploaded is what Terraform itself last sent: the digest that the service then reported (D0), the content hash of its
// source, and the code type it was sent as. It lives in private state; another digest on the service means that
// somebody else changed the code.
type uploaded struct {
	Digest     string `json:"digest"`
	SourceHash string `json:"source_hash"`
	Type       string `json:"code_type"`
}

// situation is all that decides what happens to the code of an existing function. Its words are those of the design:
// H is the content hash of the configured source, B the digest of the bytes that would be uploaded, D the digest that
// the service reports.
type situation struct {
	hash     string // H; "" while it cannot be known
	digest   string // B; "" while the bytes are not at hand
	size     int64  // their number
	kind     string // code type of the configured source; "" while it cannot be known
	filename string // configured name of the code file; "" for the service's own
	sendsAs  string // name that an upload would carry; "" for none

	state struct { // what the last apply left, refreshed
		managed    bool   // code was configured
		hash       string // "" after a change outside Terraform, or import
		kind       string
		filename   string // configured then
		ignored    bool   // ignore_code_drift then
		digest     string // D
		reportedAs string // the service's code_type
		namedAs    string // the service's code_filename
	}
	uploaded    *uploaded
	ignoreDrift bool
}

// codeAction is what a plan does about the code.
type codeAction int

const (
	keepCode   codeAction = iota // nothing to do
	recordCode                   // the service runs these very bytes: remember the source, send nothing
	acceptCode                   // somebody else's code is accepted: remember the source, send nothing
	uploadCode                   // send it
	deferCode                    // the source is not known yet; decided during apply
)

// codeDecision is the action and what can be promised of its result.
type codeDecision struct {
	action codeAction
	// repair says that the digest after the upload is known to be B: these bytes carried it before.
	repair bool
	// drifted says that an upload overwrites what somebody else deployed.
	drifted bool
}

// drifted says that the service runs other code than Terraform sent.
func (s situation) drifted() bool {
	return s.uploaded != nil && s.uploaded.Digest != s.state.digest
}

// sameSource says that the source is the one that was applied, wherever its file lies now.
func (s situation) sameSource() bool {
	sameKind := s.kind == "" || s.kind == s.state.kind
	sameName := s.filename == s.state.filename || s.filename != "" && s.filename == s.state.namedAs
	return s.state.managed && s.hash == s.state.hash && sameKind && sameName
}

// sameBytes says that the service already runs the bytes that an upload would send, under the same type and name.
func (s situation) sameBytes() bool {
	return s.digest != "" && s.digest == s.state.digest && s.kind == s.state.reportedAs &&
		(s.filename == "" || s.filename == s.state.namedAs)
}

// decide is the table of DESIGN 4.
func (s situation) decide() codeDecision {
	if s.hash == "" {
		return codeDecision{action: deferCode}
	}
	restored := !s.ignoreDrift && s.state.ignored && s.drifted() // ignore_code_drift was turned off over drift
	switch {
	case s.sameSource() && !restored:
		return codeDecision{action: keepCode}
	case s.ignoreDrift && s.state.hash == "":
		return codeDecision{action: acceptCode}
	case (s.hash != s.state.hash || restored) && s.sameBytes():
		return codeDecision{action: recordCode}
	case s.digest == "":
		return codeDecision{action: deferCode, drifted: s.drifted()}
	}
	return codeDecision{
		action:  uploadCode,
		repair:  s.uploaded != nil && s.uploaded.Digest == s.digest && s.uploaded.Type == s.kind,
		drifted: s.drifted(),
	}
}
