resource "fgs_dependency_version" "this" {
  for_each = var.dependencies

  name    = each.key
  runtime = var.settings.runtime
  code    = each.value

  retain_on_destroy = true # the function goes from one version to the next by one call,
  prune             = { keep = var.keep }
}

resource "fgs_function" "this" {
  name             = var.name
  runtime          = var.settings.runtime
  handler          = var.settings.handler
  timeout          = var.settings.timeout
  memory_size      = var.settings.memory_size
  description      = var.settings.description
  user_data        = var.settings.environment
  agency           = var.settings.agency
  max_instance_num = var.settings.max_instance_num
  vpc              = var.settings.vpc
  tags             = var.tags

  code = {
    zip_file       = var.code.zip_file
    source_dir     = var.code.source_dir
    exclude        = var.code.exclude
    stamp_settings = true # a change of settings or dependencies is a release, too
  }

  dependency_version_ids = concat(
    [for layer in fgs_dependency_version.this : layer.id],
    var.dependency_version_ids,
  )
}
