import {
  to = fgs_function_trigger.nightly
  identity = {
    function_urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live"
    type         = "TIMER"
    trigger_id   = "f0b1c2d3-0000-4000-8000-000000000001"
  }
}
