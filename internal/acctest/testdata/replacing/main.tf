terraform {
  required_providers {
    fgs = {
      source = "registry.terraform.io/functiongraph/fgs"
    }
  }
}
variable "release" {
  default = "v1"
}
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 3
  memory_size = 128
  description = "Takes orders."
  code        = { zip_file = "orders.zip" }
  user_data   = { LOG_LEVEL = "info" }
  tags        = { team = "shop" }
}
resource "fgs_function_version" "current" {
  function_urn      = fgs_function.orders.urn
  version           = var.release
  description       = "As of ${var.release}."
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
  prune             = { keep = 3 }
}
resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.current.version
  description  = "What shops call."
}
resource "fgs_function_alias" "testers" {
  function_urn = fgs_function.orders.urn
  name         = "testers"
  version      = "latest"
  strategy = {
    version      = fgs_function_version.current.version
    combine_type = "or"
    rules        = [{ rule_type = "Header", param = "x-tester", op = "in", value = "ann,bob" }]
  }
  timeouts {
    update = "5m"
  }
}
