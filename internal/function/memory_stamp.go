// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package function

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/functiongraph/terraform-provider-fgs/internal/base"
)

// stampMemory says which encrypted variables the last stamp stands for. It lives in private state.
//
// A hash with a secret key would do as well for the stamp, but its key would have to be made before the first plan,
// which can keep nothing, and two states of one function would never agree. A round is made of the digest of the code
// that ran when the variables changed: every plan finds the same one, no earlier code has it, and it says nothing about
// a value. Where this memory is missing, after an import, the variables count as changed: that costs one upload.
type stampMemory struct {
	Round string `json:"round,omitempty"` // "" for no encrypted variables
	Salt  []byte `json:"salt,omitempty"`
	Sum   []byte `json:"sum,omitempty"` // of the variables, with the salt

	secrets string // what the sum is to be of, while it is not made
}

// next is what holds for the variables that are configured now, with the round that was, if they are the same.
func (m stampMemory) next(secrets, digest string) stampMemory {
	switch {
	case secrets == "":
		return stampMemory{}
	case m.Round != "" && hmac.Equal(m.Sum, sumOf(secrets, m.Salt)):
		return m
	}
	round := sha256.Sum256([]byte("fgs-round-v1\n" + digest))
	return stampMemory{Round: hex.EncodeToString(round[:16]), secrets: secrets}
}

func sumOf(secrets string, salt []byte) []byte {
	mac := hmac.New(sha256.New, salt)
	_, _ = mac.Write([]byte(secrets)) // a hash never fails
	return mac.Sum(nil)
}

// keep remembers what a stamp stands for, once it is the one that runs.
func (m stampMemory) keep(ctx context.Context, in base.PrivateState, diags *diag.Diagnostics) {
	if m.secrets != "" {
		m.Salt = make([]byte, 16)
		_, _ = rand.Read(m.Salt) // never fails
		m.Sum = sumOf(m.secrets, m.Salt)
	}
	base.Remember(ctx, in, keyStamp, m, diags) // nothing for no variables
}
