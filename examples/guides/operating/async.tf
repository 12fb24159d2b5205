# Whoever is on call hears of what failed for good, and the states of calls are logged.
resource "fgs_async_invoke_configuration" "orders" {
  function_urn            = fgs_function.orders.urn
  enable_async_status_log = true

  on_failure = {
    smn = { topic_urn = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:on-call" }
  }
}

# A call that nobody waits for.
resource "fgs_invocation" "report" {
  function_urn = fgs_function.orders.urn
  input        = jsonencode({ report = "yesterday" })
  asynchronous = true
  depends_on   = [fgs_async_invoke_configuration.orders]
}

output "call" {
  value = {
    urn        = fgs_invocation.report.function_urn
    request_id = fgs_invocation.report.request_id
  }
}
