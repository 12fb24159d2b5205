data "fgs_quotas" "project" {}

check "quotas" {
  assert {
    condition = alltrue([
      for q in data.fgs_quotas.project.quotas : q.used == null || q.quota == null ? true : q.used < 0.9 * q.quota
    ])
    error_message = "A quota of FunctionGraph is nearly used up: ${jsonencode({
      for name, q in data.fgs_quotas.project.quotas : name => q if q.used == null || q.quota == null ? false : q.used >= 0.9 * q.quota
    })}"
  }
}
