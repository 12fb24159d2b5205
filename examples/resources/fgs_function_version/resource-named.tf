variable "release" {
  type    = string
  default = "1.4.0"
}

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

# The name has to change with the code: a release without new code is refused by the service.
resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  version           = var.release
  description       = "Release ${var.release}"
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}
