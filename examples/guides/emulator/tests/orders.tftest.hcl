# The block that fgs-emulator prints.
provider "fgs" {
  endpoint   = "http://127.0.0.1:8787"
  region     = "cn-north-4"
  project_id = "0123456789abcdef0123456789abcdef"
  access_key = "FGSEMULATORACCESSKEY"
  secret_key = "fgs-emulator-secret-key-not-a-secret-0000"
}

variables {
  name = "orders-test"
}

run "publishes_what_it_deploys" {
  assert {
    condition     = fgs_function_version.orders.digest == fgs_function.orders.digest
    error_message = "The published version holds other code than the function."
  }
}

run "settings_publish_nothing" {
  variables {
    memory_size = 512
  }

  assert {
    condition     = fgs_function.orders.memory_size == 512
    error_message = "The setting did not arrive."
  }
  assert {
    condition     = length(data.fgs_function_versions.orders.versions) == 1
    error_message = "A change of settings published a version."
  }
}
