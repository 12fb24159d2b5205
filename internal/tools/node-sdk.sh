#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# Runs the official Node SDK, as its lock file pins it, against the emulator, at each pole of its switches. It needs node
# and npm, and the npm registry for the first run.
set -eu
cd "$(dirname -- "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp internal/sdkcheck/node/package.json internal/sdkcheck/node/package-lock.json internal/sdkcheck/node/check.mjs "$work"
# No script of a package runs here.
npm ci --prefix "$work" --ignore-scripts --no-audit --no-fund --silent
go build -o "$work/fgs-emulator" ./internal/emulator/cmd/fgs-emulator

# check TITLE FLAGS...: the SDK talks a lot, which is shown only when something is wrong. It writes into the home.
check() {
	title=$1
	shift
	if ! HOME=$work node "$work/check.mjs" "$work/fgs-emulator" "$@" >"$work/log" 2>&1; then
		cat "$work/log" >&2
		echo "the Node SDK, $title: failed" >&2
		return 1
	fi
	echo "the Node SDK, $title: ok"
}

check 'every switch at its default'
# Of "name=first|other|...: what it decides" the other pole, but for what a region lacks, or refuses what the SDK sends.
set --
for switch in $("$work/fgs-emulator" -help 2>&1 | sed -nE 's/^[[:space:]]*([a-z-]+)=[^|]+\|([^|:]+).*/\1=\2/p'); do
	case $switch in
	*=missing | unknown-members=* | publish-unchanged=*) ;;
	*) set -- "$@" -switch "$switch" ;;
	esac
done
[ $# -gt 40 ] || { echo 'the list of switches was not read' >&2; exit 1; }
check 'every other one' "$@"
