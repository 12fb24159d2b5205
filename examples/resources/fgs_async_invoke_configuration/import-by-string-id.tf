import {
  to = fgs_async_invoke_configuration.live
  id = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live"
}
