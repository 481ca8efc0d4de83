# A component is a container app of that name.
# shellcheck shell=bash
: "${RESOURCE_GROUP:?is not set. Make AZURE_RESOURCE_GROUP a variable of the environment.}"

current_image() {
  az containerapp show --name "$1" --resource-group "$RESOURCE_GROUP" \
    --query 'properties.template.containers[0].image' --output tsv
}

run_image() {
  az containerapp update --name "$1" --resource-group "$RESOURCE_GROUP" --image "$2" --output none
}
