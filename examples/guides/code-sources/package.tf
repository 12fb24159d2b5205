resource "fgs_function" "orders" {
  name = "orders"

  code = {
    package_file = "${path.module}/export/orders.zip"
  }
}
