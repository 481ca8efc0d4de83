#!/usr/bin/env bash
# Ends with an error unless every image of IMAGES was built by this repository's pipeline from the
# default branch: the proof is the signed provenance, not the name.
set -euo pipefail
shopt -s inherit_errexit

: "${IMAGES:?is not set}" "${SIGNER:?is not set}" "${BRANCH:?is not set}"

list=$(jq --raw-output '.[]' <<<"$IMAGES")
for image in $list; do
  gh attestation verify "oci://$image" --repo "$GITHUB_REPOSITORY" \
    --signer-workflow "$GITHUB_REPOSITORY/$SIGNER" --source-ref "refs/heads/$BRANCH" \
    --deny-self-hosted-runners
done
