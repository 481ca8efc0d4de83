#!/usr/bin/env bash
# Plans once and applies exactly that plan.
#
#   terraform.sh plan    writes plan.bin.sealed; sets the output sha256 of the plan
#   terraform.sh open    turns plan.bin.sealed into plan.bin, when it is the plan that was made
#   terraform.sh ready   prepares the module, so that what cannot be had is missed before an approval is used
#   terraform.sh apply   applies plan.bin
#   terraform.sh check   ends with an error when the infrastructure is not as planned
#
# MODULE is the folder of the root module. A plan can hold secrets: it leaves the job sealed with
# PLAN_PASSPHRASE, and PLAN_SHA256 proves that it is the same one.
set -euo pipefail
shopt -s inherit_errexit

: "${MODULE:?is not set}" "${ENVIRONMENT:?is not set}"

readonly HERE="$PWD"

fail() {
  printf '::error title=Terraform::%s\n' "$*" >&2
  exit 1
}

init() {
  local backend=() file
  for file in "$ENVIRONMENT".*.tfbackend; do
    if [ -f "$file" ]; then
      backend+=("-backend-config=$file")
    fi
  done
  terraform init -input=false -no-color -lockfile=readonly ${backend[@]+"${backend[@]}"}
}

passphrase() {
  [ -n "${PLAN_PASSPHRASE:-}" ] || fail "PLAN_PASSPHRASE is not set. Make TERRAFORM_PLAN_PASSPHRASE a secret of the repository."
}

cd "$MODULE"
case ${1:-} in
  plan)
    passphrase
    init
    # Whoever plans may only read, so cannot lock. A plan that was overtaken is refused by apply.
    terraform plan -input=false -no-color -lock=false -out="$HERE/plan.bin"
    echo "sha256=$(sha256sum <"$HERE/plan.bin" | cut -d ' ' -f 1)" >>"${GITHUB_OUTPUT:-/dev/null}"
    openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -salt -pass env:PLAN_PASSPHRASE \
      -in "$HERE/plan.bin" -out "$HERE/plan.bin.sealed"
    ;;
  open)
    passphrase
    openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -pass env:PLAN_PASSPHRASE \
      -in "$HERE/plan.bin.sealed" -out "$HERE/plan.bin"
    [ "$(sha256sum <"$HERE/plan.bin" | cut -d ' ' -f 1)" = "${PLAN_SHA256:-}" ] ||
      fail "this is not the plan that was made."
    ;;
  ready) init ;;
  apply)
    terraform apply -input=false -no-color -lock-timeout=2m "$HERE/plan.bin" ||
      fail "the plan was not applied, or not to its end. Where it is stale, run the job 'Plan $ENVIRONMENT' of this run again: what it plans is approved anew."
    ;;
  check)
    terraform plan -input=false -no-color -lock-timeout=2m -detailed-exitcode >/dev/null ||
      fail "the infrastructure is not as planned. Plan again and read the difference."
    ;;
  *) fail "use plan, open, ready, apply or check." ;;
esac
