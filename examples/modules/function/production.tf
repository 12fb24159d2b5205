# Of an alias: its releases change none of this.
resource "fgs_reserved_instances" "this" {
  for_each = var.reserved_instances

  function_urn = fgs_function_alias.this[each.key].urn
  min_count    = each.value.min_count
  schedules    = each.value.schedules
}

resource "fgs_async_invoke_configuration" "this" {
  for_each = var.asynchronous

  function_urn       = fgs_function_alias.this[each.key].urn
  max_event_age      = each.value.max_event_age
  max_retry_attempts = each.value.max_retry_attempts
  on_failure         = each.value.on_failure
  on_success         = each.value.on_success
}

resource "fgs_function_event" "this" {
  for_each = var.events

  function_urn = fgs_function.this.urn
  name         = each.key
  content      = each.value
}
