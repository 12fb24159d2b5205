# Every function gets these tags, under its own.
provider "fgs" {
  region = "cn-north-4"

  default_tags = {
    team        = "shop"
    cost_center = "4711"
  }
}
