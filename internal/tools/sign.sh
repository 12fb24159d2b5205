#!/bin/sh
# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

# Signs what a release consists of: sign.sh FOLDER. GPG_PRIVATE_KEY and PASSPHRASE are in the environment, and nothing
# but gpg sees them. The registry checks the signature of the checksums; they do not name the emulator's archives, so
# each of those has its own.
set -eu
cd "$1"
sha256sum --check --strict --quiet ./*_SHA256SUMS

GNUPGHOME=$(mktemp -d)
export GNUPGHOME
finish() {
	gpgconf --kill all
	rm -rf "$GNUPGHOME"
}
trap finish EXIT
printf '%s\n' "$GPG_PRIVATE_KEY" | gpg --batch --quiet --import

for file in *_SHA256SUMS fgs-emulator_*.tar.gz fgs-emulator_*.zip; do
	printf '%s\n' "$PASSPHRASE" |
		gpg --batch --quiet --pinentry-mode loopback --passphrase-fd 0 --output "$file.sig" --detach-sign "$file"
	gpg --batch --quiet --verify "$file.sig" "$file"
done
