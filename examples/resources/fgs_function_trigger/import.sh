# The URN of what is called, the type in capitals and the trigger's id. The data source fgs_function_triggers lists them.
terraform import fgs_function_trigger.nightly urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders:!live/TIMER/f0b1c2d3-0000-4000-8000-000000000001
