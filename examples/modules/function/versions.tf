terraform {
  required_providers {
    fgs = {
      source = "functiongraph/fgs"
    }
  }
}
