data "fgs_quotas" "project" {}

output "functions" {
  description = "How many functions there are, and how many there may be."
  value       = try(data.fgs_quotas.project.quotas["fgs_func_num"], null)
}
