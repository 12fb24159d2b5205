# fgs-emulator prints this block when it starts. The keys open nothing but an emulator.
provider "fgs" {
  endpoint     = "http://127.0.0.1:8787"
  iam_endpoint = "http://127.0.0.1:8787"
  region       = "cn-north-4"
  project_id   = "0123456789abcdef0123456789abcdef"
  access_key   = "FGSEMULATORACCESSKEY"
  secret_key   = "fgs-emulator-secret-key-not-a-secret-0000"
}
