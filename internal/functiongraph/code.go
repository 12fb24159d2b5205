// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
)

// The values of code_type (contract 2.3) that the client sends.
const (
	CodeTypeInline = "inline"
	CodeTypeZip    = "zip"
	CodeTypeJar    = "jar"
	CodeTypeOBS    = "obs"              // an object in OBS
	CodeTypeImage  = "Custom-Image-Swr" // the image of FunctionSettings.CustomImage
)

// Code is what to send with create (contract 3.1) or update code (contract 3.6).
type Code struct {
	Type     string  // without a Blob and a URL, in an update, whatever the function has
	Filename string  // "" is not sent: the service derives the name (contract 2.8)
	URL      string  // only with type obs
	Blob     *Blob   // nil: no func_code member; in an update the code stays
	KMSKeyID *string // encrypts the code at the service; nil is not sent, "" removes it
	// DependVersionIDs is the full list of dependency versions: nil is not sent, so that they stay; empty removes all.
	DependVersionIDs []string
}

// Blob is a piece of content that is opened anew for each sending and never held in memory.
type Blob struct {
	// Open returns the content from its start. Its error should name the file. The reader must bear Close while it is
	// being read, as a file does.
	Open func() (io.ReadCloser, error)
	// Size is the length of the content in bytes.
	Size int64
	// SHA512 is the hex SHA-512 of the content. If the content turns out to be another one while it is sent, it never
	// arrives whole and the call fails with ErrSourceChanged.
	SHA512 string
	// Name is what messages call the content, usually the path of the file; may be empty.
	Name string
}

// UpdatedCode is the answer of update code. Members that the answer lacks are empty or nil.
type UpdatedCode struct {
	Digest       string // SHA-512 of the code that was just stored, hex
	CodeSize     *int64 // bytes
	CodeFilename string
	CodeType     string
	CodeURL      string
}

// UpdateCode replaces the code of a function, its dependencies or both: PUT .../{urn}/code (contract 3.6). It may be
// resent: it stores the same again. A success that is not about the function is not believed: it is one only if a read
// shows the digest of what was sent.
func (c *Client) UpdateCode(ctx context.Context, urn URN, code Code) (*UpdatedCode, error) {
	if err := c.CheckURN(ctx, urn); err != nil {
		return nil, err
	}
	wire := struct{ codeWire }{}
	body, err := code.body(&wire, &wire.codeWire)
	if err != nil {
		return nil, err
	}
	var got *Function
	r := request{method: http.MethodPut, route: routeCode, urn: urn, body: body, absent: goneCodes(urn)}
	err = c.assured(ctx, r, func(data []byte) (err error) {
		var odd oddMembers
		if got, odd, err = decodeObject[Function](data); err != nil {
			return err
		}
		got.odd = odd
		return ofFunction(urn)(got)
	}, func(ctx context.Context) (bool, error) {
		got, err = c.Function(ctx, urn)
		return err == nil && code.is(got), err
	})
	if err != nil {
		return nil, err
	}
	out := &UpdatedCode{Digest: got.Digest, CodeFilename: got.CodeFilename, CodeType: got.CodeType, CodeURL: got.CodeURL}
	if got.CodeSize != 0 { // what is 0 is not reported either (contract F37)
		out.CodeSize = &got.CodeSize
	}
	return out, nil
}

// is says that a function provably has what was sent.
func (code Code) is(f *Function) bool {
	return code.Blob != nil && strings.EqualFold(f.Digest, code.Blob.SHA512) &&
		(code.DependVersionIDs == nil || slices.Equal(f.DependVersionList, code.DependVersionIDs))
}

// codeWire are the members of a request that describe code; func_code is appended by body while it is streamed.
type codeWire struct {
	Type             string   `json:"code_type,omitempty"`
	Filename         string   `json:"code_filename,omitempty"`
	URL              string   `json:"code_url,omitempty"`
	KMSKeyID         *string  `json:"code_encrypt_kms_key_id,omitempty"`
	DependVersionIDs []string `json:"depend_version_list,omitzero"`
}

// body fills code's part of wire and returns the request body, with the content as its last member.
func (code *Code) body(wire any, part *codeWire) (*body, error) {
	if code == nil {
		return jsonBody(wire)
	}
	*part = codeWire{code.Type, code.Filename, code.URL, code.KMSKeyID, code.DependVersionIDs}
	if code.Blob == nil {
		return jsonBody(wire)
	}
	return blobBody(wire, `"func_code":{"file":"`, code.Blob, `"}}`)
}

// ErrSourceChanged says that the content to send was not the one that was announced by Blob.Size and Blob.SHA512.
// Nothing was stored.
var ErrSourceChanged = errors.New("the content changed after it was read for the plan")
