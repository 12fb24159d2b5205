# What another team maintains. The number is pinned: without one it is the newest, which moves.
data "fgs_dependency_version" "libs" {
  name    = "orders-libs"
  version = 1
}

resource "fgs_function" "report" {
  name        = "report"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 30
  memory_size = 256

  code = {
    inline = "def handler(event, context):\n    return 'ok'\n"
  }

  dependency_version_ids = [data.fgs_dependency_version.libs.id]
}
