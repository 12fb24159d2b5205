# The keys of the environment open an agency of another account.
provider "fgs" {
  region = "cn-north-4"

  assume_role = [{
    agency_name = "deployer"
    domain_name = "production"
  }]
}
