# Testers send a header and get the published version; everybody else gets the working copy.
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

resource "fgs_function_alias" "production" {
  function_urn = fgs_function.orders.urn
  name         = "production"
  version      = "latest"
  description  = "What shops call."

  strategy = {
    version      = fgs_function_version.orders.version
    combine_type = "and"
    rules = [
      { rule_type = "Header", param = "x-tester", op = "in", value = "ann,bob" },
    ]
  }
}
