resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  agency = "fgs-network" # may use the network and DMS
  vpc = {
    vpc_id    = "0c3d9b9f-5b1e-4a5e-9f6e-2d7c8f1a2b3c"
    subnet_id = "1d4e0caf-6c2f-4b6f-8a7f-3e8d9a2b3c4d"
  }

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}

variable "kafka_password" {
  type      = string
  ephemeral = true # in no plan and no state; TF_VAR_kafka_password sets it
}

resource "fgs_function_trigger" "messages" {
  function_urn = fgs_function.orders.urn

  kafka = {
    instance_id = "2e5f1db0-7d30-4c70-9b80-4f9eab3c4d5e"
    topic_ids   = ["orders"]
    batch_size  = 100
    ssl_enable  = true
    user        = "functions"

    # Neither in a plan nor in the state; another version says that it has changed.
    password_wo         = var.kafka_password
    password_wo_version = "1"
  }

  timeouts {
    create = "15m" # until the service has connected, and the trigger is on
  }
}
