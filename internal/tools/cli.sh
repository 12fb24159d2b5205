#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# Prints the absolute path of the Terraform CLI to test with. All talk goes to standard error.
#
# Order: $TF_CLI (a path or a name, never replaced by something else), terraform on PATH, tofu on PATH,
# and else the pinned OpenTofu, built into ./bin. A CLI on PATH that is too old or does not run is passed over.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)

say() { printf '%s\n' "$*" >&2; }

# first_line COMMAND: what `COMMAND version` says of itself, such as "Terraform v1.11.4".
# OpenTofu warns on standard output about a CLI configuration that does not exist, so none may be named.
first_line() {
	TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1 TF_LOG='' "$1" version 2>/dev/null | head -n 1
}

# problem LINE: why a CLI with this version line cannot be used; nothing where it can.
# Provider functions and cross-type moves set the minimum: Terraform 1.8, OpenTofu 1.10.
problem() {
	case $1 in
	'Terraform v'*) minimum=8 ;;
	'OpenTofu v'*) minimum=10 ;;
	*) echo 'does not answer "version" as Terraform or OpenTofu do' && return ;;
	esac
	number=${1##* v}
	major=${number%%.*}
	minor=${number#*.}
	minor=${minor%%.*}
	case $major$minor in
	'' | *[!0-9]*) echo "has a version that cannot be read ($1)" && return ;;
	esac
	if [ "$major" -lt 1 ] || { [ "$major" -eq 1 ] && [ "$minor" -lt "$minimum" ]; }; then
		echo "is too old ($1; at least 1.$minimum is needed)"
	fi
}

# absolute PATH: the same file, named so that it stays right in another working directory.
absolute() {
	printf '%s/%s\n' "$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd)" "$(basename -- "$1")"
}

if [ -n "${TF_CLI:-}" ]; then
	if ! found=$(command -v -- "$TF_CLI"); then
		say "TF_CLI=$TF_CLI: no such program"
		exit 1
	fi
	why=$(problem "$(first_line "$found")")
	if [ -n "$why" ]; then
		say "TF_CLI=$TF_CLI: it $why"
		exit 1
	fi
	absolute "$found"
	exit
fi

for name in terraform tofu; do
	found=$(command -v -- "$name") || continue
	why=$(problem "$(first_line "$found")")
	if [ -z "$why" ]; then
		absolute "$found"
		exit
	fi
	say "$found $why: passed over"
done

if [ ! -x "$root/bin/tofu" ]; then
	say 'No usable terraform or tofu on PATH: the pinned OpenTofu is built into ./bin/tofu.'
	say 'That takes 3 to 6 minutes, once. To use a CLI that you have: TF_CLI=/path/to/it make ...'
fi
"${MAKE:-make}" --no-print-directory -s -C "$root" bin/tofu >&2
printf '%s\n' "$root/bin/tofu"
