# An archive in OBS, up to 300 MB. The provider sees its address only: the marker says that another object is there.
variable "libs_build" {
  type    = string
  default = "2026-11-29.1"
}

resource "fgs_dependency_version" "torch" {
  name        = "torch"
  runtime     = "Python3.9"
  description = "Build ${var.libs_build}"

  code = {
    obs_url     = "https://shop-artifacts.obs.cn-north-4.myhuaweicloud.com/layers/torch.zip"
    source_hash = var.libs_build
  }
}
