# By the URN of the alias: that of the function, ":!" and the name of the alias.
terraform import fgs_function_alias.production urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!production
# Or by the URN of the function, "/" and the name of the alias.
terraform import fgs_function_alias.production urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders/production
