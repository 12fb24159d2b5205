# The provider makes the archive: nothing has to be built, and only a change of a file is a change.
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    source_dir = "${path.module}/src"
    exclude    = ["tests", "**/*.md"] # as in a .dockerignore; a file .fgsignore in the folder does the same
  }
}
