moved {
  from = huaweicloud_fgs_function_trigger.nightly
  to   = fgs_function_trigger.nightly
}

resource "fgs_function_trigger" "nightly" {
  function_urn = fgs_function.orders.urn

  timer = {
    name = "nightly"
    cron = "0 0 3 * * *"
  }
}
