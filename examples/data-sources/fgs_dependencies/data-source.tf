# What the service offers for a runtime.
data "fgs_dependencies" "python" {
  runtime = "Python3.9"
  public  = true
}

output "names" {
  value = data.fgs_dependencies.python.dependencies[*].name
}
