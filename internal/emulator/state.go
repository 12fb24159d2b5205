// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// ErrNoFunction is returned for a function that is not there.
var ErrNoFunction = errors.New("no such function")

// Functions returns copies of all functions, by package and name.
func (s *Server) Functions() []Function {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Function, 0, len(s.functions))
	for _, f := range s.functions {
		out = append(out, f.clone())
	}
	slices.SortFunc(out, func(a, b Function) int {
		return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// Function returns a copy of one function.
func (s *Server) Function(pkg, name string) (Function, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.functions[place{pkg, name}]
	if f == nil {
		return Function{}, false
	}
	return f.clone(), true
}

// Put adds or replaces a function as it is given. What is left zero and has a default gets it: package, type, id,
// runtime, handler, memory, timeout, concurrency (so a disabled function takes an Edit), digest and size of the code,
// times.
func (s *Server) Put(f Function) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f = f.clone()
	s.fillIn(&f)
	s.functions[f.place()] = &f
	s.order[f.place()] = s.next()
}

// Edit changes a function behind everybody's back. Digest, size and file name follow the code when it was changed;
// last_modified moves by at least a second, so that the change can be seen.
func (s *Server) Edit(pkg, name string, change func(*Function)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.functions[place{pkg, name}]
	if f == nil {
		return fmt.Errorf("%w: %s/%s", ErrNoFunction, pkg, name)
	}
	theirs := f.clone()
	change(&theirs)
	edited := theirs.clone() // they may keep what they had in their hands
	edited.Package, edited.Name = f.Package, f.Name
	if edited.CodeType != f.CodeType || edited.CodeURL != f.CodeURL {
		s.fetch(&edited)
	}
	if !edited.sameSource(&f.CodeState) {
		s.codeChanged(&edited)
	}
	s.imageChanged(&edited.CodeState, &f.Settings, &edited.Settings)
	*f = edited
	s.showTriggers(f)
	s.touchVisibly(f)
	return nil
}

// SetCode deploys other code behind everybody's back. An empty codeType or filename keeps the present one.
func (s *Server) SetCode(pkg, name, codeType, filename string, code []byte) error {
	return s.Edit(pkg, name, func(f *Function) {
		f.CodeType = cmp.Or(codeType, f.CodeType)
		f.CodeFilename = cmp.Or(filename, f.CodeFilename)
		f.Code = code
	})
}

// Delete removes a function with all that belongs to it.
func (s *Server) Delete(pkg, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.functions[place{pkg, name}] == nil {
		return fmt.Errorf("%w: %s/%s", ErrNoFunction, pkg, name)
	}
	delete(s.functions, place{pkg, name})
	return nil
}

// DeleteVersion removes a published version, the alias that points at it and the triggers of both.
func (s *Server) DeleteVersion(pkg, name, version string) error {
	return s.change(pkg, name, func(f *Function) error { return asError(s.removeVersion(f, version)) })
}

// Publish makes a version of the present code and settings. Unlike the call it does not mind unchanged code.
func (s *Server) Publish(pkg, name, version, description string) error {
	return s.change(pkg, name, func(f *Function) error {
		if f.versionIndex(version) >= 0 {
			return fmt.Errorf("version %s exists", version)
		}
		s.addVersion(f, version, description)
		return nil
	})
}

// PutAlias makes an alias or replaces it. Weights may be nil.
func (s *Server) PutAlias(pkg, name, alias, version string, weights map[string]int) error {
	return s.change(pkg, name, func(f *Function) error {
		f.setAlias(Alias{
			Name: alias, Version: version, Weights: maps.Clone(weights), LastModified: s.nowSeconds(),
		})
		return nil
	})
}

// PutTrigger makes a trigger or replaces the one of that id. The version or alias that it names must be there.
func (s *Server) PutTrigger(pkg, name string, trigger Trigger) error {
	return s.change(pkg, name, func(f *Function) error { return s.setTrigger(f, trigger) })
}

// DeleteTrigger removes a trigger, whatever it is bound to.
func (s *Server) DeleteTrigger(pkg, name, id string) error {
	return s.change(pkg, name, func(f *Function) error {
		if !f.dropTrigger(id) {
			return fmt.Errorf("no such trigger: %s", id)
		}
		s.showTriggers(f)
		return nil
	})
}

// SetTags replaces all tags of a function.
func (s *Server) SetTags(pkg, name string, tags map[string]string) error {
	return s.change(pkg, name, func(f *Function) error {
		f.Tags = maps.Clone(tags)
		return nil
	})
}

// PutDependency makes a dependency version known, so that functions may name it.
func (s *Server) PutDependency(versionID, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dependencies[versionID] = dependency{
		ID: versionID, DepID: "dep-" + versionID, Owner: s.opts.DomainID, Name: name, FileName: name + ".zip", Version: 1,
		LastModified: s.opts.Now().Unix(),
	}
}

// DeleteDependency removes a dependency version, whoever uses it.
func (s *Server) DeleteDependency(versionID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.dependencies, versionID)
}

