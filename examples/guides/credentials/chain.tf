# The keys of the environment open one agency, and that one opens another. With the id of an account, STS is asked.
provider "fgs" {
  region = "cn-north-4"

  assume_role = [
    {
      agency_name = "hub"
      domain_id   = "8f3a1c0d5b7e42c9a6d4e1f20b9c7a55"
    },
    {
      agency_name = "deployer"
      domain_id   = "14ee2e3501124efcbca7998baa240000"
      duration    = 1800
    },
  ]
}
