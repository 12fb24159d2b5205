locals {
  # From a log, a trigger, or another configuration.
  called = provider::fgs::parse_urn("urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!prod")
}

output "function" {
  value = local.called.function_urn # the same without :!prod
}

output "alias" {
  value = coalesce(local.called.alias, "none")
}
