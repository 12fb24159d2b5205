# A profile of KooCLI (hcloud), in ~/.hcloud/config.json, says who and where. Its secrets must not be encrypted:
# hcloud configure set --cli-auth-encrypt=false
provider "fgs" {
  profile = "deployer"
}
