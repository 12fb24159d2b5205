release = "v1"
stable  = "v1"
weight  = 10
