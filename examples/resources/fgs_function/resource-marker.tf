variable "release" {
  description = "Git commit that the archive was built from."
  type        = string
  default     = "8d1f2c7"
}

# Code is uploaded when source_hash changes, and only then. Plans need no archive.
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file    = "${path.module}/build/orders.zip"
    source_hash = var.release
  }
}
