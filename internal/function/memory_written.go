// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"bytes"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"

	"github.com/functiongraph/terraform-provider-fgs/internal/tfconv"
)

// written tells whether a write-only map has the values that it had when it was written, and nothing else about them:
// it is a slow hash under a salt of its own.
type written struct {
	Salt []byte `json:"salt"`
	Sum  []byte `json:"sum"`
}

const (
	writtenRounds = 50_000 // a tenth of a second for those who guess, once for each change of settings
	writtenSize   = 16
)

// writtenNow is nil where no write-only map is configured.
func writtenNow(m encryptedFacet) *written {
	if tfconv.Blank(m.EncryptedUserDataWOVersion) {
		return nil
	}
	salt := make([]byte, writtenSize)
	_, _ = rand.Read(salt) // never fails
	return &written{salt, writtenSum(m, salt)}
}

// differs says that a map has other values now. Where that is not remembered nothing is said.
func (w *written) differs(m encryptedFacet) bool {
	return w != nil && !bytes.Equal(w.Sum, writtenSum(m, w.Salt))
}

func writtenSum(m encryptedFacet, salt []byte) []byte {
	text := environmentJSON(tfconv.Strings(m.EncryptedUserDataWO))
	sum, _ := pbkdf2.Key(sha256.New, text, salt, writtenRounds, writtenSize) // fails only for other lengths
	return sum
}
