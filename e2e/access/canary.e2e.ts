// Nobody sees anything of another tenant: every text of every document there carries a mark, and no answer to anybody
// here has one, or an id of there. The same requests of people there find the marks, so they would be seen.
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { toNodeId } from "@tradegraph/kit/node-id";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type GraphQLAnswer } from "@tradegraph/testkit/test-subgraph";
import { createSchema as createContentSchema } from "@tradegraph/content/schema";
import { createSchema as createOrdersSchema } from "@tradegraph/orders/schema";
import { createSchema as createProductsSchema } from "@tradegraph/products/schema";
import { createSchema as createUsersSchema } from "@tradegraph/users/schema";
import { buildSchema, type GraphQLSchema, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inTurns } from "./in-turns.ts";
import { type InProcessGraph, startInProcessGraph, type SubgraphName, subgraphNames } from "./in-process-graph.ts";
import { marksSeen } from "./canary/coverage.ts";
import { type Marked, markEverything, tenantCollections } from "./canary/marking.ts";
import { documentProbes, nodeTypesOf } from "./canary/documents.ts";
import { entityProbes, mutationProbes, nestedProbes, type Pool, type Probe, rootProbes } from "./canary/probes.ts";
import { leaksIn, readSecrets, type Secrets } from "./canary/secrets.ts";
import { foreignViewers } from "./canary/viewers.ts";
import { otherTenant } from "./people.ts";
import { hasToken } from "./reading.ts";
import { type KindName, kinds, relationsFor, roleNames } from "./roles.ts";
import { createWorld, type World } from "./world.ts";

const schemas: Record<SubgraphName, GraphQLSchema> = {
  products: createProductsSchema(),
  orders: createOrdersSchema(),
  users: createUsersSchema(),
  content: createContentSchema(),
};
const schemaFolder = resolve(import.meta.dirname, "../../schema");
const api = buildSchema(readFileSync(resolve(schemaFolder, "generated/api.graphql"), "utf8"));
const operations = readdirSync(resolve(schemaFolder, "operations"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".graphql"))
  .map((path) => ({ name: path, text: readFileSync(resolve(schemaFolder, "operations", path), "utf8") }));

/** Texts that show no mark: words of ours, what mutations make, what the caller said, and texts of a fixed form. */
const unseen = [
  /^\w+Error\.(field|message|productId)$/,
  /^(AuthPayload|ApiKeyPayload|StockShortage)\./,
  // A spending rule is asked for by two ids at once, and says them.
  // A hash; and one level deeper than the probes look, the texts that ListedOperation shows.
  /^(PartnerOperations\.version|(ActiveOperation|VersionedOperation)\.\w+)$/,
  /^(SessionState\.id|PartnerInUse\.tenantId|ApiKeyIdentity\.tenantId|SpendingRule\.companyId)$/,
  /^(Address|Store)\.country$|^HeroSlide\.\w+Color$|^ProductOrigin\.marketplace$/,
];

type Door = SubgraphName | "gateway";
interface Asked {
  door: Door;
  probe: Probe;
}

let graph: InProcessGraph;
let world: World;
let marked: Marked;
let secrets: Secrets;
let pool: Pool;
let foreign: Viewer[];
/** What finds something when it is asked in the other tenant, and all else. */
let finding: Asked[] = [];
let vain: Asked[] = [];
const seen = new Set<string>();

const ask = (viewer: Viewer, { door, probe: { query, variables } }: Asked): Promise<GraphQLAnswer> =>
  door === "gateway"
    ? graph.ask(viewer, query, variables)
    : graph.subgraphs[door].execute({ query, variables, viewer });

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null | undefined)?.[step], value);
}

/** Leaks in the answer, each part of it held against what was said for that part. */
function leaksOf({ door, probe }: Asked, { data, errors = [] }: GraphQLAnswer, as: string): string[] {
  const everything = probe.parts.flatMap(({ sent }) => sent);
  return [
    ...probe.parts.flatMap(({ path, sent }) => leaksIn(secrets, valueAt(data, path), sent)),
    ...leaksIn(secrets, errors, everything),
  ].map((leak) => `${as} at ${door}, ${probe.name}${leak}`);
}

