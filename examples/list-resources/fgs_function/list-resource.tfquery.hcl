# Functions whose names begin with "orders-", not more than 50 of them.
list "fgs_function" "orders" {
  provider = fgs
  limit    = 50

  config {
    name_prefix = "orders-"
  }
}
