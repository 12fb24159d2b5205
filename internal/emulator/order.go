// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"slices"
	"strings"
)

// The documents promise no order for lists that are sets in sense: security groups, mounts and the like.
// Answers keep the order in which they were sent, or turn it around (switch object-order). The state keeps it always.

// arranged copies a list for an answer; none is an empty one.
func arranged[T any](s *Server, list []T) []T {
	list = append([]T{}, list...)
	if s.opts.Switches.ReverseOrder {
		slices.Reverse(list)
	}
	return list
}

// arrangedBlocks is for peering_cidr.
func (s *Server) arrangedBlocks(text string) string {
	return strings.Join(arranged(s, strings.Split(text, ";")), ";")
}

// arrangedDomains is for domain_names: whoever takes the list apart may write it anew, with other blanks and with the
// members in another order.
func (s *Server) arrangedDomains(text string) string {
	var domains []map[string]any
	if !s.opts.Switches.ReverseOrder || json.Unmarshal([]byte(text), &domains) != nil {
		return text
	}
	written, err := json.MarshalIndent(arranged(s, domains), "", " ")
	if err != nil {
		return text
	}
	return string(written)
}
