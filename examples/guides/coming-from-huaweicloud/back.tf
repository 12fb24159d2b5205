removed {
  from = fgs_function.orders
  lifecycle {
    destroy = false # the function stays
  }
}

import {
  to = huaweicloud_fgs_function.orders
  id = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:latest"
}
