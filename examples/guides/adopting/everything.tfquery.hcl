list "fgs_function" "all" {
  provider = fgs
}

list "fgs_function_version" "newest" {
  for_each = toset([for f in list.fgs_function.all.data : f.identity.urn])
  provider = fgs

  config {
    function_urn = each.value
    newest_only  = true
  }
}

list "fgs_function_alias" "all" {
  for_each = toset([for f in list.fgs_function.all.data : f.identity.urn])
  provider = fgs

  config {
    function_urn = each.value
  }
}

list "fgs_function_trigger" "all" {
  provider = fgs
}

list "fgs_dependency_version" "newest" {
  provider = fgs

  config {
    newest_only = true
  }
}
