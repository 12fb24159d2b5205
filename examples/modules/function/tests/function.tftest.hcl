# The block that fgs-emulator prints.
provider "fgs" {
  endpoint   = "http://127.0.0.1:8787"
  region     = "cn-north-4"
  project_id = "0123456789abcdef0123456789abcdef"
  access_key = "FGSEMULATORACCESSKEY"
  secret_key = "fgs-emulator-secret-key-not-a-secret-0000"
}

variables {
  name         = "tested"
  code         = { source_dir = "./tests/src" }
  settings     = { runtime = "Python3.9", handler = "index.handler" }
  dependencies = { tested-libs = { source_dir = "./tests/layer" } }
  triggers     = { nightly = { timer = { cron = "0 0 3 * * *" } } }
  release      = "v1"
  check        = jsonencode({ dry_run = true })

  reserved_instances = { live = { min_count = 1 } }
  asynchronous       = { live = { max_retry_attempts = 0, on_failure = { function = { urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:failed" } } } }
  events             = { smoke = jsonencode({ dry_run = true }) }
}

run "refuses_two_sources" {
  command = plan

  variables {
    code = { source_dir = "./tests/src", zip_file = "code.zip" }
  }

  expect_failures = [var.code]
}

run "refuses_two_aliases_that_follow" {
  command = plan

  variables {
    aliases = { live = {}, next = {} }
  }

  expect_failures = [var.aliases]
}

run "publishes_what_it_deploys" {
  assert {
    condition     = fgs_function_version.this.digest == fgs_function.this.digest
    error_message = "The published version holds other code than the function."
  }
  assert {
    condition     = contains(fgs_function.this.dependency_version_ids, fgs_dependency_version.this["tested-libs"].id)
    error_message = "The function does not use its layer."
  }
  assert {
    condition     = fgs_function_trigger.this["nightly"].function_urn == output.alias_urns["live"]
    error_message = "The timer is not bound to the alias."
  }
}

run "checks_what_it_publishes" {
  assert {
    condition     = fgs_invocation.check[0].function_urn == fgs_function_version.this.urn
    error_message = "The check called another version."
  }
}

run "has_what_production_needs" {
  assert {
    condition     = fgs_reserved_instances.this["live"].function_urn == output.alias_urns["live"]
    error_message = "The instances are not those of the alias."
  }
  assert {
    condition     = fgs_async_invoke_configuration.this["live"].max_retry_attempts == 0
    error_message = "Asynchronous calls that fail are tried again."
  }
  assert {
    condition     = jsondecode(fgs_function_event.this["smoke"].content).dry_run
    error_message = "The test event is another one."
  }
}

run "releases_a_change_of_settings" {
  variables {
    settings = { runtime = "Python3.9", handler = "index.handler", memory_size = 512 }
    release  = "v2"
  }

  assert {
    condition     = fgs_function_version.this.memory_size == 512 && fgs_function_alias.this["live"].version == "v2"
    error_message = "The alias does not serve the new settings."
  }
}

run "rolls_back" {
  variables {
    settings = { runtime = "Python3.9", handler = "index.handler", memory_size = 512 }
    release  = "v2"
    aliases  = { live = { version = "v1" } }
  }

  assert {
    condition     = fgs_function_alias.this["live"].version == "v1" && output.version == "v2"
    error_message = "The alias did not move back."
  }
}

run "sends_a_share_to_the_release" {
  variables {
    settings = { runtime = "Python3.9", handler = "index.handler", memory_size = 512 }
    release  = "v2"
    aliases  = { live = { version = "v1", additional_version = { weight = 10 } } }
  }

  assert {
    condition     = fgs_function_alias.this["live"].additional_version.version == "v2"
    error_message = "The canary is not the release."
  }
}
