# All of the project: of every function, version and alias.
data "fgs_function_triggers" "all" {}

data "fgs_function_triggers" "timers" {
  function_urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!prod"
  type         = "TIMER"
}

output "turned_off" {
  value = [for t in data.fgs_function_triggers.all.triggers : t.id if t.enabled == false]
}
