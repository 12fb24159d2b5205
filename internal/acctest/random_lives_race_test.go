// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build race

package acctest_test

// defaultLives is less under the race detector, which makes each several times slower.
const defaultLives = 40

// everyCell says that each so many cells of the fault matrix are run. The race detector has seen all kinds in a few;
// .ci/run runs all of them without it, in both worlds.
const everyCell = 24

// everyMoment says the same of the cells of the interrupt matrix and the kill matrix.
const everyMoment = 5

// manyFunctions are a large project.
const manyFunctions = 100
