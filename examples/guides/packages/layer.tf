resource "fgs_dependency_version" "libs" {
  name    = "shop-libs"
  runtime = "Python3.9"

  code = {
    source_dir = "${path.module}/build/layer"
    exclude    = ["bin", "**/tests"]
  }

  retain_on_destroy = true # functions go from one version to the next without a moment in between,
  prune = {
    keep = 2 # and of the old versions that nothing uses, one stays
  }
}

resource "fgs_function" "shop" {
  for_each = toset(["orders", "stock"])

  name        = each.key
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    source_dir     = "${path.module}/functions/${each.key}"
    stamp_settings = true # another version of a dependency is a release, too
  }

  dependency_version_ids = [fgs_dependency_version.libs.id]
}
