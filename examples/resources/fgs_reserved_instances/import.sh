# By the URN of what is kept ready: of an alias, or of a version. That of the function means its latest code.
terraform import fgs_reserved_instances.live urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live
