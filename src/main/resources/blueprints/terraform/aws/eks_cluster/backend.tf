terraform {
  # Bucket, key and region come from the *.s3.tfbackend file of the environment:
  #   terraform init -backend-config=<environment>.s3.tfbackend
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}
