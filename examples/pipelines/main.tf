terraform {
  required_providers {
    fgs = {
      source  = "functiongraph/fgs"
      version = "~> 0.1"
    }
  }
}

# Region and credentials come from the environment: each job has its own.
provider "fgs" {}

resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file       = "${path.module}/build/orders.zip"
    stamp_settings = true # a change of settings is a release, too
  }
}

resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  source_hash       = fgs_function.orders.source_hash # publish when the source changes,
  digest            = fgs_function.orders.digest      # and only the code that was applied;
  retain_on_destroy = true                            # a version is never deleted with this block
}
