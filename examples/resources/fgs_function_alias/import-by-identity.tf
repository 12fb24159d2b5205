import {
  to = fgs_function_alias.production
  identity = {
    urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!production"
  }
}
