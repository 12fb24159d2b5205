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

# Called once for each version: another one is another function_urn.
resource "fgs_invocation" "smoke" {
  function_urn = fgs_function_version.orders.urn # the version itself, not the alias that still points elsewhere
  input        = jsonencode({ check = true })
}

resource "fgs_function_alias" "production" {
  function_urn = fgs_function.orders.urn
  name         = "production"
  version      = fgs_function_version.orders.version

  depends_on = [fgs_invocation.smoke] # moves only if the call succeeded
}
