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
	counted := f.countedBytes(s.opts.Switches.InlineDigestOverZip)
	f.CodeSize, f.Digest = int64(len(counted)), ""
	if f.CodeType != codeImage {
		sum := sha512.Sum512(counted)
		f.Digest = hex.EncodeToString(sum[:])
	}
	f.ImageName = s.newImageName(latest)
}

// countedBytes are the bytes that digest and size are taken of (contract 2.7). The text of an OBS address stands for an
// object that nobody has put there.
func (f *Function) countedBytes(zipInline bool) []byte {
	switch {
	case f.CodeType == codeImage:
		return nil
	case f.CodeType == codeOBS && f.Code == nil:
		return []byte(f.CodeURL)
	case f.CodeType == codeInline && zipInline && !isZip(f.Code):
		return zipOf(f.CodeFilename, f.Code)
	default:
		return f.Code
	}
}

// reportedDigest is what answers have as digest and size, of which the documents say nothing for objects and images
// (Q12, switches obs-digest and image-digest).
func (s *Server) reportedDigest(code *CodeState, image string) (digest string, size int64) {
	switch {
	case code.CodeType == codeOBS && s.opts.Switches.NoOBSDigest:
		return "", 0
	case code.CodeType == codeImage && s.opts.Switches.ImageDigest:
		sum := sha512.Sum512([]byte(image))
		return hex.EncodeToString(sum[:]), int64(len(image))
	}
	return code.Digest, code.CodeSize
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

// templateCode is what a function runs whose request brought no code (F9, contract 2.9). The service's own templates
// are not published, so the text is the emulator's.
func templateCode(codeType, runtime string) []byte {
	text := []byte("# " + runtime + "\n")
	switch {
	case strings.HasPrefix(runtime, "Python"):
		text = []byte("# -*- coding:utf-8 -*-\ndef handler(event, context):\n    return event\n")
	case strings.HasPrefix(runtime, "Node.js"):
		text = []byte("exports.handler = async (event, context) => event;\n")
	}
	if codeType == codeInline {
		return text
	}
	return zipOf("index."+extension(runtime), text)
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

// checkCode applies F11 and F13 to code that a request brought; F13 is about func_code, not about import packages.
func checkCode(codeType string, code []byte, imported bool) *Error {
	switch codeType {
	case codeZip, codeJar:
		if len(code) > maxArchive && !imported {
			return tooLarge("FSS.1071", "The code package is larger than 50 MB")
		}
		if _, err := zip.NewReader(bytes.NewReader(code), int64(len(code))); err != nil {
			return badRequest("FSS.1011", "The code is not a %s archive", codeType)
		}
	case codeInline:
		if !isZip(code) && len(code) > maxInline && !imported {
			return tooLarge("FSS.1072", "The inline code is larger than 10 KB")
		}
	}
	return nil
}
