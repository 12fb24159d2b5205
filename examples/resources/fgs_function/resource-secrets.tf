# The value is in no state and in no plan. It may come from an ephemeral variable or resource, such as a vault.
variable "database_password" {
  type      = string
  ephemeral = true
  default   = null # TF_VAR_database_password sets it; a plan that sends nothing does not need it
}

resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  encrypted_user_data_wo         = { DB_PASSWORD = var.database_password }
  encrypted_user_data_wo_version = "1" # another text sends the value again

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}
