# One image, different commands (docs/ARCHITECTURE.md): `gateway/src/main.ts`, `subgraphs/<name>/src/main.ts`, `scripts/migrate.ts`.
# The layout of the workspace is kept, because Node runs TypeScript natively only outside node_modules.
# Debian slim, not Alpine: argon2's native module and the database tools are tested on glibc (docs/decisions/0003). Docker's own
# images from AWS's public registry: Docker Hub turns machines away that many share, such as CodeBuild's.
FROM public.ecr.aws/docker/library/node:26.10.0-slim AS build
WORKDIR /app
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
COPY patches patches
COPY gateway/package.json gateway/
COPY packages/devservices/package.json packages/devservices/
COPY packages/kit/package.json packages/kit/
COPY packages/testkit/package.json packages/testkit/
COPY subgraphs/content/package.json subgraphs/content/
COPY subgraphs/orders/package.json subgraphs/orders/
COPY subgraphs/products/package.json subgraphs/products/
COPY subgraphs/users/package.json subgraphs/users/
# The image brings Node itself, so the workspace's own is taken out again; other optional packages are native modules.
RUN npx --yes pnpm@12 install --frozen-lockfile --prod \
  && rm -rf node_modules/.bin/node node_modules/node-linux-* node_modules/.pnpm/node-linux-*

FROM public.ecr.aws/docker/library/node:26.10.0-slim
ENV NODE_ENV=production APOLLO_TELEMETRY_DISABLED=1
WORKDIR /app
RUN groupadd --gid 1001 tradegraph && useradd --uid 1001 --gid 1001 --no-create-home --shell /usr/sbin/nologin tradegraph
COPY --from=build --chown=1001:1001 /app /app
COPY --chown=1001:1001 services.ts ./
COPY --chown=1001:1001 schema schema
COPY --chown=1001:1001 gateway gateway
COPY --chown=1001:1001 packages/kit packages/kit
COPY --chown=1001:1001 subgraphs subgraphs
COPY --chown=1001:1001 scripts scripts
# Who signs DocumentDB's certificates; no trust store has them. infra/pulumi/lib/task-environment.ts names the file. It changes when AWS
# opens a region: then the build stops here, and docs/DELIVERY.md ("Versions") says how the new sum is found.
ADD --checksum=sha256:e5bb2084ccf45087bda1c9bffdea0eb15ee67f0b91646106e466714f9de3c7e3 --chown=1001:1001 --chmod=0444 \
  https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem certificates/rds.pem
# A volume that is mounted here for the first time takes this owner.
RUN install -d -m 0700 -o 1001 -g 1001 /app/audit-spool
USER 1001:1001
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=3s --start-period=40s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 4000}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=64", "--no-parallel-scavenge", "--max-old-space-size=768", "gateway/src/main.ts"]
