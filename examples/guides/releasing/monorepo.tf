locals {
  # One entry and one folder for each function; a new function is one line.
  functions = {
    invoices = { memory_size = 256 }
    orders   = { memory_size = 128 }
    stock    = { memory_size = 128 }
  }
}

variable "serve" {
  description = "Versions to stay on, by function. A function that is not named runs what was published last."
  type        = map(string)
}

resource "fgs_function" "all" {
  for_each = local.functions

  name        = each.key
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = each.value.memory_size

  code = {
    source_dir     = "${path.module}/functions/${each.key}"
    stamp_settings = true
  }
}

resource "fgs_function_version" "all" {
  for_each = fgs_function.all

  function_urn      = each.value.urn
  source_hash       = each.value.source_hash
  digest            = each.value.digest
  prune             = { keep = 3 }
  retain_on_destroy = true
}

resource "fgs_function_alias" "live" {
  for_each = fgs_function_version.all

  function_urn = each.value.function_urn
  name         = "live"
  version      = lookup(var.serve, each.key, each.value.version)
}
