mock_resource "fgs_function" {
  defaults = {
    id          = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked"
    urn         = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked"
    region      = "cn-north-4"
    project_id  = "0123456789abcdef0123456789abcdef"
    package     = "default"
    type        = "v2"
    source_hash = "mocked"
    digest      = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
  }
}

mock_resource "fgs_function_version" {
  defaults = {
    id      = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked:v1"
    urn     = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked:v1"
    version = "v1"
  }
}

mock_resource "fgs_function_alias" {
  defaults = {
    id  = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked:!live"
    urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked:!live"
  }
}

mock_data "fgs_function" {
  defaults = {
    id     = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked"
    urn    = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:mocked"
    digest = "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
  }
}
