// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package main

import "testing"

func TestFirstError(t *testing.T) {
	t.Parallel()
	for out, want := range map[string]string{
		"Plan: 2 to add\nError: no a\n\nError: no b\n": "Error: no a\n\n",
		"Plan\nError: no a\n":                          "Error: no a\n",
		"killed":                                       "killed",
		"":                                             "",
	} {
		if got := firstError(out); got != want {
			t.Errorf("of %q: %q, want %q", out, got, want)
		}
	}
}
