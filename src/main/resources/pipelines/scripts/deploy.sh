#!/usr/bin/env bash
# Runs images, each named by its digest.
#
#   deploy.sh current   sets the output previous: the images that run now, as JSON
#   deploy.sh apply     runs IMAGES, a JSON object of images by component
#   deploy.sh restore   runs the images of PREVIOUS again, unless others than IMAGES, or than those of RUNNING,
#                       which this release found, run by now
#
# target.sh beside it says how one component is looked at and changed.
set -euo pipefail
shopt -s inherit_errexit

# shellcheck source=target.sh disable=SC1091
source "$(dirname "${BASH_SOURCE[0]}")/target.sh"

fail() {
  printf '::error title=Deploy::%s\n' "$(printf '%s' "$*" | tr '\n\r' '  ' | sed 's/%/%25/g; s/::/: :/g')" >&2
  exit 1
}

# components JSON: the names in it, when all of it has the shape that it should have.
components() {
  jq --exit-status --slurp --arg image "$2" \
    'length == 1 and (.[0] | type == "object" and length > 0 and all(to_entries[];
      (.key | test("^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$")) and (.value | type == "string" and test($image) and (contains("\n") | not))))' \
    >/dev/null <<<"$1" || fail "this is no list of images by component: $1"
  jq --raw-output 'keys[]' <<<"$1"
}

readonly BY_DIGEST='^[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}$'
# What ran before may have been started by a tag.
readonly ANY='^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$'

current() {
  local list component image previous='{}'
  list=$(components "${IMAGES:-}" "$BY_DIGEST")
  for component in $list; do
    image=$(current_image "$component")
    [[ $image =~ $ANY ]] || fail "'$component' runs nowhere yet. Create it once, then deploy."
    previous=$(jq --compact-output --arg name "$component" --arg image "$image" '.[$name] = $image' <<<"$previous")
  done
  echo "Running now: $previous"
  echo "previous=$previous" >>"${GITHUB_OUTPUT:-/dev/null}"
}

# run_one IMAGES COMPONENT
run_one() {
  local image
  echo "Running $2"
  image=$(jq --raw-output --arg name "$2" '.[$name]' <<<"$1")
  run_image "$2" "$image"
}

apply() {
  local list component
  list=$(components "${IMAGES:-}" "$BY_DIGEST")
  for component in $list; do
    run_one "$IMAGES" "$component"
  done
}

# Another release may have begun since this one failed: what it runs is not touched.
restore() {
  local list component now failed=
  list=$(components "${PREVIOUS:-}" "$ANY")
  components "${IMAGES:-}" "$BY_DIGEST" >/dev/null
  if [ -n "${RUNNING:-}" ]; then
    components "$RUNNING" "$ANY" >/dev/null
  fi
  for component in $list; do
    now=$(current_image "$component")
    jq --exit-status --null-input --arg name "$component" --arg now "$now" \
      --argjson failed "$IMAGES" --argjson previous "$PREVIOUS" --argjson running "${RUNNING:-null}" \
      '$now == $failed[$name] or $now == $previous[$name] or $now == $running[$name]' >/dev/null ||
      fail "'$component' runs another release by now: $now. It is left as it is."
  done
  # What cannot be restored does not keep the others from it. In the background a component's own
  # commands still end at the first that fails.
  for component in $list; do
    run_one "$PREVIOUS" "$component" &
    wait "$!" || failed+=" $component"
  done
  [ -z "$failed" ] || fail "these do not run as before:$failed. Look at them now: nothing else is tried."
}

case ${1:-} in
  current) current ;;
  apply) apply ;;
  restore) restore ;;
  *) fail "use current, apply or restore." ;;
esac
