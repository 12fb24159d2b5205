resource "fgs_function" "shop" {
  name        = "shop"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    source_dir     = "${path.module}/functions/shop"
    stamp_settings = true
  }
}

resource "fgs_function_version" "shop" {
  function_urn      = fgs_function.shop.urn
  source_hash       = fgs_function.shop.source_hash
  digest            = fgs_function.shop.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "shop" {
  function_urn = fgs_function.shop.urn
  name         = "live"
  version      = fgs_function_version.shop.version
}

variable "path" {
  description = "Path of the shop's API."
  type        = string
  default     = "/shop"
}

resource "fgs_function_trigger" "http" {
  function_urn = fgs_function_alias.shop.urn

  apig = {
    name        = "shop"
    instance_id = "0123456789abcdef0123456789abcdef" # the gateway, and
    group_id    = "fedcba9876543210fedcba9876543210" # a group of APIs there: both exist already
    path        = var.path
    method      = "GET"
    auth        = "IAM"
    timeout_ms  = 10000 # as long as the function may take
  }
}

output "address" {
  value = fgs_function_trigger.http.invoke_url
}
