// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
)

// upload is what Terraform itself last sent: the digest that the service then reported (D0), the content hash of its
// source, and the code type it was sent as. It lives in private state; another digest on the service means that
// somebody else changed the code.
type upload struct {
	Digest     string
	SourceHash string
	Content    string // the content hash, which SourceHash is unless the user's own marker takes its place
	Type       string
	Reference  string // the address that was sent, of code that lies elsewhere
	KMSKeyID   string // the key that was sent
	// Seen is what the first read after that reported, of which there is no digest; nil before.
	Seen *running
}

// running is what the service reports of the code that runs and no attribute of its own shows. What it does not report
// is empty. It lives in private state.
type running struct {
	URL      string `json:"url,omitempty"`
	Image    string `json:"image,omitempty"`
	KMSKeyID string `json:"kms_key_id,omitempty"`
}

func runningCode(in *functiongraph.Function) running {
	return running{in.CodeURL, runningImage(in.CustomImage), deref(in.CodeKMSKeyID)}
}

// situation is all that decides what happens to the code of an existing function. Its words are those of
// internal/architecture.md: H is the content hash of the configured source, B the digest of the bytes that would be
// uploaded, D the digest that the service reports.
type situation struct {
	hash     string // H; "" while it cannot be known
	marked   bool   // H is the user's own marker
	digest   string // B; "" while the bytes are not at hand
	size     int64  // their number
	kind     string // code type of the configured source; "" while it cannot be known
	filename string // configured name of the code file; "" for the service's own
	sendsAs  string // name that an upload would carry; "" for none
	kmsKeyID string // configured key
	refers   bool   // the source is an address: there is no B
	address  string // that address; "" while it is not known
	content  string // what H would be without the user's own marker; "" while it cannot be known
	earlier  string // what content was in the form that states from before have; "" for none
	marker   string // the user's own marker, which H then is; "" for none
	stamp    stamp  // what the settings add to H and B
	missing  bool   // there is no such file
	other    bool   // the path names a file of another name than the state's
	open     bool   // filename or key gets its value during apply
	applying bool   // nothing that makes the file can come any more

	state struct { // what the last apply left, refreshed
		configured bool   // code was configured
		hash       string // "" after a change outside Terraform, or import
		kind       string
		filename   string // configured then
		kmsKeyID   string // configured then, or what somebody else put in its place
		address    string // configured then
		marker     string // configured then
		ignored    bool   // ignore_code_drift then
		digest     string // D
		reportedAs string // the service's code_type
		namedAs    string // the service's code_filename
		running    running
	}
	lastUpload  *upload
	ignoreDrift bool

	// Of a state that was moved here.
	unread   bool // no read has said yet what runs
	asBefore bool // the provider that it came from uploaded these very bytes last
}

// situationOf gathers what decides.
func situationOf(ctx context.Context, src source, plan codeFacet, prior model, private base.PrivateState,
	diags *diag.Diagnostics,
) situation {
	s := situation{
		hash: src.hash(), marked: !src.config.SourceHash.IsNull(), kind: src.kind(),
		filename: src.config.Filename.ValueString(),
		kmsKeyID: src.config.KMSKeyID.ValueString(), refers: src.refers(), address: src.reference,
		lastUpload: lastUpload(ctx, private, prior.codeFacet, diags), ignoreDrift: plan.IgnoreCodeDrift.ValueBool(),
		content: src.content(), marker: src.config.SourceHash.ValueString(), stamp: src.stamp, missing: src.missing(),
		open: src.config.Filename.IsUnknown() || src.config.KMSKeyID.IsUnknown(),
	}
	base.Recall(ctx, private, keyRunning, &s.state.running, diags)
	if src.scan != nil {
		s.digest, s.size, s.earlier = src.scan.Digest, src.scan.Size, src.scan.Earlier
	}
	old, configured := prior.codeObject()
	s.state.configured, s.state.marker = configured, old.SourceHash.ValueString()
	s.other = configured && filepath.Base(old.chosen().value.ValueString()) != filepath.Base(src.value.ValueString())
	s.state.filename, s.state.kmsKeyID = old.Filename.ValueString(), old.KMSKeyID.ValueString()
	s.state.kind, s.state.address = old.chosen().codeType, old.address()
	if configured && s.state.kind == "" { // a package: of the type that was reported
		s.state.kind = prior.CodeType.ValueString()
	}
	s.state.hash = prior.SourceHash.ValueString()
	s.state.ignored = prior.IgnoreCodeDrift.ValueBool()
	s.state.digest = prior.Digest.ValueString()
	s.state.reportedAs, s.state.namedAs = prior.CodeType.ValueString(), prior.CodeFilename.ValueString()
	s.knowMoved(ctx, src, private, diags)
	present := "" // what somebody else deployed does not give its name to ours
	if s.kind == s.state.kind && !s.drifted() {
		present = s.state.namedAs
	}
	s.sendsAs = src.filename(prior.Name.ValueString(), present)
	return s
}

// knowMoved adds what is remembered of a state that was moved here, while nothing was sent since.
func (s *situation) knowMoved(ctx context.Context, src source, private base.PrivateState, diags *diag.Diagnostics) {
	note := recallMoved(ctx, private, diags)
	s.unread = note.Unread
	s.asBefore = note.Code != "" && s.lastUpload == nil && s.digest != s.state.digest && src.hasSHA1(note.Code)
}

