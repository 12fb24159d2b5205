// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package s3 stands in for a backend of Terraform that is published nowhere.
package s3

import "github.com/hashicorp/terraform/internal/backend"

// New returns no backend: no test stores a state there.
func New() backend.Backend { return nil }
