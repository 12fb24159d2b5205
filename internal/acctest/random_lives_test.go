// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package acctest_test

// defaultLives are the random functions of a run.
const defaultLives = 1000

// everyCell says that each so many cells of the fault matrix are run.
const everyCell = 1

// everyMoment says the same of the cells of the interrupt matrix and the kill matrix.
const everyMoment = 1

// manyFunctions are a large project.
const manyFunctions = 500
