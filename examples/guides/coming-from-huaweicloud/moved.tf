moved {
  from = huaweicloud_fgs_function.orders
  to   = fgs_function.orders
}

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

resource "huaweicloud_fgs_function_trigger" "nightly" {
  function_urn = "${fgs_function.orders.urn}:latest" # as it was: another spelling would replace the trigger
  type         = "TIMER"
  event_data = jsonencode({
    name          = "nightly"
    schedule_type = "Cron"
    schedule      = "0 0 3 * * *"
  })
}