// codeAction is what a plan does about the code.
type codeAction int

const (
	keepCode   codeAction = iota // nothing to do
	recordCode                   // the service runs these very bytes: remember the source, send nothing
	acceptCode                   // somebody else's code is accepted: remember the source, send nothing
	renameCode                   // the same source under another hash: remember that, send nothing
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
	if s.lastUpload == nil {
		return s.asBefore && s.state.digest != "" && s.digest != s.state.digest
	}
	return s.lastUpload.drifted(s.state.digest, s.state.running)
}

// drifted compares what was sent with what runs. A container image has no digest that could be relied on, but is
// reported; of an object both count.
func (u upload) drifted(digest string, now running) bool {
	switch u.Type {
	case typeImage:
		return now.Image != u.Reference
	case typeOBS:
		return digest != u.Digest || u.Seen != nil && now.URL != u.Seen.URL
	}
	return digest != u.Digest
}

// sameSource says that the source is the one that was applied, wherever its file lies now. An address is not where
// something lies but what it is.
func (s situation) sameSource() bool {
	return (s.hash == s.state.hash || s.marker == "" && s.hasContent(s.state.hash)) && s.sameTerms()
}

// hasContent says that a content hash, of the present form or an earlier one, is the one of the source.
func (s situation) hasContent(hash string) bool {
	return hash != "" && (hash == s.content || hash == s.earlier && s.stamp.text == "" && !s.stamp.open)
}

// sameTerms says that all but the source's content is as it was applied.
func (s situation) sameTerms() bool {
	sameKind := s.kind == "" || s.kind == s.state.kind
	sameName := s.filename == s.state.filename || s.filename != "" && s.filename == s.state.namedAs
	return s.state.configured && sameKind && sameName && s.kmsKeyID == s.state.kmsKeyID && s.address == s.state.address
}

// notCompared says that the file is not at hand and nothing else speaks of another source: a plan of settings, or one
// that is applied where no artefacts are, needs no file.
func (s situation) notCompared() bool {
	unmarked := s.marker == "" && s.state.marker == ""
	return s.missing && s.hash == "" && unmarked && s.sameStamp() && !s.other && s.sameTerms() &&
		(s.state.hash != "" || s.ignoreDrift)
}

// sameStamp says that the settings add to the code what they added to it when it was applied.
func (s situation) sameStamp() bool {
	_, was, _ := strings.Cut(s.state.hash, stampMark)
	return !s.stamp.open && s.stamp.text == was
}

// renamed says that the source is the one of the last upload under another way of naming it: the user's own marker came
// or went. Code that something else deploys is not overwritten by a marker for a file that is not there.
func (s situation) renamed() bool {
	was := s.state.hash
	if s.state.marker != "" {
		was = ""
		if s.lastUpload != nil {
			was = s.lastUpload.Content
		}
	}
	same := s.hasContent(was) || s.missing && s.ignoreDrift
	return (s.marker == "") != (s.state.marker == "") && s.hash != "" && same && !s.refers && s.sameTerms() &&
		s.state.hash != ""
}

// remade says that another marker of the user's own announces another source. The file at hand may be one that a build
// step makes anew before the apply comes to it.
func (s situation) remade() bool {
	return !s.applying && s.state.configured && s.marker != "" && s.marker != s.state.marker && !s.refers
}

// sameCode says that the service already runs what an upload would bring, under the same type, name and key.
func (s situation) sameCode() bool {
	if s.kind != s.state.reportedAs || s.filename != "" && s.filename != s.state.namedAs ||
		s.kmsKeyID != s.state.kmsKeyID {
		return false
	}
	switch s.kind {
	case typeImage:
		// Another marker for the same image asks for it anew.
		return s.address == s.state.running.Image && (s.lastUpload == nil || s.state.hash == "")
	case typeOBS:
		// What lies at the address may be another object by now, unless nobody has said so since an import.
		return s.address == s.state.running.URL && s.lastUpload == nil
	}
	return s.digest != "" && s.digest == s.state.digest
}

// decide is the table in internal/architecture.md, "What a plan does about code", in its order.
func (s situation) decide() codeDecision {
	restored := !s.ignoreDrift && s.state.ignored && s.drifted() // ignore_code_drift was turned off over drift
	switch {
	case s.open, s.unread:
		return codeDecision{action: deferCode, drifted: s.drifted()}
	case s.notCompared() && !restored:
		return codeDecision{action: keepCode}
	case s.hash == "" || s.refers && s.address == "":
		return codeDecision{action: deferCode, drifted: s.missing && s.drifted()}
	case s.sameSource() && !restored:
		return codeDecision{action: keepCode}
	case s.ignoreDrift && s.state.hash == "":
		return codeDecision{action: acceptCode}
	case s.renamed() && !restored:
		return codeDecision{action: renameCode}
	case s.remade():
		return codeDecision{action: deferCode, drifted: s.drifted()}
	case (s.hash != s.state.hash || restored) && s.sameCode():
		return codeDecision{action: recordCode}
	case s.digest == "" && !s.refers:
		return codeDecision{action: deferCode, drifted: s.drifted()}
	}
	return codeDecision{
		action:  uploadCode,
		repair:  !s.refers && s.lastUpload != nil && s.lastUpload.Digest == s.digest && s.lastUpload.Type == s.kind,
		drifted: s.drifted(),
	}
}
