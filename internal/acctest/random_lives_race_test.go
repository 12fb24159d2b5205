// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build race

package acctest_test

// defaultLives is less under the race detector, which makes each several times slower.
const defaultLives = 200
