variable "name" {
  description = "Name of the function."
  type        = string
}

variable "code" {
  description = "Where the code comes from: a zip archive, or a folder that the provider packs."
  type = object({
    zip_file   = optional(string)
    source_dir = optional(string)
    exclude    = optional(list(string))
  })

  validation {
    condition     = (var.code.zip_file == null) != (var.code.source_dir == null)
    error_message = "The code is either zip_file or source_dir."
  }
}

variable "settings" {
  description = "Settings of the function. Each change of one is a release."
  type = object({
    runtime          = string
    handler          = string
    timeout          = optional(number, 30)
    memory_size      = optional(number, 256)
    description      = optional(string)
    environment      = optional(map(string))
    agency           = optional(string)
    max_instance_num = optional(number)
    vpc = optional(object({
      vpc_id             = string
      subnet_id          = string
      security_group_ids = optional(set(string))
    }))
  })
}

variable "tags" {
  description = "Tags of the function. They are no part of a version: a change of them is no release."
  type        = map(string)
  default     = {}
}

variable "dependencies" {
  description = "Layers that only this function uses: folders or archives with libraries, by the name of the dependency."
  type = map(object({
    zip_file   = optional(string)
    source_dir = optional(string)
    exclude    = optional(list(string))
  }))
  default = {}
}

variable "dependency_version_ids" {
  description = "Ids of layers that are made elsewhere, or public. They come after those of dependencies."
  type        = list(string)
  default     = []
}

variable "release" {
  description = "Name of the version that this apply publishes. Null is the time in UTC."
  type        = string
  default     = null
}

variable "keep" {
  description = "How many of the newest versions stay, to roll back to."
  type        = number
  default     = 3
}

variable "aliases" {
  description = <<-EOT
    What callers use, by name. Without a version, an alias follows the release; a version can have one alias only.
    A canary is an additional_version, of which the version is the release unless it names another one.
  EOT
  type = map(object({
    version = optional(string)
    additional_version = optional(object({
      version = optional(string)
      weight  = number
    }))
  }))
  default = { live = {} }

  validation {
    condition     = length([for alias in var.aliases : alias if alias.version == null]) <= 1
    error_message = "One alias can follow the release: a version has one alias only. Give the others a version."
  }
}

variable "triggers" {
  description = "What calls the function, by name: the objects of fgs_function_trigger. Each is bound to an alias."
  type = map(object({
    alias   = optional(string, "live")
    enabled = optional(bool, true)
    timer = optional(object({
      rate       = optional(string)
      cron       = optional(string)
      user_event = optional(string)
    }))
    apig = optional(object({
      group_id    = string
      path        = string
      auth        = string
      instance_id = optional(string)
      method      = optional(string)
      timeout_ms  = optional(number)
    }))
    obs = optional(object({
      bucket = string
      events = set(string)
      prefix = optional(string)
      suffix = optional(string)
    }))
    smn = optional(object({
      topic_urn = string
    }))
  }))
  default = {}
}

variable "check" {
  description = <<-EOT
    A JSON object with which each version that is published is called once, before an alias moves to it. The apply ends
    if the function fails. Null for no check.
  EOT
  type        = string
  default     = null
}

variable "reserved_instances" {
  description = "Instances that are kept ready, by the alias that they are for. They stay while it moves."
  type = map(object({
    min_count = number
    schedules = optional(map(object({
      cron       = string
      count      = number
      start_time = string
      end_time   = string
    })))
  }))
  default = {}
}

variable "asynchronous" {
  description = "What becomes of asynchronous calls, by the alias that is called."
  type = map(object({
    max_event_age      = optional(number)
    max_retry_attempts = optional(number)
    on_failure = optional(object({
      smn      = optional(object({ topic_urn = string }))
      function = optional(object({ urn = string }))
    }))
    on_success = optional(object({
      smn      = optional(object({ topic_urn = string }))
      function = optional(object({ urn = string }))
    }))
  }))
  default = {}
}

variable "events" {
  description = "Test events of the function, usually JSON, by name."
  type        = map(string)
  default     = {}
}
