resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    inline = "def handler(event, context):\n    return event\n"
  }
}

resource "fgs_function_event" "smoke" {
  function_urn = fgs_function.orders.urn
  name         = "smoke"
  content      = jsonencode({ order = 4711, dry_run = true })
}
