#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# docs.sh generate: formats the examples and writes docs/ from schema, templates and examples.
# docs.sh check:    fails where that would change anything.
#
# Always with the pinned OpenTofu: what a schema dump holds depends on the CLI, and docs must not.
set -eu
cd "$(dirname -- "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# tfplugindocs looks the provider up under the name "fgs" or under hashicorp's namespace, nowhere else.
go build -o "$work/plugins/terraform-provider-fgs" .
cat >"$work/main.tf" <<'HCL'
terraform {
  required_providers {
    fgs = { source = "registry.terraform.io/hashicorp/fgs" }
  }
}
HCL
cat >"$work/dev.tfrc" <<HCL
provider_installation {
  dev_overrides {
    "registry.terraform.io/hashicorp/fgs" = "$work/plugins"
  }
  direct {}
}
HCL
export TF_CLI_CONFIG_FILE="$work/dev.tfrc" CHECKPOINT_DISABLE=1
# OpenTofu does not know list blocks; docschema adds them.
"$root/bin/tofu" -chdir="$work" providers schema -json | go run ./internal/docschema >"$work/schema.json"

# docs COMMAND...: tfplugindocs with what all of its commands need. It talks much when it is content.
docs() {
	if ! "$root/bin/tfplugindocs" "$@" --provider-name fgs --providers-schema "$work/schema.json" >"$work/log" 2>&1; then
		grep -v DEBUG "$work/log" >&2
		return 1
	fi
}
render() {
	docs generate --rendered-provider-name 'Huawei Cloud FunctionGraph' --rendered-website-dir "$1"
}

case ${1:-} in
generate)
	"$root/bin/tofu" fmt -recursive examples internal
	render docs
	docs validate
	;;
check)
	stale() {
		echo 'stale: run `make generate` and commit what it writes' >&2
		exit 1
	}
	"$root/bin/tofu" fmt -check -diff -recursive examples internal || stale
	# tfplugindocs writes below the provider's folder only, and templates read files of it by relative paths.
	rm -rf bin/docs
	render bin/docs
	# Numbers and charts of `make bench` are not generated from schema or templates; tfplugindocs leaves them alone.
	diff -ru -x benchmarks docs bin/docs || stale
	docs validate
	;;
*)
	echo 'usage: docs.sh generate|check' >&2
	exit 2
	;;
esac
