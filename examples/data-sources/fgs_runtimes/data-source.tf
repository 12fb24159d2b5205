data "fgs_runtimes" "all" {}

output "python" {
  description = "The Python runtimes of the region."
  value       = [for r in data.fgs_runtimes.all.runtimes : r.runtime if startswith(r.runtime, "Python")]
}
