data "fgs_function" "orders" {
  name = "orders"
}

# Does the function run what lies here? A check warns; it stops nothing.
check "orders_are_deployed" {
  assert {
    condition     = data.fgs_function.orders.digest == provider::fgs::code_digest("${path.module}/build/orders.zip")
    error_message = "orders runs other code than build/orders.zip, since ${data.fgs_function.orders.last_modified}."
  }
}
