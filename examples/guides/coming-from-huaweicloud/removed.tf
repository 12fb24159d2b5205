removed {
  from = huaweicloud_fgs_function.orders
  lifecycle {
    destroy = false # the function stays
  }
}

import {
  to = fgs_function.orders
  id = "default/orders" # package and name, or the URN
}
