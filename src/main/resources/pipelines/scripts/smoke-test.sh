#!/usr/bin/env bash
# Ends with an error unless the address answers with success within a minute and a half.
set -euo pipefail

readonly ATTEMPTS=15
readonly PAUSE_SECONDS="${SMOKE_TEST_PAUSE_SECONDS:-6}"

: "${SMOKE_TEST_URL:?is not set. Make it a variable of the environment: an address that answers 2xx when the release works.}"

case $SMOKE_TEST_URL in
  https://* | http://*) ;;
  *)
    echo "::error title=Smoke test::SMOKE_TEST_URL is no http address."
    exit 1
    ;;
esac
for attempt in $(seq "$ATTEMPTS"); do
  status=$(curl --silent --output /dev/null --max-time 10 --proto '=http,https' \
    --write-out '%{http_code}' "$SMOKE_TEST_URL" || true)
  echo "Attempt $attempt of $ATTEMPTS: $status"
  case $status in
    2??) exit 0 ;;
  esac
  sleep "$PAUSE_SECONDS"
done
echo "::error title=Smoke test::the release does not answer with success."
exit 1
