# A component is a service of the cluster with a container of that name.
# shellcheck shell=bash
: "${CLUSTER:?is not set. Make ECS_CLUSTER a variable of the environment.}"

task_definition() {
  aws ecs describe-services --cluster "$CLUSTER" --services "$1" \
    --query 'services[0].taskDefinition' --output text
}

# Where there is no such service or container the commands say None.
current_image() {
  local definition image
  definition=$(task_definition "$1")
  [ "$definition" != None ] || return 0
  image=$(aws ecs describe-task-definition --task-definition "$definition" \
    --query "taskDefinition.containerDefinitions[?name=='$1'].image | [0]" --output text)
  [ "$image" = None ] || printf '%s\n' "$image"
}

run_image() {
  local definition arn
  arn=$(task_definition "$1")
  definition=$(aws ecs describe-task-definition --task-definition "$arn" \
    --query taskDefinition --output json |
    jq --compact-output --arg name "$1" --arg image "$2" \
      '(.containerDefinitions[] | select(.name == $name)).image = $image
        | del(.taskDefinitionArn, .revision, .status, .requiresAttributes, .compatibilities,
              .registeredAt, .registeredBy, .deregisteredAt)')
  arn=$(aws ecs register-task-definition --cli-input-json "$definition" \
    --query taskDefinition.taskDefinitionArn --output text)
  aws ecs update-service --cluster "$CLUSTER" --service "$1" --task-definition "$arn" \
    --query service.serviceName --output text
  aws ecs wait services-stable --cluster "$CLUSTER" --services "$1"
  # A service whose circuit breaker went back to what ran before is stable as well.
  [ "$(task_definition "$1")" = "$arn" ] || fail "'$1' went back to what ran before: the new image did not become healthy."
}
