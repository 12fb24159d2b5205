data "fgs_reserved_instances" "orders" {
  name = "orders"
}

# How many are ready at all times, by version or alias?
output "ready" {
  value = { for r in data.fgs_reserved_instances.orders.reserved_instances : r.qualifier_name => r.min_count }
}
