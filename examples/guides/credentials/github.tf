# A job in GitHub Actions with "permissions: id-token: write" asks for its tokens by itself, also for later ones. STS
# knows the identity provider by its URN.
provider "fgs" {
  region = "cn-north-4"

  assume_role_with_oidc = {
    provider_urn = "iam::14ee2e3501124efcbca7998baa240000:oidc-provider:github"
    audience     = "huaweicloud"
    agency_name  = "deployer"
    domain_id    = "14ee2e3501124efcbca7998baa240000"
  }
}
