import {
  to = fgs_function_event.smoke
  identity = {
    function_urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders"
    name         = "smoke"
  }
}
