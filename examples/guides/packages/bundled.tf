resource "fgs_function" "invoices" {
  name        = "invoices"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    source_dir     = "${path.module}/build/invoices" # the code, and what pip put beside it
    exclude        = ["bin", "**/tests"]
    stamp_settings = true
  }
}
