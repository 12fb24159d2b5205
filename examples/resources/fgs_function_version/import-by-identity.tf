import {
  to = fgs_function_version.orders
  identity = {
    urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:v20260102-030405"
  }
}
