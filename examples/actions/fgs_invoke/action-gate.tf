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

action "fgs_invoke" "check" {
  config {
    function_urn = fgs_function_version.orders.urn
    input        = jsonencode({ check = true })
  }
}

resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.orders.version

  # Before, not after: the alias moves only if the call succeeds.
  lifecycle {
    action_trigger {
      events  = [before_create, before_update]
      actions = [action.fgs_invoke.check]
    }
  }
}
