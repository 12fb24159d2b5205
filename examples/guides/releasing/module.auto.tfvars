serve = {} # { stock = "v20260102-030405" } keeps stock there
