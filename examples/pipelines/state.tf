terraform {
  backend "s3" {
    bucket    = "shop-terraform"
    key       = "functions/orders.tfstate"
    region    = "cn-north-4"
    endpoints = { s3 = "https://obs.cn-north-4.myhuaweicloud.com" }

    # OBS speaks S3 and is not AWS: none of these questions has an answer there.
    skip_region_validation      = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_requesting_account_id  = true
    skip_s3_checksum            = true
  }
}
