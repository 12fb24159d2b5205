# A pipeline's token is in a file, or in HW_ASSUME_ROLE_ID_TOKEN. IAM knows the identity provider by its name.
provider "fgs" {
  region = "cn-north-4"

  assume_role_with_oidc = {
    idp_id        = "gitlab"
    id_token_file = "id-token.jwt"
    agency_name   = "deployer"
    domain_name   = "production"
  }
}
