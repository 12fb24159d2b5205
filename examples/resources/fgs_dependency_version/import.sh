# By the name of the dependency, "/" and the number of the version.
terraform import fgs_dependency_version.libs orders-libs/1
# Or by the name alone: the newest version.
terraform import fgs_dependency_version.libs orders-libs
