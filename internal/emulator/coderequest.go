// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/url"
	"slices"
	"strings"
)

// codeMembers are the members of PUT code (contract 3.6); create takes them too.
var codeMembers = []string{
	"code_type", "code_url", "code_filename", "func_code", "depend_version_list", "code_encrypt_kms_key_id",
}

// maxDependencies is the bound of depend_version_list (DV7).
const maxDependencies = 20

// codeRequest is the code in a create or update request.
type codeRequest struct {
	codeType, url, filename string
	link                    string  // func_code.link
	kmsKeyID                *string // nil: not sent
	sent                    bool    // func_code is there
	code                    []byte
	object                  []byte    // what is under url at this moment, nil: nothing that was put there
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
	if _, ok := m["code_encrypt_kms_key_id"]; ok && req.kmsKeyID == nil && !s.opts.Switches.NullOmitted {
		req.kmsKeyID = new(string)
	}
	req.sent, req.link = m.present("func_code"), content.Link
	code, badBase64 := c.body.decode(content.File)
	if badBase64 != nil {
		return req, badRequest("FSS.1011", "func_code.file is not Base64") // F11
	}
	req.code, req.object = code, s.objects[req.url]
	if slices.Contains([]string{codeZip, codeJar}, req.codeType) && len(code) > maxArchive {
		return req, tooLarge("FSS.1071", "The code package is larger than 50 MB") // F13: of a request, not of an import
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
	if len(list) > maxDependencies {
		return badRequest("FSS.1024", "A function has at most %d dependencies", maxDependencies) // DV7
	}
	if m.present("depend_version_list") || !s.opts.Switches.NullOmitted {
		req.depends = &list
	}
	return nil
}

// check applies F7, F8, F11, F39 and F13, but for the size of an archive. A missing code_type is for the caller: it
// depends on the runtime.
func (r codeRequest) check() *Error {
	if strings.ContainsAny(r.filename, `/\`) {
		return badRequest("FSS.1078", "The code file name %q has a path", r.filename) // F39
	}
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
		return checkCode(r.codeType, r.code)
	default:
		return badRequest("FSS.1006", "The code type %q is invalid", r.codeType) // F7
	}
}

// storesCode says whether the function keeps code of its own under this type.
func (r codeRequest) storesCode() bool {
	return slices.Contains([]string{codeInline, codeZip, codeJar}, r.codeType)
}

// settleType fills in the code type of an image function (F7) and checks the rest against the runtime.
func (r *codeRequest) settleType(st *Settings) *Error {
	image := st.Runtime == imageRuntime || st.Runtime == "http" && st.CustomImage != nil
	if r.codeType == "" && image {
		r.codeType = codeImage
	}
	if r.codeType == "" {
		return badRequest("FSS.1006", "The code type is missing")
	}
	return nil
}

// checkImageCode: the code of an image function is its image (2.3, 2.9). No document says what the service does with
// code that comes all the same. By default it is ignored, as unknown members are; at the other pole of the switch
// image-code-members it is refused, and so is a code type that has code of its own on the runtime Custom Image. An
// empty func_code is no code, since SDK's clients cannot leave it out of PUT code (3.6), and obs on that runtime is
// among the samples of create (X22).
func (s *Server) checkImageCode(r codeRequest, runtime string) *Error {
	if !s.opts.Switches.RefuseImageCode {
		return nil
	}
	if r.codeType == codeImage && (len(r.code) > 0 || r.link != "" || r.url != "" || r.filename != "") {
		return badRequest("FSS.1006", "The code type %s takes neither code, URL nor file name", r.codeType)
	}
	if runtime == imageRuntime && r.storesCode() {
		return badRequest("FSS.1006", "The code type %q is invalid for the runtime %s", r.codeType, runtime)
	}
	return nil
}

// apply puts the code into the function; it says whether the code is another one now.
func (r codeRequest) apply(f *Function) bool {
	before := f.CodeState
	f.CodeType, f.CodeURL, f.Object = r.codeType, r.url, r.object
	switch {
	case !r.storesCode():
		f.Code = nil
	case len(r.code) > 0:
		f.Code = r.code
	case r.sent || before.CodeType == "":
		f.Code = templateCode(f.CodeType, f.Runtime) // F9: no code, or an empty file
	}
	if r.codeType != codeOBS {
		f.CodeURL, f.Object = "", nil // contract 2.3: only obs has them
	}
	if r.kmsKeyID != nil { // assumption: omitted is kept, "" clears; known of depend_version_list only (3.6)
		f.CodeKMSKeyID = *r.kmsKeyID
	}
	if r.depends != nil {
		f.DependVersionList = *r.depends
	}
	r.applyFilename(f, before)
	return !before.sameSource(&f.CodeState)
}

// applyFilename is contract 2.8. A zip or jar keeps its name while none is sent; the others follow the code, so that a
// request about dependencies alone keeps it, too (3.6).
func (r codeRequest) applyFilename(f *Function, before CodeState) {
	follows := f.CodeURL != before.CodeURL || r.codeType == codeInline && r.sent
	switch {
	case r.codeType == codeImage:
		f.CodeFilename = ""
	case r.filename != "":
		f.CodeFilename = r.filename
	case f.CodeFilename == "" || f.CodeType != before.CodeType || follows:
		f.CodeFilename = derivedFilename(f)
	}
}
