// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package codepack

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

// IgnoreFile is the name of a file in a folder's root with patterns of what is not packed, one a line, in the syntax of
// .dockerignore.
const IgnoreFile = ".fgsignore"

// alwaysExcluded is not packed unless a later pattern takes it in again with "!". It changes with each run, so that no
// plan would ever be empty, or holds secrets, or belongs to Terraform and not to a function. What the run itself writes
// is left out by its content (runfiles.go).
var alwaysExcluded = []string{
	IgnoreFile,
	"**/.git", "**/.hg", "**/.svn", "**/.bzr",
	"**/.terraform", "**/.terraform.d", "**/.terragrunt-cache", "**/.terraform.lock.hcl",
	"**/*.tfstate", "**/*.tfstate.*", "**/*.tfvars", "**/*.tfvars.json",
	"**/.terraformrc", "**/terraform.rc", "**/.tofurc", "**/tofu.rc",
	"**/crash*.log",
	"**/.DS_Store", "**/__pycache__",
}

// CheckExclude gives the first pattern's error that ScanFolder would give for the same patterns: ErrPattern for one
// that is empty, absolute, leads out of the folder or has a syntax error, with the pattern quoted. It needs no folder.
func CheckExclude(patterns []string) error {
	_, err := parseRules(patterns)
	return err
}

// rule is one pattern.
type rule struct {
	matcher  *patternmatcher.PatternMatcher // of this pattern alone and without its "!"
	segments []string                       // of the pattern, split at slashes
	include  bool                           // it starts with "!": what it matches is packed after all
}

type rules []rule

// rulesOf gives the rules for the folder at root in the order in which they count: those that always hold, those of its
// ignore file, those of the argument. Of a path's matches the last one decides.
func rulesOf(root string, exclude []string) (rules, error) {
	ignored, err := readIgnoreFile(filepath.Join(root, IgnoreFile))
	if err != nil {
		return nil, inFolder(IgnoreFile, err)
	}
	fromFile, err := parseRules(ignored)
	if err != nil {
		return nil, inFolder(IgnoreFile, err)
	}
	always, err := parseRules(alwaysExcluded)
	if err != nil {
		return nil, err
	}
	given, err := parseRules(exclude)
	if err != nil {
		return nil, err
	}
	return slices.Concat(always, fromFile, given), nil
}

// readIgnoreFile gives no pattern when there is no file. A link without a file is an error: whoever made it counts on
// the patterns.
func readIgnoreFile(name string) ([]string, error) {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	file, err := openRegular(name, "a file with patterns")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrDeadLink
	case err != nil:
		return nil, err
	}
	defer func() { _ = file.Close() }() // only read
	limited := &io.LimitedReader{R: file, N: maxIgnoreSize + 1}
	patterns, err := ignorefile.ReadAll(limited)
	switch {
	case err != nil:
		return nil, withoutPath(err)
	case limited.N == 0:
		return nil, fmt.Errorf("%w: at most %d bytes (%d KiB) are allowed", ErrTooLarge, maxIgnoreSize, maxIgnoreSize>>10)
	}
	return patterns, nil
}

func parseRules(patterns []string) (rules, error) {
	parsed := make(rules, 0, len(patterns))
	for _, pattern := range patterns {
		r, err := parseRule(pattern)
		if err != nil {
			return nil, fmt.Errorf("%w: %s %w", ErrPattern, quote(pattern), err)
		}
		parsed = append(parsed, r)
	}
	return parsed, nil
}

// parseRule also takes a pattern with the separators of Windows on Windows. White space around it does not count.
func parseRule(pattern string) (rule, error) {
	pattern, include := strings.CutPrefix(strings.TrimSpace(pattern), "!")
	pattern = filepath.ToSlash(strings.TrimSpace(pattern))
	clean := path.Clean(pattern)
	switch {
	case strings.HasPrefix(pattern, "!"):
		return rule{}, errors.New("has more than one ! in front")
	case path.IsAbs(pattern) || hasDrive(pattern) && strings.HasPrefix(pattern[2:], "/"):
		return rule{}, errors.New("is absolute, patterns are relative to the folder")
	case slices.Contains(strings.Split(pattern, "/"), ".."):
		return rule{}, errors.New("leads out of the folder")
	case clean == ".":
		return rule{}, errors.New("names no file")
	case !utf8.ValidString(pattern) || strings.Contains(pattern, "\x00"):
		return rule{}, errors.New("is not text")
	}
	matcher, err := patternmatcher.New([]string{clean})
	if err == nil {
		_, err = matcher.MatchesOrParentMatches("x") // some errors show only with the first match
	}
	if err != nil {
		return rule{}, errors.New("has a syntax error")
	}
	return rule{matcher: matcher, segments: strings.Split(clean, "/"), include: include}, nil
}

// verdict is what the rules say of a path.
type verdict struct {
	excluded bool
	by       int                        // the rule that decided
	matches  []patternmatcher.MatchInfo // of each rule, for what is below the path
}

// judge decides on a slash path by that of its folder. A rule that matches a folder matches all that is in it.
func (r rules) judge(name string, folder verdict) (verdict, error) {
	v := verdict{matches: make([]patternmatcher.MatchInfo, len(r))}
	for i, rule := range r {
		var above patternmatcher.MatchInfo
		if folder.matches != nil {
			above = folder.matches[i]
		}
		matched, info, err := rule.matcher.MatchesUsingParentResults(name, above)
		if err != nil {
			return verdict{}, inFolder(name, err)
		}
		v.matches[i] = info
		if matched {
			v.excluded, v.by = !rule.include, i
		}
	}
	return v, nil
}

// mayInclude reports that something below an excluded path may be packed after all. Only what it denies is certain.
func (r rules) mayInclude(name string, v verdict) bool {
	return slices.ContainsFunc(r[v.by+1:], func(r rule) bool { return r.include && r.mayMatchBelow(name) })
}

// mayMatchBelow compares segment by segment. "**" matches any number of them, and a class, as in [^a], also a slash.
func (r rule) mayMatchBelow(name string) bool {
	segments := strings.Split(name, "/")
	for i, pattern := range r.segments {
		if i == len(segments) || strings.Contains(pattern, "**") || strings.Contains(pattern, "[") {
			return true
		}
		if matched, err := path.Match(pattern, segments[i]); err == nil && !matched {
			return false
		}
	}
	return false
}
