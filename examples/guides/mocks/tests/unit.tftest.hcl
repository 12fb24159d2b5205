mock_provider "fgs" {
  source = "./tests/mocks"
}

run "alias_follows_the_version" {
  variables {
    memory_size = 512
  }

  assert {
    condition     = fgs_function_alias.live.version == fgs_function_version.orders.version
    error_message = "The alias does not point at the published version."
  }
  assert {
    condition     = fgs_function.orders.memory_size == 512
    error_message = "The variable does not arrive."
  }
}
