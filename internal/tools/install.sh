#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# install.sh BINARY VERSION: puts the provider into the user's local mirror, the folder that terraform and tofu
# search by themselves, with no CLI configuration at all.
set -eu

binary=$1
version=$2
platform=$(go env GOOS)_$(go env GOARCH)

# "functiongraph/fgs" is short for a different address in each CLI.
for registry in registry.terraform.io registry.opentofu.org; do
	target=$HOME/.terraform.d/plugins/$registry/functiongraph/fgs/$version/$platform
	mkdir -p "$target"
	# A running CLI may hold the old file: put the new one beside it, then rename.
	cp "$binary" "$target/.new"
	mv -f "$target/.new" "$target/terraform-provider-fgs_v$version"
	echo "installed $target/terraform-provider-fgs_v$version"
done

cat <<MESSAGE

terraform init now finds it by:

  terraform {
    required_providers {
      fgs = { source = "functiongraph/fgs", version = "$version" }
    }
  }

After installing the same version again, remove .terraform.lock.hcl in your configuration: it holds the old checksum.
While this folder is there, no registry is asked for this provider. To undo:

  rm -r ~/.terraform.d/plugins/registry.*/functiongraph/fgs
MESSAGE