const expectNone = (leaks: readonly string[]) => {
  const distinct = [...new Set(leaks.map((leak) => leak.replace(/_\d+\b/g, "")))];
  if (distinct.length > 0) throw new Error(`${leaks.length} leaks:\n${distinct.slice(0, 60).join("\n")}`);
};

const atSubgraphs = (make: (schema: GraphQLSchema, name: SubgraphName) => Probe[]): Asked[] =>
  subgraphNames.flatMap((name) => make(schemas[name], name).map((probe) => ({ door: name, probe })));

async function askAll(viewer: Viewer, all: readonly Asked[], as: string): Promise<string[]> {
  const leaks = await inTurns(all, async (asked) => leaksOf(asked, await ask(viewer, asked), as));
  return leaks.flat();
}

/** The first id of each kind that is wanted. */
const onePerPath = (objects: Secrets["objects"], isWanted: (id: string) => boolean): string[] => [
  ...new Map([...objects].filter(([id]) => isWanted(id)).map(([id, path]) => [path, id])).values(),
];

/** All that the other tenant has, as it is stored. */
async function foreignDocuments(): Promise<string> {
  const all = subgraphNames.flatMap((name) =>
    tenantCollections(name).map(async ({ name: collection }) => {
      const found = graph.databases[name].collection(collection).find({ tenantId: otherTenant }).sort({ _id: 1 });
      return { name, collection, documents: await found.toArray() };
    }),
  );
  return JSON.stringify(await Promise.all(all));
}

beforeAll(async () => {
  graph = await startInProcessGraph();
  world = await createWorld(graph);
  for (const kind of Object.keys(kinds) as KindName[]) {
    if (relationsFor(kind, "admin").includes("otherTenant")) await world.thing(kind, "admin", "otherTenant");
    for (const role of roleNames) if (relationsFor(kind, role).includes("own")) await world.thing(kind, role, "own");
  }
  marked = await markEverything(graph);
  secrets = await readSecrets(graph);
  foreign = await foreignViewers(graph);
  const { objects, samples } = secrets;
  pool = { ids: [...objects.keys()], texts: [...new Set(samples.values())], cursors: [] };
  const direct = [
    ...atSubgraphs((schema) => rootProbes(schema, pool, 1)),
    ...atSubgraphs((schema) => entityProbes(schema, pool, 1)),
  ];
  const cursors = new Set<string>();
  const useful = new Set<string>();
  const found = new Set<Asked>();
  const look = (viewer: Viewer, all: readonly Asked[]) =>
    inTurns(all, async (asked) => {
      const { data } = await ask(viewer, asked);
      for (const { path, sent } of asked.probe.parts) {
        const part = valueAt(data, path);
        if (leaksIn(secrets, part, sent).length === 0) continue;
        found.add(asked);
        for (const one of sent) useful.add(one);
        marksSeen(part, secrets, { seen, cursors });
      }
    });
  for (const viewer of foreign) {
    await look(viewer, direct);
  }
  // Through the gateway only what leads somewhere, once of each kind.
  const leading = {
    ...pool,
    ids: onePerPath(objects, (id) => useful.has(id)),
    texts: pool.texts.filter((one) => useful.has(one)).slice(0, 10),
  };
  const nodeIds = leading.ids.flatMap((id) => nodeTypesOf(objects.get(id)).map((type) => toNodeId(type, id)));
  const throughGateway = documentProbes(api, operations, leading, nodeIds).map((probe): Asked => ({
    door: "gateway",
    probe,
  }));
  for (const viewer of foreign.filter(hasToken).slice(0, 2)) await look(viewer, throughGateway);
  pool = { ...pool, cursors: [...cursors].slice(0, 40) };
  finding = [...direct, ...throughGateway].filter((asked) => found.has(asked));
  vain = [...direct, ...throughGateway].filter((asked) => !found.has(asked));
});

afterAll(() => graph.stop());

