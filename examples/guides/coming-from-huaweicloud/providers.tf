terraform {
  required_providers {
    fgs = {
      source = "registry.terraform.io/functiongraph/fgs"
    }
    huaweicloud = {
      source = "registry.terraform.io/huaweicloud/huaweicloud"
    }
  }
}
