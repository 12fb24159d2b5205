// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package functiongraph

import (
	"errors"
	"fmt"

	"github.com/functiongraph/terraform-provider-fgs/internal/printable"
)

// An answer is believed only if it is whole: it is about what was asked, and has what the service always has (contract
// 2.3, 5). A proxy, a cache or a fault of the service can give a success that is not; taken at its word, it would
// change a function or replace it. It counts as a lost answer: a call that may be repeated is, else what is there
// decides.

// Need is what a caller asks of an answer about a function, beyond what every such answer has. Its error ends the
// sentence "the answer is not whole: ...".
type Need func(*Function) error

// NeedSettings asks that all members that the caller shows or compares can be read.
func NeedSettings(f *Function) error {
	odd := oddMembers{}
	for name, kind := range f.odd {
		switch name {
		case "cpu", "status", "namespace", "project_name", "version_description": // nobody decides anything by them
		default:
			odd[name] = kind
		}
	}
	return odd.needAll()
}

// NeedDigest asks for the code's digest, where the service has reported one before.
func NeedDigest(f *Function) error {
	if f.Digest == "" {
		return errors.Join(f.odd.need("digest"), errors.New("it has no digest"))
	}
	return nil
}

// needs puts those of the caller behind what every answer has, and that it is about the URN that was asked.
func needs(asked URN, more ...Need) func(*Function) error {
	return func(f *Function) error {
		for _, need := range append([]Need{ofFunction(asked), ofVersion(asked), complete}, more...) {
			if err := need(f); err != nil {
				return err
			}
		}
		return nil
	}
}

// ofFunction asks that an answer is about a function, whichever version of it.
func ofFunction(asked URN) Need {
	return func(f *Function) error {
		if err := f.odd.need("func_urn", "func_name", "package", "version"); err != nil {
			return err
		}
		if f.URN == "" {
			return errors.New("it has no func_urn")
		}
		got, err := ParseURN(f.URN)
		if err != nil {
			return errors.New("its func_urn is no URN of a function")
		}
		if !asked.sameFunction(got) {
			return fmt.Errorf("it is about %s", printable.Line(got.String(), maxID*2))
		}
		return errors.Join(isAsked("func_name", f.Name, asked.Name), isAsked("package", f.Package, asked.Package))
	}
}

// isAsked compares a member with a part of the URN that was asked; it may be missing.
func isAsked(member, is, asked string) error {
	if is == "" || is == asked {
		return nil
	}
	return fmt.Errorf("its %s is %q and not %q", member, printable.Line(is, maxID), asked)
}

// sameFunction compares function and project; a region that is not known fits.
func (u URN) sameFunction(other URN) bool {
	return u.Name == other.Name && u.Package == other.Package && u.ProjectID == other.ProjectID &&
		(u.Region == "" || u.Region == other.Region)
}

// ofVersion asks that an answer is about the version that was asked for, latest where none was. Calls differ in the
// form of the URN, so that the member alone may name it (contract 2.1). Of an alias the answer is that of some version.
func ofVersion(asked URN) Need {
	want := firstOf(asked.Version(), VersionLatest)
	return func(f *Function) error {
		if asked.Alias() != "" {
			return nil
		}
		got, _ := ParseURN(f.URN) // ofFunction has checked it
		named := want == VersionLatest
		for _, version := range []string{got.Version(), f.Version} {
			if version != "" && version != want {
				return aboutVersion(version)
			}
			named = named || version == want
		}
		if !named {
			return errors.New("it does not say which version it is about")
		}
		return nil
	}
}

func aboutVersion(name string) error {
	return fmt.Errorf("it is about version %q", printable.Line(name, maxID))
}

// complete asks for what every function has (contract 2.3); images may have no handler (contract 3.1).
func complete(f *Function) error {
	if err := f.odd.need("runtime", "handler", "timeout", "memory_size"); err != nil {
		return err
	}
	image := f.CodeType == CodeTypeImage || f.Runtime == "Custom Image" ||
		f.CustomImage != nil && f.CustomImage.Image != ""
	switch {
	case f.Name == "":
		return errors.New("it has no func_name")
	case f.Runtime == "":
		return errors.New("it has no runtime")
	case f.Timeout == 0:
		return errors.New("it has no timeout")
	case f.MemorySize == 0:
		return errors.New("it has no memory_size")
	case f.Handler == "" && !image:
		return errors.New("it has no handler")
	}
	return nil
}

// aboutAlias asks that an answer is about an alias, and says where it points.
func aboutAlias(function URN, name string) func(*Alias) error {
	return func(a *Alias) error {
		if err := a.odd.needAll(); err != nil {
			return err
		}
		switch {
		case a.Name == "":
			return errors.New("it has no name of an alias")
		case a.Name != name:
			return fmt.Errorf("it is about the alias %q", printable.Line(a.Name, maxID))
		case a.Version == "":
			return errors.New("it does not say which version the alias points at")
		}
		if got, err := ParseURN(a.URN); a.URN != "" && (err != nil || !function.sameFunction(got)) {
			return errors.New("it is about an alias of another function")
		}
		return nil
	}
}
