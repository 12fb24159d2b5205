# Which releases hold the code that runs now?
data "fgs_function_versions" "same_code" {
  name       = "orders"
  package    = "default"
  name_regex = "^v[0-9]"
  digest     = fgs_function.orders.digest

  depends_on = [fgs_function_version.orders]
}

output "same_code" {
  value = data.fgs_function_versions.same_code.versions[*].version
}
