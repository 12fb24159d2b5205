// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "fmt"

// ProviderBlock returns Terraform configuration that uses the emulator at url, ready to be pasted.
func (s *Server) ProviderBlock(url string) string {
	return fmt.Sprintf(`terraform {
  required_providers {
    fgs = {
      source = "registry.terraform.io/functiongraph/fgs"
    }
  }
}

provider "fgs" {
  endpoint     = %q
  iam_endpoint = %q
  region       = %q
  project_id   = %q
  access_key   = %q
  secret_key   = %q
}
`, url, url, s.opts.Region, s.opts.ProjectID, s.opts.AccessKey, s.opts.SecretKey)
}
