// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"net/http"
)

// getCode is contract 3.5: a link, not the source.
func (s *Server) getCode(c *call) (any, *Error) {
	t, err := s.findTarget(c.params["function_urn"])
	if err != nil {
		return nil, err
	}
	return s.functionBody(c, t, inGetCode), nil
}

// updateCode is contract 3.6.
func (s *Server) updateCode(c *call) (any, *Error) {
	m, err := s.members(c, codeMembers)
	if err != nil {
		return nil, err
	}
	code, err := s.parseCode(c, m)
	if err != nil {
		return nil, err
	}
	if code.codeType == "" {
		return nil, badRequest("FSS.1006", "The code type is missing")
	}
	if err := s.checkImageCode(code, ""); err != nil {
		return nil, err
	}
	f, err := s.findLatest(c.params["function_urn"]) // V11
	if err != nil {
		return nil, err
	}
	if err := s.replaceCode(f, code); err != nil {
		return nil, err
	}
	return s.updateCodeBody(c, f), nil
}

// replaceCode changes the code only if the result is valid as a whole.
func (s *Server) replaceCode(f *Function, code codeRequest) *Error {
	if err := s.checkImageCode(code, f.Runtime); err != nil {
		return err
	}
	if !code.sent && code.storesCode() {
		if code.codeType != f.CodeType || s.opts.Switches.CodeOmitted == OmittedCodeRefused {
			return badRequest("FSS.1012", "The code is missing") // of another type: assumption, there is none
		}
		code.sent = s.opts.Switches.CodeOmitted == OmittedCodeTemplate // as an empty file: Q44
	}
	after := *f
	changed := code.apply(&after)
	if err := s.checkFunction(&after); err != nil {
		return err
	}
	if err := s.checkDependencies(after.DependVersionList); err != nil {
		return err
	}
	if changed || after.CodeFilename != f.CodeFilename {
		s.codeChanged(&after)
	}
	*f = after
	s.touch(f)
	return nil
}

// fileStart is where the file of func_code begins in an encoded answer; within a string its quotes would be escaped.
var fileStart = []byte(`"func_code":{"file":"`)

// updateCodeBody echoes the file that the function has now, as far as the switches let it. The file is put into the
// finished text: encoding/json would hold 50 MB several times.
func (s *Server) updateCodeBody(c *call, f *Function) any {
	out := s.functionBody(c, target{f: f}, inUpdateCode)
	out["func_code"] = funcCode{}
	if s.opts.Switches.NoUpdateCodeEcho {
		return out
	}
	head, tail, _ := bytes.Cut(mustJSON(out), fileStart)
	text := make([]byte, 0, len(head)+len(fileStart)+base64.StdEncoding.EncodedLen(len(f.Code))+len(tail))
	text = append(append(text, head...), fileStart...)
	text = base64.StdEncoding.AppendEncode(text, f.Code)
	return reply{status: http.StatusOK, body: append(text, tail...)}
}

// downloadLink is where the code of a function or version can be fetched without credentials, as with the service.
func (s *Server) downloadLink(t target, r *http.Request) string {
	if len(t.code().Code) == 0 {
		return ""
	}
	return s.storage(r) + t.f.ID + "/" + t.name()
}

// storage is the start of download links.
func (s *Server) storage(r *http.Request) string {
	return cmp.Or(s.opts.BaseURL, "http://"+r.Host) + "/functionstorage/"
}

// downloadCode serves downloadLink.
func (s *Server) downloadCode(c *call) (any, *Error) {
	for _, f := range s.functions {
		if f.ID != c.params["function_id"] {
			continue
		}
		at := target{f: f}
		if i := f.versionIndex(c.params["version"]); i >= 0 {
			at.version = &f.Versions[i]
		}
		if code := at.code(); at.name() == c.params["version"] && len(code.Code) > 0 {
			content := code.Code
			if code.CodeType == codeInline { // what is kept of a text is what is counted (2.7)
				content = code.countedBytes(s.opts.Switches.InlineDigestOverZip)
			}
			return reply{http.StatusOK, http.Header{"Content-Type": {"application/octet-stream"}}, content}, nil
		}
	}
	return nil, notFound("FSS.1054", "Not found the code package")
}
