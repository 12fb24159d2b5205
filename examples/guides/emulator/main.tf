variable "name" {
  type    = string
  default = "orders"
}

variable "memory_size" {
  type    = number
  default = 256
}

resource "fgs_function" "orders" {
  name        = var.name
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = var.memory_size

  code = {
    inline = file("${path.module}/src/index.py")
  }
}

resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}

data "fgs_function_versions" "orders" {
  function_urn = fgs_function_version.orders.function_urn
}
