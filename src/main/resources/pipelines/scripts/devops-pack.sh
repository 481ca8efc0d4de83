#!/usr/bin/env bash
# Asks DevOps Pack whether exactly these bytes may be used, waits for a person to sign, uses the
# permission once and says how it went.
#
#   devops-pack.sh collect FOLDER          puts together what is to be approved
#   devops-pack.sh released FOLDER         ends with an error unless its images were released before
#   devops-pack.sh submit FOLDER [PLAN]    asks; sets the outputs change-set, digest, approval and judged
#   devops-pack.sh wait                    waits a bounded while until people have approved
#   devops-pack.sh consume FOLDER [PLAN]   uses the permission, once
#   devops-pack.sh previous                sets the output previous: the images to return to if this release fails
#   devops-pack.sh report STATUS           says how it went: success, failure or cancelled
#
# From the environment: DEVOPS_PACK_URL, DEVOPS_PACK_TOKEN, DEVOPS_PACK_ENVIRONMENT, and between the
# commands DEVOPS_PACK_CHANGE_SET, DEVOPS_PACK_DIGEST, DEVOPS_PACK_APPROVAL, DEVOPS_PACK_JUDGED. With
# DEVOPS_PACK_PEOPLE=where-asked it is enough that the gates passed exactly these bytes where the
# server asks nobody about them; where it asks, the permission is waited for and used. Without a token a job that
# may (id-token: write) shows the identity that GitHub gives it, made for DEVOPS_PACK_AUDIENCE, else for
# DEVOPS_PACK_URL.
set -euo pipefail
shopt -s inherit_errexit

readonly WAIT_MINUTES="${DEVOPS_PACK_WAIT_MINUTES:-20}"
readonly POLL_SECONDS="${DEVOPS_PACK_POLL_SECONDS:-15}"
# Half a minute together: a server that is restarted is back by then.
readonly RETRIES="${DEVOPS_PACK_RETRIES:-5}"
# Whether bytes that passed the gates may be used where nobody is asked about them.
readonly PEOPLE="${DEVOPS_PACK_PEOPLE:-always}"
# Releases further back are found on the page.
readonly RELEASES_LOOKED_AT=50
# What the server takes.
readonly AUTHORS_NAMED=100
# Looked at where the commit of the last release cannot be found.
readonly COMMITS_LOOKED_AT=1000

work=$(mktemp -d)
readonly work
# What a refusal ends with.
advice=
trap 'rm -rf -- "$work"' EXIT

# Text of the server or of a file cannot give the runner commands or move the cursor.
plain() {
  LC_ALL=C tr -d '\000-\010\013-\037\177' | sed 's/::/: :/g'
}

say() {
  printf '%s\n' "$*" | plain
}

fail() {
  printf '::error title=DevOps Pack::%s\n' "$(printf '%s' "$*" | tr '\n\r' '  ' | plain | sed 's/%/%25/g')" >&2
  exit 1
}

summary() {
  printf '%s\n\n' "$*" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

output() {
  printf '%s=%s\n' "$1" "$2" >>"${GITHUB_OUTPUT:-/dev/null}"
}

need() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || fail "$name is not set. Make it a variable or a secret of the repository or the environment."
  done
}

tools() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || fail "there is no '$tool' on this runner. Install it, or use one of GitHub's own runners."
  done
}

# The identity of this job, which GitHub signs.
identity() {
  local url=$ACTIONS_ID_TOKEN_REQUEST_URL audience
  audience=$(jq --null-input --raw-output --arg audience "${DEVOPS_PACK_AUDIENCE:-${DEVOPS_PACK_URL%/}}" '$audience | @uri')
  case $url in
    *\?*) url+="&audience=$audience" ;;
    *) url+="?audience=$audience" ;;
  esac
  (umask 077 && printf 'Authorization: Bearer %s\n' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" >"$work/identity")
  curl --silent --show-error --fail --max-time 60 --retry 3 --header "@$work/identity" "$url" |
    jq --exit-status --raw-output '.value | strings' || fail "GitHub gives this job no identity token."
}

