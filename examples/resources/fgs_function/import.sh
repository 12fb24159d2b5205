# By name, for a function in the package "default",
terraform import fgs_function.orders orders
# by package and name,
terraform import fgs_function.orders default/orders
# or by URN.
terraform import fgs_function.orders urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders
