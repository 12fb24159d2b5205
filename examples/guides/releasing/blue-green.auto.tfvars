release = "v1" # published by this apply
serve   = null # what production runs: null follows the release, "v1" stays there
