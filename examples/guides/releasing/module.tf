variable "serve" {
  description = "Versions to stay on, by function. A function that is not named runs what was published last."
  type        = map(string)
}

locals {
  functions = {
    invoices = { memory_size = 256 }
    orders   = { memory_size = 128 }
    stock    = { memory_size = 128, triggers = { hourly = { timer = { rate = "1h" } } } }
  }
}

module "functions" {
  source   = "../../modules/function"
  for_each = local.functions

  name     = each.key
  code     = { source_dir = "${path.module}/functions/${each.key}" }
  settings = { runtime = "Python3.9", handler = "index.handler", memory_size = each.value.memory_size }
  aliases  = { live = { version = lookup(var.serve, each.key, null) } }
  triggers = lookup(each.value, "triggers", {})
}

output "callers_use" {
  value = { for name, function in module.functions : name => function.alias_urns["live"] }
}
