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

ephemeral "fgs_function_code" "orders" {
  function_urn = fgs_function_version.orders.urn
}

# Keeps a copy of the code of each version.
resource "terraform_data" "copy" {
  triggers_replace = fgs_function_version.orders.urn

  provisioner "local-exec" {
    command = "curl --fail --silent --show-error --output orders-code \"$LINK\""

    environment = {
      LINK = ephemeral.fgs_function_code.orders.link
    }
  }
}
