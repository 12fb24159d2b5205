import {
  to = fgs_function_event.smoke
  id = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders/smoke"
}
