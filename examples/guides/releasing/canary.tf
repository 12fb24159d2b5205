variable "stable" {
  description = "Version that most calls go to."
  type        = string
}

variable "weight" {
  description = "Percentage of calls that go to the version that was just published."
  type        = number
}

resource "fgs_function_alias" "production" {
  function_urn = fgs_function.orders.urn
  name         = "production"
  version      = var.stable

  additional_version = var.weight == 0 || var.stable == var.release ? null : {
    version = fgs_function_version.orders.version
    weight  = var.weight
  }
}
