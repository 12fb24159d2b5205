import {
  to = fgs_dependency_version.libs
  identity = {
    dependency_id = "6a1b2c3d-0000-4000-8000-000000000002"
    version       = 1
  }
}
