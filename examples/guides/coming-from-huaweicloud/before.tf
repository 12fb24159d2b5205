resource "huaweicloud_fgs_function" "orders" {
  name                  = "orders"
  app                   = "default"
  functiongraph_version = "v2"
  runtime               = "Python3.9"
  handler               = "index.handler"
  timeout               = 10
  memory_size           = 256
  code_type             = "zip"
  code_filename         = "index.zip"
  func_code             = filebase64("${path.module}/build/orders.zip")
  user_data             = jsonencode({ STAGE = "prod" })
}

resource "huaweicloud_fgs_function_trigger" "nightly" {
  function_urn = huaweicloud_fgs_function.orders.urn
  type         = "TIMER"
  event_data = jsonencode({
    name          = "nightly"
    schedule_type = "Cron"
    schedule      = "0 0 3 * * *"
  })
}