describe("marks", () => {
  it("are in every collection that belongs to tenants", () => {
    const collections = subgraphNames.flatMap((name) => tenantCollections(name).map((one) => one.name));
    const carrying = new Set([...marked.marked].map((path) => path.split(".")[0]));
    expect(collections.filter((name) => !carrying.has(name))).toEqual([]);
  });

  it("are seen by people of the other tenant, in every text that the API has", () => {
    const texts = subgraphNames.flatMap((name) =>
      Object.values(schemas[name].getTypeMap())
        .filter((type) => isObjectType(type) && !type.name.startsWith("_"))
        .flatMap((type) =>
          isObjectType(type)
            ? Object.values(type.getFields())
                .filter((field) => /^(String|ID|URL)!?$/.test(String(field.type).replace(/[[\]!]/g, "")))
                .map((field) => `${type.name}.${field.name}`)
            : [],
        ),
    );
    const missing = [...new Set(texts)].filter(
      (name) => !seen.has(name) && !unseen.some((reason) => reason.test(name)),
    );
    expect(missing).toEqual([]);
    expect(finding.length).toBeGreaterThan(90);
  });
});

describe("nothing of the other tenant is shown", () => {
  it.each(roleNames)("to %s", async (role) => {
    const { viewer } = await world.actor(role);
    const all = finding.filter(({ door }) => door !== "gateway" || hasToken(viewer));
    const leaks = await askAll(viewer, all, role);
    // The gateway does not know the tenant yet when it asks whose key it was sent, or starts.
    const beforeTenant = /Query\.(apiKeyIdentity|partnersInUse)/;
    expectNone(role === "serviceApiKeys" ? leaks.filter((leak) => !beforeTenant.test(leak)) : leaks);
  });

  it("to staff without limits, whatever they try", async () => {
    const { viewer } = await world.actor("admin");
    expectNone(await askAll(viewer, vain, "admin"));
  });

  it.each(["admin", "companyAdmin", "supplier", "anonymous"] as const)("to %s by cursors of there", async (role) => {
    const { viewer } = await world.actor(role);
    const ours = await Promise.all(
      (["company", "user", "product"] as const).map((kind) =>
        world.thing(kind, role, kind === "company" ? "company" : "other"),
      ),
    );
    const things = [
      ...ours.map(({ id }) => id),
      ...onePerPath(secrets.objects, (id) => pool.ids.includes(id)).slice(0, 5),
    ];
    const cursorsOnly = { ids: [], texts: [], cursors: pool.cursors };
    expect(pool.cursors.length).toBeGreaterThan(10);
    const all = [
      ...atSubgraphs((schema) => rootProbes(schema, cursorsOnly, 0)),
      ...atSubgraphs((schema) => nestedProbes(schema, things, cursorsOnly)),
    ];
    expectNone(await askAll(viewer, all, role));
  });

  it.each(["admin", "companyAdmin"] as const)("to %s by mutations, and nothing there changes", async (role) => {
    const { viewer } = await world.actor(role);
    const ids = onePerPath(secrets.objects, (id) => pool.ids.includes(id)).slice(0, 8);
    const texts = pool.texts.filter((one) => /@|^.{43}$/.test(one)).slice(0, 3);
    const all = atSubgraphs((schema) => mutationProbes(schema, { ids, texts, cursors: [] }));
    const before = await foreignDocuments();
    expectNone(await askAll(viewer, all, role));
    expect((await foreignDocuments()) === before).toBe(true);
  });

  // Last, because nothing is left there: what shows no mark, such as a number, must not tell either.
  it("and answers are the same when there is nothing there", async () => {
    const askers = await Promise.all(
      (["anonymous", "companyAdmin", "admin"] as const).map((role) => world.actor(role)),
    );
    const answers = async () => {
      const all = askers.map(({ viewer }) =>
        inTurns(
          finding.filter(({ door }) => door !== "gateway"),
          async (asked) => JSON.stringify(await ask(viewer, asked)).replace(/"requestId":"[^"]*"/g, ""),
        ),
      );
      return (await Promise.all(all)).flat();
    };
    const before = await answers();
    for (const name of subgraphNames)
      for (const { name: collection } of tenantCollections(name))
        await graph.databases[name].collection(collection).deleteMany({ tenantId: otherTenant });
    const after = await answers();
    expect(after.filter((answer, index) => answer !== before[index])).toEqual([]);
  });
});
