# Every function of the project, as it is.
data "fgs_functions" "all" {}

data "fgs_function" "each" {
  for_each = { for f in data.fgs_functions.all.functions : "${f.package}/${f.name}" => f }

  package = each.value.package
  name    = each.value.name
}

import {
  for_each = data.fgs_function.each

  to = fgs_function.all[each.key]
  id = each.value.urn
}

resource "fgs_function" "all" {
  for_each = data.fgs_function.each

  package     = each.value.package
  name        = each.value.name
  runtime     = each.value.runtime
  handler     = each.value.handler
  timeout     = each.value.timeout
  memory_size = each.value.memory_size
  description = each.value.description
  agency      = each.value.agency
  user_data   = each.value.user_data

  dependency_version_ids = each.value.dependency_version_ids

  lifecycle {
    prevent_destroy = true # the functions are there whether or not the list has them
  }
}
