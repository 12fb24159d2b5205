// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package terraform stands in for what only a test of Terraform's own needs, and is published nowhere.
package terraform
