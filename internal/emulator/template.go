// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/base64"
	"strings"
)

// pythonTemplate is the archive that the service stores for a Python function without code: 286 bytes, byte for byte
// (contract 2.9).
const pythonTemplate = `
UEsDBAoAAAAIAPVC0FANImPLrAAAAAEBAAAIAAAAaW5kZXgucHlNjtEOgjAMRd/5igVfxDAlxhjDo0S/wB+YrMgMdMvWGYnh390wEfrU3nvb0xXjG85qLRU+
Sk8NP0UhUb3RltjTaUwkNKwVKDuwbA0vQMrDAhK8KSsTFsoCeYvsMw2xUkeCvKu0hLRk+6LIZ0u5s3BwPFwwUEEG/yo6B4vEXcshyBG+lb437kfNFpEWhATr
QmqGTkYVH0Pit8FEdCqM6VQtSGncxYPpPz5O3fgFUEsBAh4DCgAAAAgA9ULQUA0iY8usAAAAAQEAAAgAAAAAAAAAAAAAAPMCAAAAAGluZGV4LnB5UEsFBgAA
AAABAAEANgAAANIAAAAAAA==`

// templateCode is what a function runs whose request brought no code (F9, contract 2.9). Only the archive for Python is
// known; the other texts are the emulator's.
func templateCode(codeType, runtime string) []byte {
	text := []byte("# " + runtime + "\n")
	switch {
	case strings.HasPrefix(runtime, "Python") && codeType == codeZip:
		archive, err := base64.StdEncoding.DecodeString(pythonTemplate) // which skips line breaks
		if err != nil {
			panic("emulator: template code: " + err.Error())
		}
		return archive
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
