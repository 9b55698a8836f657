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

changed=()
go_back() {
  for name in "${changed[@]}"; do
    kubectl --namespace "$namespace" rollout undo "deployment/$name" || echo "deploy-kubernetes: $name could not be taken back" >&2
  done
  echo "deploy-kubernetes: taken back: ${changed[*]}" >&2
}

for name in products orders users content gateway; do
  changed=("$name" "${changed[@]}")
  if ! kubectl --namespace "$namespace" set image "deployment/$name" "$name=$image" ||
    ! kubectl --namespace "$namespace" rollout status "deployment/$name" --timeout "$patience"; then
    echo "deploy-kubernetes: $name did not become ready" >&2
    go_back
    exit 1
  fi
done
echo "deploy-kubernetes: all run $image"
