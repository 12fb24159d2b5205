# Terraform makes the function, a pipeline deploys its code.
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file    = "${path.module}/build/orders.zip" # for the creation; later it need not be there
    source_hash = "placeholder"                     # never another one: nothing is uploaded again
  }
  ignore_code_drift = true # what the pipeline deploys shows in digest, and stays
}
