# What there is for a runtime:
data "fgs_dependencies" "public" {
  runtime = "Python3.9"
  public  = true
}

output "public_dependencies" {
  value = data.fgs_dependencies.public.dependencies[*].name
}

# The id of one of them:
data "fgs_dependency_version" "library" {
  name    = "public-library"
  runtime = "Python3.9"
  public  = true
  version = 1 # without a number it is the newest, which moves
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

  dependency_version_ids = [data.fgs_dependency_version.library.id]
}
