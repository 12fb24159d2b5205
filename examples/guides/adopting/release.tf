resource "fgs_function" "orders" {
  name        = "orders"
  runtime     = "Python3.9"
  handler     = "index.handler"
  timeout     = 10
  memory_size = 256

  code = {
    zip_file = "${path.module}/build/orders.zip"
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

resource "fgs_function_trigger" "nightly" {
  function_urn = fgs_function_alias.live.urn

  timer = {
    name = "nightly"
    rate = "1d"
  }
}

# They can go after the first apply.
locals {
  orders = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders"
}

import {
  to = fgs_function.orders
  id = local.orders
}

import {
  to = fgs_function_version.orders
  id = "${local.orders}:v1" # the newest one
}

import {
  to = fgs_function_alias.live
  id = "${local.orders}:!live"
}

import {
  to = fgs_function_trigger.nightly
  id = "${local.orders}:!live/TIMER/f0b1c2d3-0000-4000-8000-000000000001"
}
