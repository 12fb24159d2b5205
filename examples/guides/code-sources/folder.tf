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
