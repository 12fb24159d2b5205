terraform {
  required_providers {
    fgs = {
      source  = "functiongraph/fgs"
      version = "~> 0.1"
    }
  }
}

# Credentials come from the environment: HW_ACCESS_KEY and HW_SECRET_KEY, or HW_AUTH_TOKEN.
provider "fgs" {
  region = "cn-north-4"
}
