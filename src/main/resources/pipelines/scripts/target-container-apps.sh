# A component is a container app of that name.
# shellcheck shell=bash
: "${RESOURCE_GROUP:?is not set. Make AZURE_RESOURCE_GROUP a variable of the environment.}"

readonly READY_ATTEMPTS=60
readonly READY_PAUSE_SECONDS="${READY_PAUSE_SECONDS:-10}"

current_image() {
  az containerapp show --name "$1" --resource-group "$RESOURCE_GROUP" \
    --query 'properties.template.containers[0].image' --output tsv
}

# The update is over before the new revision is ready, and until then the one before answers.
run_image() {
  local attempt
  az containerapp update --name "$1" --resource-group "$RESOURCE_GROUP" --image "$2" --output none
  for attempt in $(seq "$READY_ATTEMPTS"); do
    if az containerapp show --name "$1" --resource-group "$RESOURCE_GROUP" \
      --query '{newest: properties.latestRevisionName, ready: properties.latestReadyRevisionName}' --output json |
      jq --exit-status '.newest != null and .newest == .ready' >/dev/null; then
      return
    fi
    echo "Attempt $attempt of $READY_ATTEMPTS: '$1' is not ready yet"
    sleep "$READY_PAUSE_SECONDS"
  done
  fail "'$1' runs what ran before: the revision with the new image did not become ready."
}
