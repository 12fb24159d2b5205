data "fgs_trigger_types" "all" {}

output "has_eventgrid" {
  description = "Whether the region has triggers of EventGrid."
  value       = contains(data.fgs_trigger_types.all.types, "EVENTGRID")
}
