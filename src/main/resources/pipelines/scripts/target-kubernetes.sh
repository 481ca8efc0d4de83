# A component is a Deployment of that name with a container of that name.
# shellcheck shell=bash
: "${NAMESPACE:?is not set. Make KUBERNETES_NAMESPACE a variable of the environment.}"

current_image() {
  kubectl --namespace "$NAMESPACE" get deployment "$1" \
    --output "jsonpath={.spec.template.spec.containers[?(@.name=='$1')].image}"
}

run_image() {
  kubectl --namespace "$NAMESPACE" set image "deployment/$1" "$1=$2"
  kubectl --namespace "$NAMESPACE" rollout status "deployment/$1" --timeout=10m
}
