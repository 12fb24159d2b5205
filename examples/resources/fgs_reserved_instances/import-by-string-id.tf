import {
  to = fgs_reserved_instances.live
  id = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live"
}
