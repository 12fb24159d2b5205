# The password is in HW_USER_PASSWORD.
provider "fgs" {
  region      = "cn-north-4"
  user_name   = "deployer"
  domain_name = "production"
}
