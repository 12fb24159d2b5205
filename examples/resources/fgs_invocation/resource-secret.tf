variable "check_token" {
  description = "What the function asks of those who may run its check."
  type        = string
  sensitive   = true
  default     = "only-for-this-example"
}

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

# In no state and no plan. A new token is a new call when its version changes, too.
resource "fgs_invocation" "smoke" {
  function_urn     = fgs_function.orders.urn
  input_wo         = jsonencode({ token = var.check_token })
  input_wo_version = "1"

  triggers = { source = fgs_function.orders.source_hash } # the URN of the function stays when its code changes
}
