resource "fgs_function" "report" {
  name        = "report"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 60
  memory_size = 256

  code = {
    source_dir     = "${path.module}/functions/report"
    stamp_settings = true
  }
}

resource "fgs_function_version" "report" {
  function_urn      = fgs_function.report.urn
  source_hash       = fgs_function.report.source_hash
  digest            = fgs_function.report.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "report" {
  function_urn = fgs_function.report.urn
  name         = "live"
  version      = fgs_function_version.report.version
}

variable "nightly" {
  description = "Whether the report is made each night."
  type        = bool
  default     = true
}

resource "fgs_function_trigger" "nightly" {
  function_urn = fgs_function_alias.report.urn # not the function's: that is code before its release
  enabled      = var.nightly

  timer = {
    name       = "nightly"
    cron       = "CRON_TZ=Europe/Berlin 0 0 3 * * *" # seconds come first
    user_event = jsonencode({ period = "day" })
  }
}
