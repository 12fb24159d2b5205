resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    source_dir = "${path.module}/src"
    exclude    = ["tests"]
  }
}

# The same source gets the same name, whoever builds it and whenever.
resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  version           = "src-${substr(provider::fgs::source_hash("${path.module}/src", "tests"), 0, 12)}"
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}
