resource "fgs_function" "orders" {
  name        = "orders"
  type        = "v2"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256
  user_data   = { STAGE = "prod" }

  code = {
    zip_file = "${path.module}/build/orders.zip"
    filename = "index.zip"
  }
}
