# By the URN of the function, "/" and the name of the event, or the service's id in the place of the name.
terraform import fgs_function_event.smoke urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders/smoke
