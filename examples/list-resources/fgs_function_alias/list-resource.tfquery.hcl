list "fgs_function_alias" "orders" {
  provider = fgs

  config {
    function_urn = "urn:fss:cn-north-4:0123456789abcdef0123456789abcdef:function:default:orders"
  }
}
