// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha512"
	"encoding/hex"
	"path"
	"strings"
	"time"
)

// The values of code_type (F7).
const (
	codeInline = "inline"
	codeZip    = "zip"
	codeOBS    = "obs"
	codeJar    = "jar"
	codeImage  = "Custom-Image-Swr"
)

// imageRuntime is the runtime of image functions.
const imageRuntime = "Custom Image"

const (
	maxArchive = 50 << 20 // F13
	maxInline  = 10 << 10 // F13, raw text only
)

var zipMagic = []byte("PK\x03\x04")

// codeChanged derives what follows from the code: file name, size, digest, image name (contract 2.2, 2.7, 2.8).
func (s *Server) codeChanged(f *Function) {
	if f.CodeFilename == "" {
		f.CodeFilename = derivedFilename(f)
	}
	s.measure(&f.CodeState, &f.Settings)
	f.ImageName = s.newImageName(latest)
}

// measure sets size and digest as answers report them. For objects of OBS and for images the documents leave open
// what the service reports (2.7, Q12): it may have no digest of the one and a digest of sorts of the other.
func (s *Server) measure(code *CodeState, st *Settings) {
	image := imageOf(st)
	switch {
	case code.CodeType == codeImage && s.opts.Switches.ImageDigest && image != "":
		code.CodeSize, code.Digest = 0, digestOf([]byte(image))
	case code.CodeType == codeImage, code.CodeType == codeOBS && s.opts.Switches.HideOBSDigest:
		code.CodeSize, code.Digest = 0, ""
	default:
		counted := code.countedBytes(s.opts.Switches.InlineDigestOverZip)
		code.CodeSize, code.Digest = int64(len(counted)), digestOf(counted)
	}
}

// imageChanged follows another address of the image, which is a setting: a digest, where there is one, is over it.
func (s *Server) imageChanged(code *CodeState, before, after *Settings) {
	if code.CodeType == codeImage && imageOf(before) != imageOf(after) {
		s.measure(code, after)
	}
}

func digestOf(content []byte) string {
	sum := sha512.Sum512(content)
	return hex.EncodeToString(sum[:])
}

// countedBytes are the bytes that digest and size are taken of (contract 2.7). Without an object of PutObject the text
// of an OBS address stands for it.
func (c *CodeState) countedBytes(zipInline bool) []byte {
	switch {
	case c.CodeType == codeImage:
		return nil
	case c.CodeType == codeOBS && c.Object != nil:
		return c.Object
	case c.CodeType == codeOBS:
		return []byte(c.CodeURL)
	case c.CodeType == codeInline && zipInline && !isZip(c.Code):
		return zipOf(c.CodeFilename, c.Code)
	default:
		return c.Code
	}
}

// sameSource says whether the code comes from the same place with the same content.
func (c *CodeState) sameSource(other *CodeState) bool {
	return c.CodeType == other.CodeType && c.CodeURL == other.CodeURL && bytes.Equal(c.Code, other.Code) &&
		(c.Object == nil) == (other.Object == nil) && bytes.Equal(c.Object, other.Object)
}

// derivedFilename is code_filename where the request has none (contract 2.8; jar: assumption, as zip).
func derivedFilename(f *Function) string {
	switch f.CodeType {
	case codeInline:
		if isZip(f.Code) {
			return "index.zip"
		}
		return "index." + extension(f.Runtime)
	case codeZip:
		return f.Name + ".zip"
	case codeJar:
		return f.Name + ".jar"
	case codeOBS:
		return path.Base(f.CodeURL)
	default:
		return ""
	}
}

// extension is that of source files of a runtime.
func extension(runtime string) string {
	for prefix, ext := range map[string]string{
		"Python": "py", "Node.js": "js", "PHP": "php", "Go": "go", "Java": "java", "C#": "cs", "Cangjie": "cj",
	} {
		if strings.HasPrefix(runtime, prefix) {
			return ext
		}
	}
	return "sh"
}

// zipOf packs one file, the same bytes each time.
func zipOf(name string, content []byte) []byte {
	var buf bytes.Buffer
	archive := zip.NewWriter(&buf)
	header := &zip.FileHeader{
		Name: cmp.Or(name, "index"), Method: zip.Deflate, Modified: time.Date(2020, 6, 16, 8, 23, 42, 0, time.UTC),
	}
	file, err := archive.CreateHeader(header)
	if err == nil {
		_, err = file.Write(content)
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		panic("emulator: zip in memory: " + err.Error())
	}
	return buf.Bytes()
}

func isZip(code []byte) bool { return bytes.HasPrefix(code, zipMagic) }

// checkCode applies F11, and the bound of inline code of F13.
func checkCode(codeType string, code []byte) *Error {
	switch codeType {
	case codeZip, codeJar:
		if _, err := zip.NewReader(bytes.NewReader(code), int64(len(code))); err != nil {
			refused := badRequest("FSS.1011", "zip: not a valid zip file")
			refused.Detail = "Invalid function code."
			return refused
		}
	case codeInline:
		if !isZip(code) && len(code) > maxInline {
			return tooLarge("FSS.1072", "The inline code is larger than 10 KB")
		}
	}
	return nil
}
