#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# Runs every fuzz target of the module, one after the other, each for the time given: fuzz.sh 1m. An input that fails
# is written to testdata/fuzz beside the target; committed, every `go test` tries it.
set -eu
cd "$(dirname -- "$0")/../.."

git ls-files --cached --others --exclude-standard -- '*_test.go' |
	xargs grep -Eo '^func Fuzz[A-Za-z0-9_]+\(f \*testing\.F' |
	sed 's/^\(.*\)\/[^/]*:func \(Fuzz[A-Za-z0-9_]*\).*/\1 \2/' | sort |
	while read -r package target; do
		echo "$package $target"
		# internal/sdkcheck is a module of its own. What is found is made smaller by hand: otherwise each input that
		# reaches new code is, too, for up to a minute.
		go test -C "$package" -run '^$' -fuzz "^$target\$" -fuzztime "$1" -fuzzminimizetime 10x . </dev/null
	done
