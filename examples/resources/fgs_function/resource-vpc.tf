# A function inside a VPC: it reaches a database there, keeps files on SFS Turbo, and is cut off from the internet.
resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 30
  memory_size = 512

  agency = "fgs-vpc-agency" # lets FunctionGraph work with VPC and SFS Turbo

  vpc = {
    vpc_id             = "4d1a4b6e-9b5c-4d58-9d4e-6f1c2f0b7a11"
    subnet_id          = "0c7e2a52-5a3f-4c0e-8b1d-3a9f5e6d7c22"
    security_group_ids = ["7b2f9c1d-2e4a-4f6b-9c8d-1a2b3c4d5e33"]
  }

  network_controller = {
    disable_public_network = true
  }

  mount_config = {
    user_id  = 1001 # files are written as this user and group
    group_id = 1001

    mounts = [{
      mount_type       = "sfsTurbo"
      mount_resource   = "9e8d7c6b-5a49-4382-b1c0-d2e3f4a5b644"
      mount_share_path = "/orders"
      local_mount_path = "/mnt/orders"
    }]
  }

  code = {
    zip_file = "${path.module}/build/orders.zip"
  }
}
