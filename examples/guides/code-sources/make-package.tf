data "fgs_function" "orders" {
  name      = "orders"
  qualifier = "v1" # leave it out for the latest code
}

ephemeral "fgs_function_code" "orders" {
  function_urn = data.fgs_function.orders.qualified_urn
}

# Writes orders.zip: the code file, and the settings in a YAML file beside it.
resource "terraform_data" "package" {
  triggers_replace = data.fgs_function.orders.digest

  provisioner "local-exec" {
    interpreter = ["sh", "-euc"]
    command     = <<-EOT
      rm -rf package orders.zip
      mkdir package
      cd package
      curl --fail --silent --show-error --output "$CODE_FILE" "$LINK"
      # The text of inline code may come as an archive of it.
      case "$CODE_TYPE:$CODE_FILE" in
        *.zip) ;;
        inline:*) if unzip -p "$CODE_FILE" >text 2>/dev/null; then mv text "$CODE_FILE"; else rm text; fi ;;
      esac
      printf '%s' "$SETTINGS" >orders.yaml
      zip --quiet ../orders.zip orders.yaml "$CODE_FILE"
    EOT

    environment = {
      LINK      = ephemeral.fgs_function_code.orders.link
      CODE_TYPE = data.fgs_function.orders.code_type
      CODE_FILE = data.fgs_function.orders.code_filename

      SETTINGS = yamlencode({
        HcCrmTemplateVersion = "v1"
        Resources = {
          orders = {
            Type = "HC::Serverless::Function"
            Properties = {
              Handler      = data.fgs_function.orders.handler
              Runtime      = data.fgs_function.orders.runtime
              CodeType     = data.fgs_function.orders.code_type # inline, zip or jar
              CodeFileName = data.fgs_function.orders.code_filename
              MemorySize   = data.fgs_function.orders.memory_size
              Timeout      = data.fgs_function.orders.timeout
              Version      = "latest"
              Environment  = { Variables = coalesce(data.fgs_function.orders.user_data, {}) }
            }
          }
        }
      })
    }
  }
}
