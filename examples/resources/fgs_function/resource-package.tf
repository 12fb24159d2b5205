# A package that was exported from FunctionGraph brings runtime, handler, timeout and memory size.
resource "fgs_function" "orders" {
  name = "orders"

  code = {
    package_file = "${path.module}/export/orders.zip"
  }
}
