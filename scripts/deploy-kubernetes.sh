#!/usr/bin/env bash
# scripts/deploy-kubernetes.sh <registry/name@sha256:…>: brings one image to the deployments of infra/kubernetes, one after
# the other, callers last. Where one does not become ready, all that were changed go back. kubectl must know the cluster.
set -euo pipefail
namespace=ecommerce
patience=${ROLLOUT_TIMEOUT:-10m}
image=${1:-}

if [[ ! "$image" =~ ^[a-z0-9./:_-]+@sha256:[0-9a-f]{64}$ ]]; then
  echo "deploy-kubernetes: say the image by digest, registry/name@sha256:…, not \"$image\"; nothing was touched" >&2
  exit 2
fi

in_namespace() { kubectl --namespace "$namespace" "$@"; }
running() { in_namespace get "deployment/$1" --output "jsonpath={.spec.template.spec.containers[?(@.name=='$1')].image}"; }

# To the image that was read before, not to the revision before: of a deployment that was not changed that is an older one.
changed=()
go_back() {
  trap '' INT TERM
  local names=""
  # In words that the bash of macOS takes, whose empty arrays are unset.
  for pair in ${changed[@]+"${changed[@]}"}; do
    in_namespace set image "deployment/${pair%%=*}" "$pair" || echo "deploy-kubernetes: ${pair%%=*} could not be taken back" >&2
    names="$names ${pair%%=*}"
  done
  echo "deploy-kubernetes: taken back:${names:- nothing}" >&2
  exit "$1"
}
trap 'echo "deploy-kubernetes: stopped" >&2; go_back 130' INT TERM

for name in products orders users content gateway; do
  if ! before=$(running "$name") || [ -z "$before" ]; then
    echo "deploy-kubernetes: there is no deployment $name to change" >&2
    go_back 1
  fi
  if [ "$before" = "$image" ]; then
    echo "deploy-kubernetes: $name has it already"
  elif in_namespace set image "deployment/$name" "$name=$image"; then
    changed=("$name=$before" ${changed[@]+"${changed[@]}"})
  else
    echo "deploy-kubernetes: $name took no other image" >&2
    go_back 1
  fi
  if ! in_namespace rollout status "deployment/$name" --timeout "$patience"; then
    echo "deploy-kubernetes: $name did not become ready" >&2
    go_back 1
  fi
done
echo "deploy-kubernetes: all run $image"