// Dependency is a version of a dependency, as a test sees it.
type Dependency struct {
	ID, DependencyID           string // of the version, and of the dependency
	Owner                      string
	Name, Runtime, Description string
	Version                    int64
	ETag                       string
	Modified                   time.Time
	Content                    []byte // nil for one that PutDependency made
}

func (d dependency) seen() Dependency {
	return Dependency{
		d.ID, d.DepID, d.Owner, d.Name, d.Runtime, d.Description, d.Version, d.ETag, time.Unix(d.LastModified, 0), d.content,
	}
}

// Dependencies are the versions of all dependencies but the public ones, by name and number.
func (s *Server) Dependencies() []Dependency {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []Dependency{}
	for _, d := range s.dependencyVersions(func(d dependency) bool { return d.Owner != publicOwner }) {
		out = append(out, d.seen())
	}
	return out
}

// AddDependency is somebody else's next version of a name, or the first: of its Runtime, Description and Content, made
// at Modified, or now. ID is that of the version, and DependencyID that of a new name's dependency; "" for any.
func (s *Server) AddDependency(in Dependency) Dependency {
	s.mu.Lock()
	defer s.mu.Unlock()
	if in.Modified.IsZero() {
		in.Modified = s.opts.Now()
	}
	d := dependency{
		ID: in.ID, DepID: in.DependencyID, Owner: s.opts.DomainID, Name: in.Name, Runtime: in.Runtime,
		Description: in.Description, FileName: in.Name + ".zip", LastModified: in.Modified.Unix(),
	}
	for _, other := range s.dependencyVersions(func(d dependency) bool {
		return d.Name == in.Name &&
			d.Owner != publicOwner
	}) {
		d.DepID, d.Version = other.DepID, other.Version
	}
	setDefault(&d.ID, s.newUUID())
	setDefault(&d.DepID, s.newUUID())
	d.Version++
	s.storeDependency(&d, in.Content)
	s.dependencies[d.ID] = d
	return d.seen()
}

func (s *Server) change(pkg, name string, do func(*Function) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.functions[place{pkg, name}]
	if f == nil {
		return fmt.Errorf("%w: %s/%s", ErrNoFunction, pkg, name)
	}
	return do(f)
}

// fillIn gives a seeded function what every function has.
func (s *Server) fillIn(f *Function) {
	setDefault(&f.Package, defaultPackage)
	setDefault(&f.Type, "v2")
	setDefault(&f.Runtime, "Python3.9")
	setDefault(&f.Handler, "index.handler")
	setDefault(&f.CodeType, codeInline)
	setDefault(&f.EnterpriseProjectID, defaultEnterpriseProject)
	setDefault(&f.ID, s.newID(12))
	f.Timeout = orDefault(f.Timeout, 3)
	f.MemorySize = orDefault(f.MemorySize, 128)
	defaults := defaultSettings(f.Type)
	f.Concurrency = orDefault(f.Concurrency, defaults.Concurrency)
	f.ConcurrentNum = orDefault(f.ConcurrentNum, defaults.ConcurrentNum)
	f.EphemeralStorage = orDefault(f.EphemeralStorage, defaults.EphemeralStorage)
	if f.Digest == "" {
		if f.Object == nil {
			s.fetch(f)
		}
		s.codeChanged(f)
	}
	if f.LastModified.IsZero() {
		s.touch(f)
	}
	for i := range f.Triggers {
		s.completeTrigger(&f.Triggers[i])
	}
}

// touch moves last_modified to the present second, never back.
func (s *Server) touch(f *Function) {
	if now := s.nowSeconds(); now.After(f.LastModified) {
		f.LastModified = now
	}
}

// touchVisibly moves last_modified forward even within one second.
func (s *Server) touchVisibly(f *Function) {
	before := f.LastModified
	s.touch(f)
	if !f.LastModified.After(before) {
		f.LastModified = before.Add(time.Second)
	}
}

func (s *Server) nowSeconds() time.Time {
	return s.opts.Now().Truncate(time.Second)
}

func asError(err *Error) error {
	if err == nil {
		return nil
	}
	return err
}
