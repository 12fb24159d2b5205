variable "tag" {
  type    = string
  default = "1.2"
}

resource "fgs_function" "orders" {
  name        = "orders"
  timeout     = 10
  memory_size = 256

  code = {
    image = "swr.cn-north-4.myhuaweicloud.com/shop/orders:${var.tag}"
  }
}
