# All timers of the project.
list "fgs_function_trigger" "timers" {
  provider = fgs

  config {
    type = "TIMER"
  }
}
