// Copyright (c) the terraform-provider-fgs authors
// SPDX-License-Identifier: MPL-2.0

package emulator

import "fmt"

// ProviderBlock returns Terraform configuration that uses the emulator at url, ready to be pasted: which provider,
// which every module says, and how it is configured, which the root module says.
func (s *Server) ProviderBlock(url string) string {
	return fmt.Sprintf(`# Which provider. "make install", in a clone of its repository, puts it where
# "terraform init" finds it.
terraform {
  required_providers {
    fgs = {
      source = "registry.terraform.io/functiongraph/fgs"
    }
  }
}

# How it is configured: in the root module. Leave the block above out where your configuration has one already.
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
