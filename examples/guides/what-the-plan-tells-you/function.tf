variable "memory_size" {
  type    = number
  default = 256
}

resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = var.memory_size

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}
