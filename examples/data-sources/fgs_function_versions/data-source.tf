# function_urn comes from the version resource, so that the list is read after the publication.
data "fgs_function_versions" "orders" {
  function_urn = fgs_function_version.orders.function_urn
}

output "newest" {
  value = data.fgs_function_versions.orders.latest_published
}

output "history" {
  value = { for v in data.fgs_function_versions.orders.versions : v.version => v.digest }
}
