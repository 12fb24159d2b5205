data "fgs_function_aliases" "orders" {
  name = "orders"
}

# Which version does each alias run?
output "released" {
  value = { for a in data.fgs_function_aliases.orders.aliases : a.name => a.version }
}

# What is being tried out: percentage of the calls that go to another version.
output "trials" {
  value = {
    for a in data.fgs_function_aliases.orders.aliases : a.name => a.additional_version
    if a.additional_version != null
  }
}
