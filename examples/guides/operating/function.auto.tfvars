instances = -1
