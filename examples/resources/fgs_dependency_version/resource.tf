# pip install -r requirements.txt -t build/layer
resource "fgs_dependency_version" "libs" {
  name    = "orders-libs"
  runtime = "Python3.9"

  code = {
    source_dir = "${path.module}/build/layer"
  }

  retain_on_destroy = true # functions go from one version to the next without a moment in between,
  prune = {
    keep = 3 # and old versions that nothing uses go
  }
}

resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }

  dependency_version_ids = [fgs_dependency_version.libs.id]
}
