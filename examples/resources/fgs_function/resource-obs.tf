# Code of more than 50 MB (9 MB with access keys) lies in OBS. The provider never reads it: source_hash says when
# another object is there.
variable "release" {
  type    = string
  default = "2026-01-02.1"
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
