resource "fgs_function_version" "this" {
  function_urn      = fgs_function.this.urn
  version           = var.release
  source_hash       = fgs_function.this.source_hash # publish when code or settings change,
  digest            = fgs_function.this.digest      # and only the code that was applied;
  prune             = { keep = var.keep }
  retain_on_destroy = true
}

# The version that was just published is called once, before any alias moves to it.
resource "fgs_invocation" "check" {
  count = var.check == null ? 0 : 1

  function_urn = fgs_function_version.this.urn
  input        = var.check
}

resource "fgs_function_alias" "this" {
  for_each = var.aliases

  function_urn = fgs_function.this.urn
  name         = each.key
  version      = coalesce(each.value.version, fgs_function_version.this.version)

  additional_version = each.value.additional_version == null ? null : {
    version = coalesce(each.value.additional_version.version, fgs_function_version.this.version)
    weight  = each.value.additional_version.weight
  }

  depends_on = [fgs_invocation.check] # moves only if the call succeeded
}
