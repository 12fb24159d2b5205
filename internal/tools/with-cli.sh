#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# with-cli.sh COMMAND...: runs COMMAND with the environment that tests, demo and benchmark need to drive a real CLI.
set -eu

# A caller's own settings must not reach a test: neither credentials of a real account, which a provider under
# test would pick up, nor arguments and variables that the CLI adds to every command.
own='HW_[A-Za-z0-9_]*|FGS_(IAM_)?ENDPOINT|TF_CLI_ARGS[A-Za-z0-9_]*|TF_VAR_[A-Za-z0-9_]*'
for name in $(env | sed -nE "s/^($own)=.*/\\1/p"); do
	unset "$name"
done
unset TF_DATA_DIR TF_WORKSPACE TF_PLUGIN_CACHE_DIR TF_REATTACH_PROVIDERS TF_APPEND_USER_AGENT

TF_CLI=$(sh "$(dirname -- "$0")/cli.sh")
# OpenTofu reports a CLI configuration file that does not exist on standard output, where terraform-exec reads
# the version: /dev/null always exists. CHECKPOINT_DISABLE stops Terraform from asking for updates.
export TF_CLI TF_ACC=1 TF_ACC_TERRAFORM_PATH="$TF_CLI" TF_CLI_CONFIG_FILE=/dev/null CHECKPOINT_DISABLE=1

version=$("$TF_CLI" version | head -n 1)
case $version in
OpenTofu*) export TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
*) unset TF_ACC_PROVIDER_HOST ;;
esac
printf 'using %s (%s)\n' "$TF_CLI" "$version" >&2
exec "$@"
