variable "serve" {
  description = "Version that production runs; null is the one that was just published."
  type        = string
}

# Callers use fgs_function_alias.production.urn, which never changes.
resource "fgs_function_alias" "production" {
  function_urn = fgs_function.orders.urn
  name         = "production"
  version      = coalesce(var.serve, fgs_function_version.orders.version)
}
