#!/usr/bin/env bash
# scripts/deploy.sh <dev|staging|prod> [--image sha256:…|--archive FILE] [--rollback] [--yes] [--approved-by NAME]
# The one way a release reaches AWS: people, GitHub Actions and CodePipeline all start it. docs/DELIVERY.md says what it does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ ! -x node_modules/.bin/node ]; then
  echo "deploy: run \`npx --yes pnpm@12 install\` first; nothing was touched" >&2
  exit 2
fi
PATH="$PWD/node_modules/.bin:$PATH"
export PATH
exec node scripts/deploy/main.ts "$@"
