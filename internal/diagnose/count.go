// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package diagnose

import "fmt"

// Count is a number and what is counted: "1 version", "2 versions".
func Count(n int, one string) string {
	if n != 1 {
		one += "s"
	}
	return fmt.Sprintf("%d %s", n, one)
}

// Newest are the n newest versions, in words.
func Newest(n int) string {
	if n == 1 {
		return "the newest version"
	}
	return fmt.Sprintf("the %d newest versions", n)
}
