resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}

# A type without an attribute of its own: what the service calls its members.
resource "fgs_function_trigger" "brokers" {
  function_urn = fgs_function.orders.urn

  other = {
    type = "OPENSOURCEKAFKA"
    data = jsonencode({
      kafka_connect_address = "10.0.0.11:9092"
      topic_ids             = ["orders"]
      batch_size            = 100
    })
  }
}
