import {
  to = fgs_function_version.orders
  id = "${fgs_function.orders.urn}:v1"
}

import {
  to = fgs_function_alias.live
  id = "${fgs_function.orders.urn}:!live"
}

resource "fgs_function_version" "orders" {
  function_urn      = fgs_function.orders.urn
  version           = "v1"
  source_hash       = fgs_function.orders.source_hash
  digest            = fgs_function.orders.digest
  retain_on_destroy = true
}

resource "fgs_function_alias" "live" {
  function_urn = fgs_function.orders.urn
  name         = "live"
  version      = fgs_function_version.orders.version
}
