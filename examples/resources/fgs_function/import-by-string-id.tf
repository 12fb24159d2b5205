import {
  to = fgs_function.orders
  id = "default/orders"
}
