output "function_urn" {
  description = "URN of the function itself: code before its release."
  value       = fgs_function.this.urn
}

output "version" {
  description = "Name of the version that was published last."
  value       = fgs_function_version.this.version
}

output "alias_urns" {
  description = "What callers use, by the name of the alias."
  value       = { for name, alias in fgs_function_alias.this : name => alias.urn }
}

output "addresses" {
  description = "Addresses of the triggers of the gateway, by name."
  value       = { for name, trigger in fgs_function_trigger.this : name => trigger.invoke_url if trigger.api_id != null }
}
