# By the URN of the version: that of the function, ":" and the name of the version.
terraform import fgs_function_version.orders urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:v20260102-030405
