data "fgs_functions" "orders" {
  package       = "default"
  name_contains = "orders"
}

output "disabled" {
  value = [for f in data.fgs_functions.orders.functions : f.name if !f.enabled]
}

# One read for each that was found, for what the list does not tell.
data "fgs_function" "orders" {
  for_each = toset(data.fgs_functions.orders.functions[*].urn)
  urn      = each.key
}

output "networks" {
  value = { for urn, f in data.fgs_function.orders : f.name => try(f.vpc.vpc_id, "public") }
}
