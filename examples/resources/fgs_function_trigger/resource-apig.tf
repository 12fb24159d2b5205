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

resource "fgs_function_trigger" "http" {
  function_urn = fgs_function.orders.urn

  apig = {
    name        = "orders"
    instance_id = "0123456789abcdef0123456789abcdef" # the dedicated gateway; without it, the shared one
    group_id    = "fedcba9876543210fedcba9876543210"
    path        = "/orders"
    method      = "POST"
    auth        = "IAM"
    timeout_ms  = 10000
  }
}

output "address" {
  value = fgs_function_trigger.http.invoke_url
}
