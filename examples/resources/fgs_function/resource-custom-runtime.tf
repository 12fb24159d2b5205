# Any program can be a function: the archive holds an executable file named bootstrap, which the service starts.
resource "fgs_function" "echo" {
  name        = "echo"
  runtime     = "Custom"
  handler     = "bootstrap" # no file.function here
  timeout     = 30
  memory_size = 1024

  ephemeral_storage = 10240 # MB in /tmp
  concurrency_num   = 1     # requests that one instance takes at the same time
  max_instance_num  = 20    # instances

  log = { # of Log Tank Service
    group_id    = "5f3e1d2c-8b7a-4695-84c3-b2a1f0e9d855"
    group_name  = "functions"
    stream_id   = "1a0b9c8d-7e6f-4d5c-8b4a-392817f6e566"
    stream_name = "echo"
    custom_tags = {
      team = "shop"
    }
  }

  code = {
    zip_file = "${path.module}/build/echo.zip"
  }
}
