resource "fgs_function_trigger" "this" {
  for_each = var.triggers

  function_urn = fgs_function_alias.this[each.value.alias].urn
  enabled      = each.value.enabled

  timer = each.value.timer == null ? null : {
    name       = each.key
    rate       = each.value.timer.rate
    cron       = each.value.timer.cron
    user_event = each.value.timer.user_event
  }

  apig = each.value.apig == null ? null : {
    name        = each.key
    group_id    = each.value.apig.group_id
    instance_id = each.value.apig.instance_id
    path        = each.value.apig.path
    method      = each.value.apig.method
    auth        = each.value.apig.auth
    timeout_ms  = each.value.apig.timeout_ms
  }

  obs = each.value.obs
  smn = each.value.smn
}
