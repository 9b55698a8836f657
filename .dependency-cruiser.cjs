// The dependency rules of the house (docs/ARCHITECTURE.md, "Arrows"), as lint. Tests may reach further than programs.
const tests = "(\\.(test|integration|e2e|bench)\\.ts$|(^|/)test/|(^|/)testkit/|^e2e/|^bench/)";

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "kit-imports-nothing-of-ours",
      severity: "error",
      from: { path: "^packages/kit/src", pathNot: tests },
      to: { path: "^(gateway|subgraphs|scripts|packages/(?!kit/)|services\\.ts)" },
    },
    {
      name: "programs-import-kit-only",
      comment: "Subgraphs meet in the graph, by signed calls and by events; never by import.",
      severity: "error",
      from: { path: "^(gateway|subgraphs/([^/]+))/", pathNot: tests },
      to: {
        path: "^(gateway|subgraphs|packages|scripts|services\\.ts)",
        pathNot: "^(packages/kit/|gateway/|subgraphs/$2/)",
      },
    },
    {
      name: "gateway-knows-no-subgraph",
      severity: "error",
      from: { path: "^gateway/", pathNot: tests },
      to: { path: "^subgraphs/" },
    },
    {
      name: "subgraphs-do-not-know-the-gateway",
      severity: "error",
      from: { path: "^subgraphs/", pathNot: tests },
      to: { path: "^gateway/" },
    },
    {
      name: "models-import-nothing-above",
      comment: "Models and queries never see GraphQL's context.",
      severity: "error",
      from: { path: "^subgraphs/[^/]+/src/models/" },
      to: { path: "^subgraphs/[^/]+/src/(resolvers|commands|queries|loaders|context|permissions|schema|server|main)" },
    },
    {
      name: "data-layer-does-not-see-the-request",
      severity: "error",
      from: { path: "^subgraphs/[^/]+/src/(queries|commands|loaders)", pathNot: tests },
      to: { path: "^subgraphs/[^/]+/src/(resolvers|context|permissions|schema|server|main)" },
    },
    {
      name: "mongoose-in-the-data-layer-only",
      severity: "error",
      from: {
        path: "^subgraphs/[^/]+/src/(resolvers|context|permissions|schema|server|main)",
        pathNot: tests,
      },
      to: { path: "node_modules/(mongoose|mongodb)/" },
    },
    {
      name: "redis-in-kit-only",
      severity: "error",
      from: { path: "^(gateway|subgraphs)/", pathNot: tests },
      to: { path: "node_modules/ioredis/" },
    },
    {
      name: "development-tools-stay-out-of-programs",
      severity: "error",
      from: { path: "^(gateway|subgraphs/[^/]+|packages/kit)/src", pathNot: tests },
      to: { path: "^packages/(testkit|devservices)/" },
    },
    {
      name: "infra-knows-only-the-catalogue",
      comment: "What runs is described in services.ts; infra imports no code that runs.",
      severity: "error",
      from: { path: "^infra/" },
      to: { path: "^(gateway|subgraphs|packages|scripts|e2e|bench)/" },
    },
    {
      name: "nothing-imports-infra",
      severity: "error",
      from: { path: "^(gateway|subgraphs|packages|scripts|e2e|bench|services\\.ts)" },
      to: { path: "^infra/" },
    },
    {
      name: "infra-layers",
      comment: "Programs use components, components use lib; none of them uses the tools of testing.",
      severity: "error",
      from: { path: "^infra/pulumi/lib/", pathNot: tests },
      to: { path: "^infra/pulumi/(components|programs|policy|testing)/" },
    },
    {
      name: "infra-components-know-no-program",
      severity: "error",
      from: { path: "^infra/pulumi/components/", pathNot: tests },
      to: { path: "^infra/pulumi/(programs|policy|testing)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "/generated/.*\\.graphql$" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".js", ".json"],
    },
  },
};
