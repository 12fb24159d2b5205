// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiontrigger

import (
	"fmt"
	"strings"

	"github.com/functiongraph/terraform-provider-fgs/internal/functiongraph"
	"github.com/functiongraph/terraform-provider-fgs/internal/functionref"
)

// id names a trigger: what it is bound to, its type and the service's id (contract 3.21.2).
type id struct {
	urn        functiongraph.URN
	code, name string
}

func (i id) String() string { return i.urn.String() + "/" + i.code + "/" + i.name }

// parseID parses the id in a state, which is that of an import, too.
func parseID(text string) (id, error) {
	urn, rest, _ := strings.Cut(text, "/")
	code, name, found := strings.Cut(rest, "/")
	if !found || name == "" || !typeForm.MatchString(code) || strings.Contains(name, "/") || name == "." || name == ".." {
		return id{}, fmt.Errorf("%q is not <URN>/<TYPE>/<trigger id>", text)
	}
	parsed, err := functionref.ParseBound(urn)
	return id{parsed, code, name}, err
}
