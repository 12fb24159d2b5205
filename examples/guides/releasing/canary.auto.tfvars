release = "v3" # published by this apply
stable  = "v2" # what most calls go to
weight  = 10   # percentage of calls that go to the release
