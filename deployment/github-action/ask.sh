#!/usr/bin/env bash
# Asks DevOps Pack whether exactly these bytes may be used. All input comes from the environment; see action.yml.
# Needs curl, jq, find and sha256sum, which every runner of GitHub has.
set -euo pipefail
shopt -s inherit_errexit

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

plain() {
  tr -d '\000-\010\013-\037\177' | sed 's/::/: :/g'
}

fail() {
  printf '::error title=DevOps Pack::%s\n' "$(printf '%s' "$*" | tr '\n\r' '  ' | sed 's/%/%25/g; s/::/: :/g')" >&2
  exit 1
}

check() {
  local name=$1 shape=$2 value=${!1:-}
  [[ $value =~ $shape && $value != *$'\n'* ]] || fail "$3"
}

# post ADDRESS TOKEN-FILE BODY-FILE: the answer is in $work/answer. Never asked twice: what was used is not used again.
post() {
  local status
  : >"$work/answer"
  status=$(curl --silent --show-error --max-time 60 --proto '=http,https' --user-agent devops-pack-action \
    --header "@$2" --header 'Content-Type: application/json' --data-binary "@$3" \
    --output "$work/answer" --write-out '%{http_code}' "$1") || fail "the server does not answer at $DEVOPS_PACK_URL."
  case $status in
    2??) ;;
    *) fail "refused ($status): $(jq --raw-output '.error | "\(.problem). \(.mend)"' "$work/answer" 2>/dev/null || echo 'without a reason')" ;;
  esac
}

# The job's own identity, or the token that was given. Neither stands in a command line, where others could read it.
authorize() {
  local token=${DEVOPS_PACK_TOKEN:-} url
  umask 077
  if [ -z "$token" ]; then
    if [ -z "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] || [ -z "${ACTIONS_ID_TOKEN_REQUEST_TOKEN:-}" ]; then
      fail "there is no token. Give the job the permission 'id-token: write', or this step a token."
    fi
    url=$ACTIONS_ID_TOKEN_REQUEST_URL
    case $url in
      *\?*) url+='&' ;;
      *) url+='?' ;;
    esac
    url+="audience=$(jq --null-input --raw-output --arg audience "${DEVOPS_PACK_AUDIENCE:-$DEVOPS_PACK_URL}" '$audience | @uri')"
    printf 'Authorization: Bearer %s\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" >"$work/request"
    token=$(curl --silent --show-error --fail --max-time 60 --retry 3 --header "@$work/request" "$url" |
      jq --raw-output '.value // empty') || fail "GitHub gives no identity token."
    [ -n "$token" ] || fail "GitHub gives no identity token."
    echo "::add-mask::$token"
  fi
  printf 'Authorization: Bearer %s\n' "$token" >"$work/token"
}

claim() {
  local folder=$DEVOPS_PACK_FOLDER plan=${DEVOPS_PACK_PLAN:-} name
  check DEVOPS_PACK_DIGEST '^sha256:[0-9a-f]{64}$' "'digest' is no digest: sha256: and 64 digits."
  check DEVOPS_PACK_ENVIRONMENT '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$' "'environment' is no environment's name."
  [ -d "$folder" ] || fail "'folder' is no folder."
  [ -z "$(find "$folder" -path "$folder/.git" -prune -o ! -type f ! -type d -print)" ] || fail "'folder' holds something that is no plain file."
  [ -z "$(find "$folder" -path "$folder/.git" -prune -o -name '*[[:cntrl:]]*' -print)" ] || fail "'folder' holds a name with a control character."
  while IFS= read -r name; do
    jq --null-input --arg name "$name" --arg sha256 "sha256:$(sha256sum <"$folder/$name" | cut -d ' ' -f 1)" '{($name): $sha256}'
  done < <(cd "$folder" && find . -path ./.git -prune -o -type f -print | sed 's#^\./##' | LC_ALL=C sort) |
    jq --slurp 'add // {}' >"$work/files"
  if [ -n "$plan" ]; then
    if [ ! -f "$plan" ] || [ -L "$plan" ]; then
      fail "'plan' is no plain file."
    fi
    plan="sha256:$(sha256sum <"$plan" | cut -d ' ' -f 1)"
  fi
  jq --null-input --slurpfile files "$work/files" --arg plan "$plan" --arg digest "$DEVOPS_PACK_DIGEST" \
    --arg environment "$DEVOPS_PACK_ENVIRONMENT" \
    '{$digest, $environment, files: $files[0]} + (if $plan == "" then {} else {$plan} end)' >"$work/body"
}

outcome() {
  local outcome
  case ${DEVOPS_PACK_OUTCOME:-} in
    success | succeeded) outcome=succeeded ;;
    failure | failed) outcome=failed ;;
    *) outcome=unknown ;;
  esac
  jq --null-input --arg outcome "$outcome" \
    --arg note "${GITHUB_SERVER_URL:-}/${GITHUB_REPOSITORY:-}/actions/runs/${GITHUB_RUN_ID:-}" '{$outcome, $note}' >"$work/body"
}

check DEVOPS_PACK_URL '^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?/?$' "'server' is no address."
[[ $DEVOPS_PACK_URL =~ ^(https://|http://(localhost|127\.0\.0\.1)(:|/|$)) ]] || fail "'server' is no https address."
DEVOPS_PACK_URL=${DEVOPS_PACK_URL%/}
check DEVOPS_PACK_APPROVAL '^ap-[a-z2-7]{26}$' "'approval' is no approval's id."

case ${DEVOPS_PACK_STEP:-} in
  verify | consume)
    claim
    path=$DEVOPS_PACK_STEP
    ;;
  report)
    outcome
    path=outcome
    ;;
  *) fail "'step' is none of verify, consume and report." ;;
esac
authorize
post "$DEVOPS_PACK_URL/api/v1/approvals/$DEVOPS_PACK_APPROVAL/$path" "$work/token" "$work/body"
status=$(jq --raw-output '.status // empty' "$work/answer")
[[ $status =~ ^[A-Z]+$ ]] || fail "the server's answer has no status."
if [ "$DEVOPS_PACK_STEP" = consume ] && [ "$status" != CONSUMED ]; then
  fail "the server did not say CONSUMED."
fi
printf 'status=%s\n' "$status" >>"${GITHUB_OUTPUT:-/dev/null}"
printf '%s  %s\n' "$status" "$DEVOPS_PACK_APPROVAL" | plain
