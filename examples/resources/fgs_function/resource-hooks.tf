# Code that runs besides the handler: once in each new instance, and before an instance is stopped.
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  initializer = {
    handler = "index.connect"
    timeout = 30
  }

  pre_stop = {
    handler = "index.disconnect"
    timeout = 5
  }

  code = {
    inline = <<-PYTHON
      def connect(context):
          print("connected")

      def handler(event, context):
          return {"statusCode": 200, "body": "orders"}

      def disconnect(context):
          print("disconnected")
    PYTHON
  }
}
