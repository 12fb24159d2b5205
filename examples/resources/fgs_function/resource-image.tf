# A container image: runtime and handler follow from it.
resource "fgs_function" "orders" {
  name        = "orders"
  timeout     = 10
  memory_size = 512
  agency      = "fgs-swr-agency" # may read the image

  code = {
    image = "swr.cn-north-4.myhuaweicloud.com/shop/orders:1.2"
  }

  image_config = {
    command = ["/usr/bin/orders", "serve"]
    user_id = 1001
  }
}
