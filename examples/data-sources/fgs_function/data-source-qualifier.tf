# What do callers of the alias prod get, and is there newer code that is not released?
data "fgs_function" "prod" {
  name      = "orders"
  qualifier = "!prod"
}

data "fgs_function" "latest" {
  urn = data.fgs_function.prod.urn
}

output "prod" {
  value = data.fgs_function.prod.version
}

output "unreleased" {
  value = data.fgs_function.latest.digest != data.fgs_function.prod.digest
}
