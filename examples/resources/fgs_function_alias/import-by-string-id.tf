import {
  to = fgs_function_alias.production
  id = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!production"
}
