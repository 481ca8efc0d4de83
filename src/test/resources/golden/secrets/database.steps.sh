#!/usr/bin/env bash
# Run where the files lie beside this one, signed in to Vault as somebody who may write there.
set -euo pipefail
vault write 'sys/policies/password/kv-payments-database' policy=@'database.password-policy.hcl'
vault policy write 'kv-payments-database-read' 'database.vault-policy.hcl'
vault read 'sys/policies/password/kv-payments-database' > /dev/null
vault read -field=password 'sys/policies/password/kv-payments-database/generate' |
  vault kv put -mount='kv' -cas=2 'payments/database' 'password'=- > /dev/null
# To hand it out, once: vault kv get -wrap-ttl=5m -mount='kv' 'payments/database'
