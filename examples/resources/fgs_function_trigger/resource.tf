resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}

resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.orders.version
}

# Bound to the alias: a release moves the alias, and the trigger stays as it is.
resource "fgs_function_trigger" "nightly" {
  function_urn = fgs_function_alias.live.urn

  timer = {
    name       = "nightly"
    cron       = "CRON_TZ=Europe/Berlin 0 0 3 * * *"
    user_event = jsonencode({ mode = "full" })
  }
}
