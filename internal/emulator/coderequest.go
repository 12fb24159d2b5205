// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"net/url"
	"slices"
)

// codeMembers are the members of PUT code (contract 3.6); create takes them too.
var codeMembers = []string{
	"code_type", "code_url", "code_filename", "func_code", "depend_version_list", "code_encrypt_kms_key_id",
}

// codeRequest is the code in a create or update request.
type codeRequest struct {
	codeType, url, filename string
	kmsKeyID                *string // nil: not sent
	object                  []byte  // what lies at url in OBS; nil: the address stands for it
	sent                    bool    // func_code is there
	imported                bool    // out of an import package, which has a bound of its own (FSS.1023)
	code                    []byte
	depends                 *[]string // nil: not sent
}

// parseCode reads and checks the code members.
func (s *Server) parseCode(c *call, m members) (codeRequest, *Error) {
	var req codeRequest
	var content funcCode
	err := s.takeAll(m, map[string]any{
		"code_type": &req.codeType, "code_url": &req.url, "code_filename": &req.filename,
		"code_encrypt_kms_key_id": &req.kmsKeyID, "func_code": &content,
	})
	if err != nil {
		return req, err
	}
	if err := s.parseDepends(m, &req); err != nil {
		return req, err
	}
	req.sent = m.present("func_code")
	code, badBase64 := c.body.decode(content.File)
	if badBase64 != nil {
		return req, badRequest("FSS.1011", "func_code.file is not Base64") // F11
	}
	req.code, req.object = code, s.objects[req.url]
	if req.codeType == codeImage && s.opts.Switches.RefuseImageCode && (req.sent || req.filename != "" || req.url != "") {
		return req, badRequest("FSS.1006", "A container image has no func_code, code_filename and code_url")
	}
	return req, req.check()
}

func (s *Server) parseDepends(m members, req *codeRequest) *Error {
	if _, ok := m["depend_version_list"]; !ok {
		return nil
	}
	list := []string{}
	if err := s.take(m, "depend_version_list", &list); err != nil {
		return err
	}
	if m.present("depend_version_list") || s.opts.Switches.NullClears {
		req.depends = &list
	}
	return nil
}

// check applies F7, F8, F11 and F13. A missing code_type is for the caller: it depends on the runtime.
func (r codeRequest) check() *Error {
	switch r.codeType {
	case "", codeImage:
		return nil
	case codeOBS:
		if address, err := url.Parse(r.url); err != nil || address.Host == "" {
			return badRequest("FSS.1010", "The URL %q is invalid", r.url) // F8
		}
		return nil
	case codeInline, codeZip, codeJar:
		if len(r.code) == 0 {
			return nil
		}
		return checkCode(r.codeType, r.code, r.imported)
	default:
		return badRequest("FSS.1006", "The code type %q is invalid", r.codeType) // F7
	}
}

// storesCode says whether the function keeps code of its own under this type.
func (r codeRequest) storesCode() bool {
	return slices.Contains([]string{codeInline, codeZip, codeJar}, r.codeType)
}

// settleType fills in the code type of an image function (F7) and checks the rest against the runtime.
func (r *codeRequest) settleType(runtime string) *Error {
	if r.codeType == "" && runtime == imageRuntime {
		r.codeType = codeImage
	}
	if r.codeType == "" {
		return badRequest("FSS.1006", "The code type is missing")
	}
	return nil
}

// apply puts the code into the function; it says whether the code is another one now.
func (r codeRequest) apply(f *Function) bool {
	before := f.CodeState
	f.CodeType, f.CodeURL = r.codeType, r.url
	switch {
	case r.codeType == codeOBS:
		f.Code = r.object
	case !r.storesCode():
		f.Code = nil
	case len(r.code) > 0:
		f.Code = r.code
	case r.sent || before.CodeType == "":
		f.Code = templateCode(f.CodeType, f.Runtime) // F9: no code, or an empty file
	}
	if r.codeType != codeOBS {
		f.CodeURL = "" // contract 2.3: only obs has one
	}
	if r.kmsKeyID != nil {
		f.CodeKMSKeyID = *r.kmsKeyID
	}
	if r.depends != nil {
		f.DependVersionList = *r.depends
	}
	r.applyFilename(f, before)
	return before.CodeType != f.CodeType || before.CodeURL != f.CodeURL || !bytes.Equal(before.Code, f.Code)
}

// applyFilename is contract 2.8. A zip or jar keeps its name while none is sent; the others follow the code, so that a
// request about dependencies alone keeps it, too (3.6).
func (r codeRequest) applyFilename(f *Function, before CodeState) {
	follows := f.CodeURL != before.CodeURL || r.codeType == codeInline && r.sent
	switch {
	case r.filename != "":
		f.CodeFilename = r.filename
	case f.CodeFilename == "" || f.CodeType != before.CodeType || follows:
		f.CodeFilename = derivedFilename(f)
	}
}
