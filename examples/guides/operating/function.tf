variable "instances" {
  description = "How many instances there may be: -1 for any number, 0 to turn the function off."
  type        = number
}

resource "fgs_function" "orders" {
  name             = "orders"
  runtime          = "Python3.9"
  handler          = "index.handler"
  timeout          = 10
  memory_size      = 256
  max_instance_num = var.instances

  code = {
    inline = "def handler(event, context):\n    return event\n"
  }
}
