variable "release" {
  type    = string
  default = "1.0"
}

resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    obs_url     = "https://shop-releases.obs.cn-north-4.myhuaweicloud.com/orders.zip"
    source_hash = var.release
  }
}
