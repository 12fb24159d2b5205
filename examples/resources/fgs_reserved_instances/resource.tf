resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    inline = "def handler(event, context):\n    return event\n"
  }
}

resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.orders.version
}

# Of the alias: a release moves it, and the instances follow without a change here.
resource "fgs_reserved_instances" "live" {
  function_urn = fgs_function_alias.live.urn
  min_count    = 2

  schedules = {
    office = {
      cron       = "0 0 6 * * MON-FRI" # in UTC
      count      = 10
      start_time = "2026-01-01T00:00:00Z"
      end_time   = "2040-01-01T00:00:00Z"
    }
    evening = {
      cron       = "0 0 18 * * MON-FRI"
      count      = 2
      start_time = "2026-01-01T00:00:00Z"
      end_time   = "2040-01-01T00:00:00Z"
    }
  }
}
