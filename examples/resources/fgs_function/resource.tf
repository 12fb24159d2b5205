resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler" # function handler in index.py
  timeout     = 10              # seconds
  memory_size = 256             # MB

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}
