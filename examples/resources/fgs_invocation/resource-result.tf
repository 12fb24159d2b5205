resource "fgs_function" "migrate" {
  name        = "migrate"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 60
  memory_size = 256

  code = {
    inline = "def handler(event, context):\n    return {\"schema\": event[\"schema\"]}\n"
  }
}

# Not a check but a job: it runs in each apply that asks for another schema.
resource "fgs_invocation" "migrate" {
  function_urn = fgs_function.migrate.urn
  input        = jsonencode({ schema = 7 })
  keep_result  = true # the answer is in the state then

  timeouts {
    create = "70s"
  }
}

output "schema" {
  description = "What the migration answered."
  value       = jsondecode(fgs_invocation.migrate.result)
  sensitive   = true
}
