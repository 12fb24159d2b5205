import {
  to = fgs_dependency_version.libs
  id = "orders-libs/1"
}
