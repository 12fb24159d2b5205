list "fgs_dependency_version" "libs" {
  provider = fgs

  config {
    name_prefix = "orders-"
    newest_only = true
  }
}
