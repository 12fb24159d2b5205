resource "fgs_function" "messages" {
  name        = "messages"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 60
  memory_size = 512

  agency = "fgs-messages" # lets FunctionGraph use the network and the Kafka instance
  vpc = {                 # the network of the instance
    vpc_id    = "0c3d9b9f-5b1e-4a5e-9f6e-2d7c8f1a2b3c"
    subnet_id = "1d4e0caf-6c2f-4b6f-8a7f-3e8d9a2b3c4d"
  }

  code = {
    source_dir     = "${path.module}/functions/messages"
    stamp_settings = true
  }
}

resource "fgs_function_version" "messages" {
  function_urn      = fgs_function.messages.urn
  source_hash       = fgs_function.messages.source_hash
  digest            = fgs_function.messages.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "messages" {
  function_urn = fgs_function.messages.urn
  name         = "live"
  version      = fgs_function_version.messages.version
}

variable "kafka_password" {
  description = "Password of the Kafka user; TF_VAR_kafka_password sets it."
  type        = string
  ephemeral   = true # in no plan and no state
}

variable "kafka_password_version" {
  description = "Any text; another one says that the password is another one."
  type        = string
  default     = "1"
}

resource "fgs_function_trigger" "messages" {
  function_urn = fgs_function_alias.messages.urn

  kafka = {
    instance_id = "2e5f1db0-7d30-4c70-9b80-4f9eab3c4d5e"
    topic_ids   = ["orders"]
    batch_size  = 100
    ssl_enable  = true
    user        = "functions"

    password_wo         = var.kafka_password
    password_wo_version = var.kafka_password_version
  }

  timeouts {
    create = "15m" # until the service has connected
  }
}
