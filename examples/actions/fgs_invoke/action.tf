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

action "fgs_invoke" "warm" {
  config {
    function_urn = fgs_function.orders.urn
    input        = jsonencode({ warm = true })
  }
}

# After each change of the code; and by `terraform apply -invoke=action.fgs_invoke.warm` at any time.
resource "terraform_data" "warm" {
  input = fgs_function.orders.source_hash

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.fgs_invoke.warm]
    }
  }
}
