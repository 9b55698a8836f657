import { demoLogins } from "@tradegraph/users/demo-accounts";
import { createSeedPlan, seedTenants } from "@tradegraph/kit/seed-plan";
import { type LocalGraph } from "@tradegraph/devservices/program-environment";
import { subgraphs } from "../../services.ts";

/** What somebody wants to know once everything runs. */
export function readyTable(graph: LocalGraph, servers: string[], logFolder: string, today: Date): string {
  const base = `http://127.0.0.1:${graph.ports.gateway}`;
  const rows: [string, string][] = [
    ["Graph", `${base}/graphql`],
    ["Apollo Sandbox", `${base}/`],
    ["GraphiQL (offline)", `${base}/graphiql`],
    ["Health, readiness", `${base}/health  ${base}/ready?all=1`],
    ["Metrics", `${base}/metrics`],
    ...(graph.operatorPort === undefined
      ? []
      : [["Response cache", `http://127.0.0.1:${graph.operatorPort}/cache`] satisfies [string, string]]),
    ...subgraphs.map(({ name }): [string, string] => [
      `Subgraph ${name}`,
      `http://127.0.0.1:${graph.ports[name]}/health (signed calls only)`,
    ]),
    ...servers.map((choice): [string, string] => ["Server", choice]),
    ["Logs", logFolder],
    ["Messages (e-mail)", graph.mailFolder],
  ];
  const logins = seedTenants.flatMap((tenantId) =>
    demoLogins(createSeedPlan({ tenantId, today })).map(({ label, email }): [string, string] => [
      `${tenantId} ${label}`,
      email,
    ]),
  );
  const width = Math.max(...[...rows, ...logins].map(([name]) => name.length));
  const lines = (entries: [string, string][]) =>
    entries.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n");
  return [
    "",
    lines(rows),
    "",
    `  Demo logins, password ${graph.secrets.demoPassword} for all:`,
    lines(logins),
    "",
    "  Try:",
    `  curl -s ${base}/graphql -H 'content-type: application/json' \\`,
    `    -d '{"query":"{ products(first: 3) { nodes { name price { amount currencyCode } supplier { sellerProfile { shopName } } reviewSummary { averageRating } } } }"}'`,
    "",
    "  Ctrl-C stops everything.",
    "",
  ].join("\n");
}
