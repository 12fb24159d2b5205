resource "fgs_function" "sync" {
  name        = "sync"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 60
  memory_size = 256

  code = {
    source_dir = "${path.module}/functions/sync"
  }
}

resource "fgs_function_version" "sync" {
  function_urn      = fgs_function.sync.urn
  source_hash       = fgs_function.sync.source_hash
  digest            = fgs_function.sync.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "sync" {
  function_urn = fgs_function.sync.urn
  name         = "live"
  version      = fgs_function_version.sync.version
}

resource "fgs_function_trigger" "sync" {
  for_each = {
    stock  = "15m"
    prices = "1h"
  }

  function_urn = fgs_function_alias.sync.urn

  timer = {
    name       = each.key
    rate       = each.value
    user_event = jsonencode({ what = each.key })
  }
}