# The token stands in a file that only this job reads: no list of processes shows it.
connect() {
  local token=${DEVOPS_PACK_TOKEN:-}
  tools curl jq
  need DEVOPS_PACK_URL
  case $DEVOPS_PACK_URL in
    https://* | http://localhost:* | http://127.0.0.1:*) ;;
    *) fail "DEVOPS_PACK_URL is no https address." ;;
  esac
  if [ -z "$token" ] && [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] && [ -n "${ACTIONS_ID_TOKEN_REQUEST_TOKEN:-}" ]; then
    token=$(identity)
    echo "::add-mask::$token"
  elif [ -z "$token" ]; then
    need DEVOPS_PACK_TOKEN
  fi
  (umask 077 && printf 'Authorization: Bearer %s\n' "$token" >"$work/token")
}

# call METHOD PATH [BODY]: the answer is in $work/answer, a JSON document unless it is a file. A question is asked again
# when the server is restarted meanwhile, and so is what does no harm twice: what was used up once is
# not used up twice.
call() {
  local method=$1 path=$2 body=${3:-} status reason
  local options=(--silent --show-error --max-time 60 --proto '=http,https'
    --user-agent devops-pack-pipeline --request "$method" --header "@$work/token"
    --output "$work/answer" --write-out '%{http_code}')
  case "$method $path" in
    GET\ * | *\ /api/v1/change-sets | */outcome) options+=(--retry "$RETRIES" --retry-connrefused) ;;
  esac
  if [ -n "$body" ]; then
    options+=(--header 'Content-Type: application/json' --data-binary "@$body")
  fi
  : >"$work/answer"
  status=$(curl "${options[@]}" "${DEVOPS_PACK_URL%/}$path") || fail "the server does not answer at DEVOPS_PACK_URL."
  case $status in
    2??) ;;
    *)
      reason=$(jq --raw-output '.error | objects | "\(.problem). \(.mend)"' "$work/answer" 2>/dev/null) || reason=
      fail "refused ($status): ${reason:-without a reason.}${advice:+ $advice}"
      ;;
  esac
  case $path in
    */files/*) return ;; # as people made it
  esac
  jq --exit-status --slurp 'length == 1 and (.[0] | type == "object" or type == "array")' "$work/answer" >/dev/null 2>&1 ||
    fail "what answers at DEVOPS_PACK_URL is not DevOps Pack: its answer to $method ${path%%\?*} is no JSON document. Look whether a proxy or a sign-in page stands before it."
}

# field FILTER SHAPE: a value of the answer that has exactly this shape.
field() {
  local value
  value=$(jq --raw-output "$1 // empty" "$work/answer" 2>/dev/null) || value=
  [[ $value =~ $2 ]] || fail "the server's answer has no usable $1."
  printf '%s' "$value"
}

stack() {
  local owner_and_repository
  need GITHUB_REPOSITORY DEVOPS_PACK_ENVIRONMENT
  owner_and_repository=$(printf '%s' "$GITHUB_REPOSITORY" | tr '[:upper:].' '[:lower:]-' |
    sed 's#\(^\|/\)[-_]*#\1#g' | awk -F / '{ print substr($1, 1, 63) "/" substr($2, 1, 63) }')
  printf '%s/%s' "$owner_and_repository" "$DEVOPS_PACK_ENVIRONMENT"
}

plain_files_only() {
  [ -d "$1" ] || fail "there is no folder $1."
  [ -z "$(find "$1" ! -type f ! -type d)" ] || fail "$1 holds something that is no plain file."
  [ -z "$(find "$1" -name '*[[:cntrl:]]*')" ] || fail "$1 holds a name with a line break."
}

# names FOLDER: its files, in an order that every machine gives.
names() {
  (cd "$1" && find . -type f | sed 's#^\./##' | LC_ALL=C sort)
}

in_base64() {
  base64 <"$1" | tr -d '\n'
}

sha256() {
  printf 'sha256:%s' "$(sha256sum <"$1" | cut -d ' ' -f 1)"
}

collect() {
  local folder=$1 file
  tools jq
  need DEVOPS_PACK_ENVIRONMENT GITHUB_REPOSITORY GITHUB_SHA WORKFLOW KIND
  rm -rf -- "$folder"
  mkdir -p "$folder"
  if [ -n "${MODULE:-}" ]; then
    (cd "$MODULE" && git ls-files -z) | while IFS= read -r -d '' file; do
      mkdir -p "$folder/$(dirname "$file")"
      cp -- "$MODULE/$file" "$folder/$file"
    done
  fi
  jq --null-input --sort-keys \
    --arg commit "$GITHUB_SHA" --arg environment "$DEVOPS_PACK_ENVIRONMENT" --arg kind "$KIND" \
    --arg repository "$GITHUB_REPOSITORY" --arg workflow "$WORKFLOW" \
    --argjson images "${IMAGES:-null}" \
    '{$commit, $environment, $kind, $repository, $workflow}
      + (if $images == null then {} else {$images, onFailure:
          (if $kind == "release" then "the images that ran before run again" else "it is left as it is" end)} end)' \
    >"$folder/release.json"
  for file in "$WORKFLOW" .github/scripts/*.sh; do
    mkdir -p "$folder/$(dirname "$file")"
    cp -- "$file" "$folder/$file"
  done
  cat "$folder/release.json"
}

readonly SUCCEEDED='.approval.status == "SUCCEEDED"'
readonly PASSED='(.verdicts | length > 0 and all(.[]; .status == "PASSED" or .status == "NOT_APPLICABLE")
  and any(.[]; .gate == "gate.security.infra" and .status == "PASSED"))'

# find_release WHICH FILTER...: of the newest releases of which WHICH is true the first that fits. Its
# id is in found, its release.json in $work/answer.
find_release() {
  local id which=$1
  shift
  found=
  call GET "/api/v1/change-sets?stack=$(stack)&limit=$RELEASES_LOOKED_AT"
  cp -- "$work/answer" "$work/list"
  jq --raw-output '.[].id' "$work/list" >"$work/ids" 2>/dev/null || fail "the server's list of releases is none."
  while IFS= read -r id; do
    [[ $id =~ ^cs-[a-z0-9]+$ ]] || continue
    call GET "/api/v1/change-sets/$id"
    if jq --exit-status "$which"' and any(.changeSet.files[]?; .name == "release.json")' \
      "$work/answer" >/dev/null; then
      call GET "/api/v1/change-sets/$id/files/release.json"
      if jq --exit-status "$@" "$work/answer" >/dev/null; then
        found=$id
        return
      fi
    fi
  done <"$work/ids"
}

# last_release: sets base to the commit of the last release that succeeded; empty where none is in
# sight. A rollback is no such release.
last_release() {
  base=
  find_release "$SUCCEEDED" '.kind == "release"'
  if [ -n "$found" ]; then
    base=$(field .commit '^[0-9a-f]{40}([0-9a-f]{24})?$')
  fi
}

# last_judged: the same where nobody is asked, so nothing is reported either: the last other commit
# whose files passed the gates.
last_judged() {
  find_release ".approval == null and $PASSED" '.kind == "release" and .commit != env.GITHUB_SHA'
  if [ -n "$found" ]; then
    base=$(field .commit '^[0-9a-f]{40}([0-9a-f]{24})?$')
  fi
}

# A run that waited long, or was started again, does not put an older commit over a newer one.
not_overtaken() {
  [ "${KIND:-}" != rollback ] && [ -n "$base" ] || return 0
  git cat-file -e "$base^{commit}" 2>/dev/null || return 0
  if [ "$(git rev-parse HEAD)" != "$base" ] && git merge-base --is-ancestor HEAD "$base"; then
    fail "a newer commit, ${base:0:12}, was released to $DEVOPS_PACK_ENVIRONMENT meanwhile: this run would go back behind it. To go back start the workflow that rolls back, or revert the commits."
  fi
}

# Who wrote the commits since the last release: these people do not count as approvers. Before the
# first one it is the last commit alone; where the last release or its commit is out of sight, the
# newest commits.
authors() {
  local base='' since all named
  printf '[]' >"$work/authors"
  if [ ! -e .git ]; then
    say "There is no git repository here: nobody is named as an author."
    return
  fi
  tools git
  last_release
  not_overtaken
  if [ -z "$base" ] && [ "$PEOPLE" = where-asked ]; then
    last_judged
  fi
  if [ -n "$base" ] && git cat-file -e "$base^{commit}" 2>/dev/null; then
    since="since the release of ${base:0:12}"
    git log --no-show-signature --format=%ae "$base..HEAD" -- >"$work/commits"
  elif [ -z "$base" ] && [ "$(jq length "$work/list")" -lt "$RELEASES_LOOKED_AT" ]; then
    since="the last one, as nothing was released before"
    git log --no-show-signature --format=%ae --max-count=1 HEAD -- >"$work/commits"
  elif [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    fail "the clone does not reach back to the last release, so nobody knows who wrote this one. Give the step that checks out 'fetch-depth: 0'."
  else
    since="the newest $COMMITS_LOOKED_AT, as the last release's is not among them"
    git log --no-show-signature --format=%ae --max-count="$COMMITS_LOOKED_AT" HEAD -- >"$work/commits"
  fi
  LC_ALL=C tr '[:upper:]' '[:lower:]' <"$work/commits" | LC_ALL=C awk '!seen[$0]++' >"$work/everybody"
  # What is no plain address names nobody whom the server knows.
  { LC_ALL=C grep --text --extended-regexp --line-regexp \
    "[][a-z0-9.!#\$%&'*+/=?^_\`{|}~-]{1,64}@[a-z0-9.-]{1,190}" "$work/everybody" || true; } |
    jq --raw-input --null-input --argjson most "$AUTHORS_NAMED" '[inputs][:$most]' >"$work/authors"
  all=$(wc -l <"$work/everybody")
  named=$(jq length "$work/authors")
  say "Named as authors: $named of $all who wrote commits, $since."
  if [ "$named" -lt "$all" ]; then
    summary "Only $named of the $all who wrote commits of it are named to the server: who is not named can approve."
  fi
}

# fingerprint FOLDER [PLAN]: one text for all of its names and bytes.
fingerprint() {
  local name
  {
    while IFS= read -r name; do
      printf '%s %s\n' "$(sha256 "$1/$name")" "$name"
    done < <(names "$1")
    if [ -n "${2:-}" ]; then
      printf 'plan %s\n' "$(sha256 "$2")"
    fi
  } >"$work/fingerprint"
  sha256 "$work/fingerprint"
}

submit() {
  local folder=$1 plan=${2:-} name change_set digest approval url code
  need DEVOPS_PACK_ENVIRONMENT GITHUB_SERVER_URL GITHUB_REPOSITORY GITHUB_SHA
  connect
  plain_files_only "$folder"
  while IFS= read -r name; do
    jq --null-input --arg name "$name" --rawfile content <(in_base64 "$folder/$name") \
      '{$name, contentBase64: $content}'
  done < <(names "$folder") | jq --slurp . >"$work/files"
  : >"$work/plan"
  if [ -n "$plan" ]; then
    in_base64 "$plan" >"$work/plan"
  fi
  authors
  jq --null-input --slurpfile files "$work/files" --rawfile plan "$work/plan" --slurpfile authors "$work/authors" \
    --arg stack "$(stack)" --arg environment "$DEVOPS_PACK_ENVIRONMENT" \
    --arg repository "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" --arg commit "$GITHUB_SHA" \
    '{$stack, $environment, $repository, $commit, authors: $authors[0], files: $files[0]}
      + (if $plan == "" then {} else {planBase64: $plan} end)' >"$work/body"
  call POST /api/v1/change-sets "$work/body"
  jq --raw-output '.verdicts[] | "\(.gate)  \(.status)  \(.summary)",
      (.findings[]? | "    \(.severity) \(.rule) \(.file):\(.line): \(.message). \(.mend)")' \
    "$work/answer" 2>/dev/null | plain || fail "the server's answer has no verdicts."
  if [ "$(jq --raw-output '.approval | objects | .status' "$work/answer")" = DENIED ]; then
    denied
  fi
  if jq --exit-status '[.verdicts[].status] | index("FAILED")' "$work/answer" >/dev/null; then
    fail "a gate is shut: nobody is asked before what it found is mended."
  fi
  change_set=$(field .changeSet.id '^cs-[a-z0-9]+$')
  digest=$(field .changeSet.digest '^sha256:[0-9a-f]{64}$')
  code=$(field .changeSet.code '^[A-Z0-9]+-[A-Z0-9]+$')
  if [ "$PEOPLE" = where-asked ] && jq --exit-status '.approval == null' "$work/answer" >/dev/null; then
    jq --exit-status "$PASSED" "$work/answer" >/dev/null ||
      fail "the gates have not passed these bytes, so they may not be used."
    output change-set "$change_set"
    output digest "$digest"
    output approval ''
    output judged "$(fingerprint "$folder" "$plan")"
    say "JUDGED  $change_set passed the gates. Nobody is asked about it."
    return
  fi
  jq --exit-status .approval.id "$work/answer" >/dev/null ||
    fail "the server asks nobody about '$DEVOPS_PACK_ENVIRONMENT', so there is no permission to use. Let its policy count it as production."
  approval=$(field .approval.id '^ap-[a-z0-9]+$')
  url=$(field .approval.url '^https?://[A-Za-z0-9.:/_-]+$')
  output change-set "$change_set"
  output digest "$digest"
  output approval "$approval"
  output judged ''
  say "An approver opens $url and compares the code $code."
  summary "An approver opens [$change_set]($url) and compares the code **$code**."
}

denied() {
  fail "DENIED: $(jq --raw-output '.approval.reason // "without a reason"' "$work/answer"). These bytes stay denied: change them."
}

# Whether the gates alone decide: the server asked nobody, and that is enough here.
nobody_asked() {
  [ "$PEOPLE" = where-asked ] && [ -z "${DEVOPS_PACK_APPROVAL:-}" ]
}

wait_for_people() {
  local end status url approval base
  if nobody_asked; then
    say "Nobody is asked about it."
    return
  fi
  need DEVOPS_PACK_CHANGE_SET DEVOPS_PACK_APPROVAL
  connect
  end=$(($(date +%s) + WAIT_MINUTES * 60))
  while true; do
    call GET "/api/v1/change-sets/$DEVOPS_PACK_CHANGE_SET"
    approval=$(field .approval.id '^ap-[a-z0-9]+$')
    [ "$approval" = "$DEVOPS_PACK_APPROVAL" ] ||
      fail "a newer request took this one's place. Run the failed jobs again."
    status=$(field .approval.status '^[A-Z]+$')
    url=$(field .approval.url '^https?://[A-Za-z0-9.:/_-]+$')
    case $status in
      APPROVED)
        say "APPROVED  $url"
        if [ -e .git ]; then
          tools git
          last_release
          not_overtaken
        fi
        return
        ;;
      PENDING) ;;
      DENIED) denied ;;
      *) fail "the request is $status. Run the failed jobs again to ask anew." ;;
    esac
    if [ "$(date +%s)" -ge "$end" ]; then
      summary "Nobody has approved yet. Approve at [$DEVOPS_PACK_CHANGE_SET]($url), then run the failed jobs again."
      fail "nobody has approved within $WAIT_MINUTES minutes. Approve at $url and run the failed jobs again."
    fi
    sleep "$POLL_SECONDS"
  done
}

consume() {
  local folder=$1 plan=${2:-} name status
  local job='Approve'
  if [ "$PEOPLE" = where-asked ]; then
    job='Judge'
  fi
  local advice="To ask anew run the job '$job ${DEVOPS_PACK_ENVIRONMENT:-}' of this run again: 'Re-run failed jobs' leaves it out."
  if nobody_asked; then
    need DEVOPS_PACK_JUDGED
    plain_files_only "$folder"
    [ "$(fingerprint "$folder" "$plan")" = "$DEVOPS_PACK_JUDGED" ] ||
      fail "these are not the bytes that passed the gates. Run the job '$job ${DEVOPS_PACK_ENVIRONMENT:-}' of this run again."
    say "JUDGED  exactly these bytes passed the gates."
    return
  fi
  need DEVOPS_PACK_ENVIRONMENT DEVOPS_PACK_APPROVAL DEVOPS_PACK_DIGEST
  connect
  plain_files_only "$folder"
  while IFS= read -r name; do
    jq --null-input --arg name "$name" --arg sha256 "$(sha256 "$folder/$name")" '{($name): $sha256}'
  done < <(names "$folder") | jq --slurp add >"$work/files"
  jq --null-input --slurpfile files "$work/files" --arg digest "$DEVOPS_PACK_DIGEST" \
    --arg environment "$DEVOPS_PACK_ENVIRONMENT" --arg plan "${plan:+$(sha256 "$plan")}" \
    '{$digest, $environment, files: $files[0]} + (if $plan == "" then {} else {$plan} end)' \
    >"$work/body"
  call POST "/api/v1/approvals/$DEVOPS_PACK_APPROVAL/consume" "$work/body"
  status=$(field .status '^[A-Z]+$')
  [ "$status" = CONSUMED ] || fail "the server did not say CONSUMED."
  say "CONSUMED  $DEVOPS_PACK_APPROVAL: exactly these bytes may be used now, once."
}

# Where a release failed and nobody has undone it yet, its images are what RUNNING holds. Then those of
# the last release that succeeded are what to return to.
previous() {
  local id status images
  need DEVOPS_PACK_APPROVAL RUNNING
  connect
  call GET "/api/v1/approvals/$DEVOPS_PACK_APPROVAL/earlier"
  jq --raw-output '.[] | "\(.changeSet) \(.status)"' "$work/answer" >"$work/earlier" 2>/dev/null ||
    fail "the server's list of earlier releases is none."
  : >"$work/failed"
  echo '{}' >"$work/good"
  while read -r id status; do
    [[ $id =~ ^cs-[a-z0-9]+$ ]] || continue
    case $status in
      SUCCEEDED | FAILED | UNKNOWN) ;;
      *) continue ;;
    esac
    call GET "/api/v1/change-sets/$id"
    jq --exit-status 'any(.changeSet.files[]?; .name == "release.json")' "$work/answer" >/dev/null || continue
    call GET "/api/v1/change-sets/$id/files/release.json"
    if [ "$status" = SUCCEEDED ]; then
      jq '.images // {}' "$work/answer" >"$work/good"
      break
    fi
    jq '.images // {}' "$work/answer" >>"$work/failed"
  done <"$work/earlier"
  images=$(jq --null-input --compact-output --argjson running "$RUNNING" \
    --slurpfile failed "$work/failed" --slurpfile good "$work/good" \
    '$running | with_entries(.key as $name | .value as $now
      | if any($failed[]; .[$name] == $now) and ($good[0][$name] | type == "string") then .value = $good[0][$name] else . end)') ||
    fail "RUNNING is no list of images by component."
  output previous "$images"
}

report() {
  local outcome status
  if nobody_asked; then
    say "Nobody was asked about it, so nothing is reported."
    return
  fi
  need DEVOPS_PACK_APPROVAL
  case $1 in
    success) outcome=succeeded ;;
    failure) outcome=failed ;;
    *) outcome=unknown ;;
  esac
  connect
  jq --null-input --arg outcome "$outcome" \
    --arg note "${GITHUB_SERVER_URL:-}/${GITHUB_REPOSITORY:-}/actions/runs/${GITHUB_RUN_ID:-}" \
    '{$outcome, $note}' >"$work/body"
  call POST "/api/v1/approvals/$DEVOPS_PACK_APPROVAL/outcome" "$work/body"
  status=$(field .status '^[A-Z]+$')
  [ "$status" = "${outcome^^}" ] || fail "the server did not say ${outcome^^}."
  say "REPORTED  $outcome"
}

released() {
  connect
  find_release "$SUCCEEDED" --slurpfile wanted "$1/release.json" ".images == \$wanted[0].images"
  [ -n "$found" ] ||
    fail "these images are in none of the last $RELEASES_LOOKED_AT releases to $DEVOPS_PACK_ENVIRONMENT. Roll back to images of a release that succeeded."
  say "These images were released by $found."
}

command=${1:-}
folder=${2:-}
case $command in
  collect | released | submit | consume)
    [ -n "$folder" ] || fail "$command needs a folder."
    "$command" "$folder" "${3:-}"
    ;;
  wait) wait_for_people ;;
  previous) previous ;;
  report) report "${2:-}" ;;
  *) fail "use collect, released, submit, wait, consume, previous or report." ;;
esac
