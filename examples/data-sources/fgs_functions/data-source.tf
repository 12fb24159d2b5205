# Which functions still have a runtime that is going away?
data "fgs_functions" "old" {
  runtime = "Python3.6"
}

output "old" {
  value = data.fgs_functions.old.functions[*].urn
}
