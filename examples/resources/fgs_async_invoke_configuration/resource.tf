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

resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.orders.version
}

# Calls that nobody waits for: one that fails is not tried again, and an alarm is raised.
resource "fgs_async_invoke_configuration" "live" {
  function_urn       = fgs_function_alias.live.urn
  max_event_age      = 600
  max_retry_attempts = 0

  on_failure = {
    smn = { topic_urn = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:alarms" }
  }
  on_success = {
    obs = { bucket = "orders-done", prefix = "results/", expires = 7 }
  }
}
