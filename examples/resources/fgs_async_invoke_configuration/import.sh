# By the URN of what is called: of an alias, or of a version. That of the function means its latest code.
terraform import fgs_async_invoke_configuration.live urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live
