variable "release" {
  description = "Name of the version that this apply publishes."
  type        = string
}

variable "stable" {
  description = "Version that most calls go to."
  type        = string
}

variable "weight" {
  description = "Percentage of calls that go to the release."
  type        = number
}

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
  version           = var.release
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  prune             = { keep = 3 }
  retain_on_destroy = true
}

# The gate: one call of the version that was just published, which nobody else calls yet.
resource "fgs_invocation" "check" {
  function_urn = fgs_function_version.orders.urn
  input        = jsonencode({ check = true })
}

resource "fgs_function_alias" "production" {
  function_urn = fgs_function.orders.urn
  name         = "production"
  version      = var.stable

  additional_version = var.weight == 0 || var.stable == var.release ? null : {
    version = fgs_function_version.orders.version
    weight  = var.weight
  }

  depends_on = [fgs_invocation.check]
}

# Instances that are kept ready are the alias's: they follow it, and a release changes nothing here.
resource "fgs_reserved_instances" "production" {
  function_urn = fgs_function_alias.production.urn
  min_count    = 2
}
