import {
  to = fgs_async_invoke_configuration.live
  identity = {
    urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live"
  }
}
