// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Command vetplatform checks the packages of the working directory, with their tests, for the system and processor that
// GOOS and GOARCH name: their types, and what `go vet` looks for. It exits with 1 where it found something.
//
// `go vet` first compiles every dependency for that system, the standard library too, which takes most of a minute
// where nothing is cached. This reads the dependencies' types from their sources, in a fifth of that. It leaves out
// the checks of vet that need facts about the dependencies' code (printf, lostcancel), which do not differ between
// systems, and those of assembly and cgo; lint runs them all.
package main

import (
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/appends"
	"golang.org/x/tools/go/analysis/passes/assign"
	"golang.org/x/tools/go/analysis/passes/atomic"
	"golang.org/x/tools/go/analysis/passes/bools"
	"golang.org/x/tools/go/analysis/passes/buildtag"
	"golang.org/x/tools/go/analysis/passes/composite"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/defers"
	"golang.org/x/tools/go/analysis/passes/directive"
	"golang.org/x/tools/go/analysis/passes/errorsas"
	"golang.org/x/tools/go/analysis/passes/hostport"
	"golang.org/x/tools/go/analysis/passes/httpresponse"
	"golang.org/x/tools/go/analysis/passes/ifaceassert"
	"golang.org/x/tools/go/analysis/passes/loopclosure"
	"golang.org/x/tools/go/analysis/passes/nilfunc"
	"golang.org/x/tools/go/analysis/passes/shift"
	"golang.org/x/tools/go/analysis/passes/sigchanyzer"
	"golang.org/x/tools/go/analysis/passes/slog"
	"golang.org/x/tools/go/analysis/passes/stdmethods"
	"golang.org/x/tools/go/analysis/passes/stdversion"
	"golang.org/x/tools/go/analysis/passes/stringintconv"
	"golang.org/x/tools/go/analysis/passes/structtag"
	"golang.org/x/tools/go/analysis/passes/testinggoroutine"
	"golang.org/x/tools/go/analysis/passes/tests"
	"golang.org/x/tools/go/analysis/passes/timeformat"
	"golang.org/x/tools/go/analysis/passes/unmarshal"
	"golang.org/x/tools/go/analysis/passes/unreachable"
	"golang.org/x/tools/go/analysis/passes/unsafeptr"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
	"golang.org/x/tools/go/packages"
)

var checks = []*analysis.Analyzer{
	appends.Analyzer, assign.Analyzer, atomic.Analyzer, bools.Analyzer, buildtag.Analyzer, composite.Analyzer,
	copylock.Analyzer, defers.Analyzer, directive.Analyzer, errorsas.Analyzer, hostport.Analyzer,
	httpresponse.Analyzer, ifaceassert.Analyzer, loopclosure.Analyzer, nilfunc.Analyzer, shift.Analyzer,
	sigchanyzer.Analyzer, slog.Analyzer, stdmethods.Analyzer, stdversion.Analyzer, stringintconv.Analyzer,
	structtag.Analyzer, testinggoroutine.Analyzer, tests.Analyzer, timeformat.Analyzer, unmarshal.Analyzer,
	unreachable.Analyzer, unsafeptr.Analyzer, unusedresult.Analyzer, waitgroup.Analyzer,
}

func main() {
	clean, err := check(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	if err != nil || !clean {
		os.Exit(1)
	}
}

// check prints what it finds in the packages of the patterns, and says whether that is nothing.
func check(patterns []string) (clean bool, err error) {
	config := &packages.Config{Mode: packages.LoadAllSyntax, Tests: true, Env: append(os.Environ(), "CGO_ENABLED=0")}
	loaded, err := packages.Load(config, patterns...)
	if err != nil {
		return false, err
	}
	if packages.PrintErrors(loaded) > 0 {
		return false, nil
	}
	graph, err := checker.Analyze(checks, loaded, nil)
	if err != nil {
		return false, err
	}
	said := map[string]bool{} // a package is there twice where it has tests
	for action := range graph.All() {
		if !action.IsRoot {
			continue
		}
		if action.Err != nil {
			return false, fmt.Errorf("%s: %w", action, action.Err)
		}
		for _, finding := range action.Diagnostics {
			line := fmt.Sprintf("%s: %s", action.Package.Fset.Position(finding.Pos), finding.Message)
			if !said[line] {
				fmt.Fprintln(os.Stderr, line)
			}
			said[line] = true
		}
	}
	return len(said) == 0, nil
}
