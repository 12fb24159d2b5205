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

resource "fgs_function_trigger" "uploads" {
  function_urn = fgs_function.orders.urn

  obs = {
    bucket = "orders-uploads"
    events = ["ObjectCreated"]
    prefix = "incoming/"
    suffix = ".csv"
  }
}
