resource "fgs_function" "imports" {
  name        = "imports"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 60
  memory_size = 512
  agency      = "fgs-imports" # lets the code read the objects; the trigger itself needs none

  code = {
    source_dir     = "${path.module}/functions/imports"
    stamp_settings = true
  }
}

resource "fgs_function_version" "imports" {
  function_urn      = fgs_function.imports.urn
  source_hash       = fgs_function.imports.source_hash
  digest            = fgs_function.imports.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "imports" {
  function_urn = fgs_function.imports.urn
  name         = "live"
  version      = fgs_function_version.imports.version
}

variable "suffix" {
  description = "End of the names of the objects that are imported."
  type        = string
  default     = ".csv"
}

resource "fgs_function_trigger" "uploads" {
  function_urn = fgs_function_alias.imports.urn

  obs = {
    bucket = "shop-uploads" # exists already, in the same region
    events = ["ObjectCreated"]
    prefix = "incoming/" # the function writes elsewhere: else it would call itself
    suffix = var.suffix
  }
}
