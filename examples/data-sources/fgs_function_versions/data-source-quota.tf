data "fgs_function_versions" "all" {
  function_urn = fgs_function_version.orders.function_urn
}

check "room_for_versions" {
  assert {
    condition     = data.fgs_function_versions.all.total < 18
    error_message = "orders has ${data.fgs_function_versions.all.total} of 20 versions."
  }
}
