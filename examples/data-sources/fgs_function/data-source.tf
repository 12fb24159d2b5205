# A function that another configuration, or somebody at the console, manages.
data "fgs_function" "orders" {
  name = "orders"
}

output "orders" {
  value = {
    urn     = data.fgs_function.orders.urn
    runtime = data.fgs_function.orders.runtime
    digest  = data.fgs_function.orders.digest # of the code that runs
  }
}
