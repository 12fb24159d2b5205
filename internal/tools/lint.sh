#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# Everything that can be found wrong without running the code. All checks run; any finding fails.
set -u
cd "$(dirname -- "$0")/../.." || exit 1
root=$PWD
failed=0

# found TITLE TEXT: a check failed if TEXT, what it printed, is not empty.
found() {
	[ -z "$2" ] && return
	printf '\n%s\n%s\n' "$1" "$2" >&2
	failed=1
}

# run TITLE COMMAND...: a check failed if COMMAND did. What it says is shown only then: go talks of its downloads.
run() {
	title=$1
	shift
	output=$("$@" 2>&1) || found "$title" "$(printf '%s\n' "${output:-exit status not 0}" | sed '/^go: downloading/d')"
}

# files PATTERN...: the project's own files, committed or about to be.
files() { git ls-files --cached --others --exclude-standard -- "$@"; }

# What stands in for parts of Terraform cannot be tidied: it needs Terraform, which needs it.
modules=$(files 'go.mod' '*/go.mod' ':!internal/tools/terraform/stubs' | while read -r mod; do dirname "$mod"; done)
# Most modules under internal/tools only pin a program.
code_modules=$(printf '%s\n' "$modules" | while read -r module; do
	[ -z "$(files ":(glob)$module/*.go")" ] || echo "$module"
done)

found 'gofmt would change (run gofmt -w):' "$(files '*.go' | xargs gofmt -l)"

# Examples are for pasting and go into the documentation as they are.
found 'without the licence header (copy the first two lines of another file):' "$(
	files '*.go' '*.sh' .ci/run GNUmakefile '*.yml' ':!examples' | while read -r file; do
		head -n 4 "$file" | grep -q 'SPDX-License-Identifier: MPL-2.0' || echo "$file"
	done
)"

# tflog prints what it is given: a model or request in a log line would carry secrets with it.
found 'a log line formats a whole value (log ids and counts):' "$(
	files '*.go' | xargs grep -nE '(tflog|log|slog)\.[A-Z][a-z]*\(.*%[+#]v'
)"

# What is not checked need not be silenced.
found 'a nolint comment names a linter that is off:' "$(
	files '*.go' | xargs grep -noE 'nolint:[a-z0-9,]+' | while IFS=: read -r file line _ names; do
		for name in $(printf '%s' "$names" | tr ',' ' '); do
			grep -q "^    - $name\$" .golangci.yml || echo "$file:$line: $name"
		done
	done
)"

# A tag can be moved, a commit cannot.
found 'an action that is not pinned by a commit, with its version in a comment:' "$(
	files '.github/**/*.yml' '.github/**/*.yaml' 'examples/pipelines/.github/**/*.yml' | xargs grep -nE '(^|[^[:alnum:]_-])uses:' |
		grep -vE 'uses: (\./[^ ]+|[^ @]+@[0-9a-f]{40} # v[0-9][0-9.]*)$'
)"

for script in $(files '*.sh'); do
	run "$script is no POSIX shell script:" sh -n "$script"
done
run '.ci/run is no bash script:' bash -n .ci/run

# Without what it would start by itself where it is installed: findings must not depend on the machine.
run 'actionlint:' bin/actionlint -shellcheck= -pyflakes= $(files '.github/workflows/*.yml' 'examples/pipelines/.github/workflows/*.yml')

for module in $modules; do
	# goreleaser's graph cannot be tidied: a test of one of its dependencies needs a module that no longer exists.
	# Its go.sum is still what the build is held to.
	[ "$module" = internal/tools/goreleaser ] && continue
	# Terraform's is not small, and only `make test-query` needs it, which builds it.
	[ "$module" = internal/tools/terraform ] && continue
	run "go mod tidy would change $module/go.mod or go.sum (run it there):" go -C "$module" mod tidy -diff
done

for module in $code_modules; do
	run "go vet, in $module:" go -C "$module" vet -tags query ./...
	cd "$module" && run "golangci-lint, in $module:" "$root/bin/golangci-lint" run --config "$root/.golangci.yml" ./...
	cd "$root" || exit 1
done

exit $failed
