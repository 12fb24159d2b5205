resource "fgs_function" "orders" {
  name        = "orders"
  package     = "shop"
  description = "Takes orders."
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 512

  agency     = "fgs-vpc-agency" # what FunctionGraph may do for this function
  app_agency = "orders-agency"  # what the code itself may do

  user_data = { # environment variables
    LOG_LEVEL = "info"
    DB_HOST   = "192.168.0.10"
  }

  max_instance_num = 50

  tags = {
    stage = "production"
  }

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }

  timeouts {
    create = "5m"
  }
}
