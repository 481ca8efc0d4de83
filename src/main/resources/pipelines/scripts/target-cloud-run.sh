# A component is a Cloud Run service of that name.
# shellcheck shell=bash
: "${REGION:?is not set. Make GCP_REGION a variable of the environment.}"

current_image() {
  gcloud run services describe "$1" --region "$REGION" \
    --format 'value(spec.template.spec.containers[0].image)'
}

run_image() {
  gcloud run deploy "$1" --image "$2" --region "$REGION" --quiet
}
