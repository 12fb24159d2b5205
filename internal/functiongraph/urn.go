// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"fmt"
	"regexp"
	"strings"
)

// URN names a function, or one version or alias of it (contract 2.1).
type URN struct {
	Region    string
	ProjectID string
	Package   string
	Name      string
	Qualifier string // "" is the function, else a version, or "!" and an alias
}

const urnForms = "urn:fss:<region>:<project_id>:function:<package>:<name>, " +
	"and optionally :<version> or :!<alias> after it"

var (
	urnField     = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
	urnQualifier = regexp.MustCompile(`^!?[A-Za-z0-9_.-]+$`)
)

// ParseURN reads a URN of 7 or 8 fields. The short forms that the service also knows are refused.
func ParseURN(s string) (URN, error) {
	fields := strings.Split(s, ":")
	if len(fields) == 1 {
		return URN{}, fmt.Errorf("invalid function URN %q: it has 1 field, expected 7 or 8: %s", s, urnForms)
	}
	if len(fields) != 7 && len(fields) != 8 {
		return URN{}, fmt.Errorf("invalid function URN %q: it has %d fields, expected 7 or 8: %s", s, len(fields), urnForms)
	}
	for i, literal := range map[int]string{0: "urn", 1: "fss", 4: "function"} {
		if fields[i] != literal {
			return URN{}, fmt.Errorf("invalid function URN %q: field %d must be %q: %s", s, i+1, literal, urnForms)
		}
	}
	for _, i := range []int{2, 3, 5, 6} {
		if !urnField.MatchString(fields[i]) {
			return URN{}, fmt.Errorf("invalid function URN %q: field %d must consist of letters, digits, '_', '.' and '-': %s",
				s, i+1, urnForms)
		}
	}
	urn := URN{Region: fields[2], ProjectID: fields[3], Package: fields[5], Name: fields[6]}
	if len(fields) == 8 {
		if !urnQualifier.MatchString(fields[7]) {
			return URN{}, fmt.Errorf("invalid function URN %q: field 8 must be a version, or '!' and an alias: %s", s, urnForms)
		}
		urn.Qualifier = fields[7]
	}
	return urn, nil
}

// String returns the URN with 7 fields, or 8 if it has a qualifier.
func (u URN) String() string {
	s := strings.Join([]string{"urn:fss", u.Region, u.ProjectID, "function", u.Package, u.Name}, ":")
	if u.Qualifier != "" {
		s += ":" + u.Qualifier
	}
	return s
}

// Function returns the URN of the function itself, with 7 fields.
func (u URN) Function() URN {
	return u.WithQualifier("")
}

// WithQualifier returns the URN of a version, of an alias ("!" and its name) or, for "", of the function itself.
func (u URN) WithQualifier(qualifier string) URN {
	u.Qualifier = qualifier
	return u
}

// Binding returns the URN of what a trigger and the like are bound to: latest and the function itself are the same
// (contract 2.1), which has no qualifier then.
func (u URN) Binding() URN {
	if u.Qualifier == VersionLatest {
		return u.Function()
	}
	return u
}

// Version returns the version that the URN names, "latest" included, or "" if it names none or an alias.
func (u URN) Version() string {
	if strings.HasPrefix(u.Qualifier, "!") {
		return ""
	}
	return u.Qualifier
}

// Alias returns the alias that the URN names, without the "!", or "".
func (u URN) Alias() string {
	alias, ok := strings.CutPrefix(u.Qualifier, "!")
	if !ok {
		return ""
	}
	return alias
}
