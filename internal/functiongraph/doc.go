// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

// Package functiongraph is a client of the Huawei Cloud FunctionGraph API v2. It knows HTTP, JSON and the rules of
// the service, and nothing of Terraform.
package functiongraph
