# Copyright (c) the terraform-provider-fgs authors
# SPDX-License-Identifier: MPL-2.0

resource "fgs_function" "f" {
  name                   = "orders"
  runtime                = "Python3.9"
  handler                = "index.handler"
  timeout                = 3
  memory_size            = 128
  code                   = { inline = "# code" }
  log                    = { group_id = "", stream_id = "", group_name = "", stream_name = "" }
  domain_names           = [{ id = "", domain_name = null }]
  peering_cidrs          = ["", null]
  dependency_version_ids = ["", null]
  network_controller     = { trigger_access_vpcs = [{ vpc_id = "" }] }
  mount_config           = { mounts = [{ mount_type = "", mount_resource = "", local_mount_path = "" }] }
}
resource "fgs_function_version" "v" {
  function_urn = fgs_function.f.urn
  source_hash  = ""
  digest       = ""
  description  = ""
}
resource "fgs_function_alias" "a" {
  function_urn       = fgs_function.f.urn
  name               = "live"
  version            = fgs_function_version.v.version
  description        = ""
  additional_version = { version = "", weight = 0 }
}
resource "fgs_function_trigger" "t" {
  function_urn = fgs_function_alias.a.urn
  timer        = { name = "n", rate = "1d", cron = "", user_event = "" }
}
resource "fgs_function_trigger" "g" {
  function_urn = fgs_function_alias.a.urn
  apig         = { name = "n", group_id = "g", path = "/", auth = "IAM", instance_id = "", method = "", protocol = "", match_mode = "", env_name = "", env_id = "", type = "" }
}
resource "fgs_function_trigger" "k" {
  function_urn = fgs_function_alias.a.urn
  smn          = { topic_urn = "urn:smn:cn-north-4:0123456789abcdef0123456789abcdef:alarms" }
}
data "fgs_function" "f" {
  name      = fgs_function.f.name
  urn       = ""
  package   = ""
  qualifier = ""
}
data "fgs_functions" "f" {
  package       = ""
  runtime       = ""
  name_contains = ""
  depends_on    = [fgs_function.f]
}
data "fgs_function_versions" "f" {
  function_urn = fgs_function_version.v.function_urn
  name         = ""
  package      = ""
  name_regex   = ""
  digest       = ""
}
data "fgs_function_triggers" "t" {
  function_urn = ""
  type         = ""
  depends_on   = [fgs_function_trigger.t, fgs_function_trigger.g, fgs_function_trigger.k]
}
output "found" {
  value = join(" ", [
    data.fgs_function.f.package, length(data.fgs_functions.f.functions), length(data.fgs_function_versions.f.versions),
    length(data.fgs_function_triggers.t.triggers),
  ])
}
