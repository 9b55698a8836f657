// Random histories over three gateways that share one Redis: whoever reads after a change was acknowledged sees it, on
// every gateway, whatever was under way meanwhile; and nobody sees what was asked for somebody else.
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CacheShop, startCacheShop } from "./cache-shop.ts";
import { type CacheFleet, startCacheFleet } from "./start-cache-fleet.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";

const gatewayCount = 3;

/** Who asks; each sees an answer of its own where the schema says so. */
const callers = {
  visitor: undefined,
  buyer: { sub: "00000000000000000000000a", cid: "0000000000000000000000c1", sid: "0000000000000000000000a1" },
  colleague: { sub: "00000000000000000000000b", cid: "0000000000000000000000c1", sid: "0000000000000000000000b1" },
  rival: { sub: "00000000000000000000000d", cid: "0000000000000000000000c2", sid: "0000000000000000000000d1" },
  staff: {
    ...{ sub: "00000000000000000000000e", cid: undefined, sid: "0000000000000000000000e1" },
    ...{ role: "admin", scope: "admin" },
  },
} as const;
type Caller = keyof typeof callers;

interface Read {
  kind: "read";
  form: keyof typeof forms;
  id: string;
  gateway: number;
  caller: Caller;
  get: boolean;
  at: number;
}
interface Write {
  kind: "write";
  key: string;
  gateway: number;
  at: number;
}
type Step = Read | Write;

interface Seen {
  key: string;
  version: number;
}
interface Done {
  step: Step;
  begun: number;
  ended: number;
  seen: Seen[];
}

type Data = Record<string, unknown>;
const numberAt = (value: unknown) => value as number;

/** Items of one history are in one list. */
const listOf = (id: string) => id.slice(0, id.lastIndexOf("-"));

/** Queries, and which versions their answers show. */
const forms = {
  stock: {
    query: "query Stock($id: ID!) { item(id: $id) { stock seen } }",
    seen: ({ item }: Data, id: string): Seen[] => [{ key: `stock:${id}`, version: numberAt((item as Data).stock) }],
  },
  both: {
    query: "query Both($id: ID!) { item(id: $id) { id stock label labelSeen } }",
    seen: ({ item }: Data, id: string): Seen[] => [
      { key: `stock:${id}`, version: numberAt((item as Data).stock) },
      { key: `label:${id}`, version: numberAt((item as Data).label) },
    ],
  },
  list: {
    query: "query List($of: ID!) { items(of: $of) { id stock label } }",
    seen: ({ items }: Data, id: string): Seen[] => [
      { key: `items:${listOf(id)}`, version: (items as Data[]).length },
      ...(items as Data[]).flatMap(({ id, stock, label }) => [
        { key: `stock:${String(id)}`, version: numberAt(stock) },
        { key: `label:${String(id)}`, version: numberAt(label) },
      ]),
    ],
  },
  offer: {
    query: "query Offer($id: ID!) { offer(id: $id) { version seen } }",
    seen: ({ offer }: Data, id: string): Seen[] => [{ key: `stock:${id}`, version: numberAt((offer as Data).version) }],
  },
  mine: {
    query: "query Mine($id: ID!) { mine(id: $id) { version seen } }",
    seen: ({ mine }: Data, id: string): Seen[] => [{ key: `stock:${id}`, version: numberAt((mine as Data).version) }],
  },
  mixed: {
    query: "query Mixed($id: ID!) { item(id: $id) { stock } offer(id: $id) { seen version } mine(id: $id) { seen } }",
    seen: ({ item, offer }: Data, id: string): Seen[] => [
      { key: `stock:${id}`, version: numberAt((item as Data).stock) },
      { key: `stock:${id}`, version: numberAt((offer as Data).version) },
    ],
  },
  bypassed: {
    query: "query Bypassed($id: ID!) { staffSeesMore(id: $id) { version seen } }",
    seen: ({ staffSeesMore }: Data, id: string): Seen[] => [
      { key: `stock:${id}`, version: numberAt((staffSeesMore as Data).version) },
    ],
  },
} as const;

const mutationOf = (key: string) => {
  const [kind, id = ""] = key.split(":");
  if (kind === "items") return `mutation { addItem(of: "${id}") }`;
  return kind === "stock" ? `mutation { changeStock(id: "${id}") }` : `mutation { changeLabel(id: "${id}") }`;
};

/** In a list of their own for each history. */
const ids = ["1", "2"];
const keysOfShop = [...ids.flatMap((id) => [`stock:-${id}`, `label:-${id}`]), "items:"];
const gateways = fc.nat({ max: gatewayCount - 1 });
const at = fc.nat({ max: 120 });

const reads = fc.record<Read>({
  kind: fc.constant("read"),
  form: fc.constantFrom(...(Object.keys(forms) as (keyof typeof forms)[])),
  id: fc.constantFrom(...ids),
  gateway: gateways,
  caller: fc.constantFrom(...(Object.keys(callers) as Caller[])),
  get: fc.boolean(),
  at,
});
const writes = fc.record<Write>({
  kind: fc.constant("write"),
  key: fc.constantFrom(...keysOfShop),
  gateway: gateways,
  at,
});
const steps = fc.array(fc.oneof({ weight: 4, arbitrary: reads }, { weight: 1, arbitrary: writes }), {
  minLength: 10,
  maxLength: 60,
});
/** Milliseconds before and after a subgraph reads, drawn in turn. */
const delays = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 20 });

describe("the response cache of three gateways", () => {
  let issuer: TestIssuer;
  let shop: CacheShop;
  const tokens = new Map<Caller, string>();
  let histories = 0;

  beforeAll(async () => {
    issuer = await startIssuer();
    shop = await startCacheShop();
    for (const [name, claims] of Object.entries(callers)) {
      if (claims) tokens.set(name as Caller, await issuer.token(claims));
    }
  });
  afterAll(async () => {
    await shop.stop();
    issuer.stop();
  });

  const perform = async (fleet: CacheFleet, step: Step): Promise<Done> => {
    await sleep(step.at);
    const begun = performance.now();
    const done = (seen: Seen[]) => ({ step, begun, ended: performance.now(), seen });
    if (step.kind === "write") {
      const { data } = await fleet.post(step.gateway, { query: mutationOf(step.key) });
      return done([{ key: step.key, version: Object.values(data)[0] as number }]);
    }
    const form = forms[step.form];
    const token = tokens.get(step.caller);
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const body = { query: form.query, variables: { id: step.id, of: listOf(step.id) } };
    const answer = await fleet[step.get ? "get" : "post"](step.gateway, body, headers);
    expect(answer.errors, JSON.stringify(answer)).toBeUndefined();
    expectSeenBy(step, answer.data);
    return done([...form.seen(answer.data, step.id)]);
  };

  const expectSeenBy = ({ caller }: Read, data: Data) => {
    const claims = callers[caller];
    for (const [field, value] of Object.entries(data)) {
      const part = (Array.isArray(value) ? value[0] : value) as { seen?: string; labelSeen?: string } | null;
      for (const text of [part?.seen, part?.labelSeen]) {
        if (text === undefined) continue;
        const seen = JSON.parse(text) as Record<string, string>;
        const nobody = { tenantId: "acme", role: "anonymous" };
        if (field === "item" || field === "items") expect(seen).toEqual(nobody);
        if (field === "offer") expect(seen).toEqual({ ...nobody, ...(claims?.cid && { companyId: claims.cid }) });
        if (field === "mine") expect(seen.userId).toBe(claims?.sub);
        if (field === "staffSeesMore") expect(seen.role).toBe(caller === "staff" ? "admin" : "anonymous");
      }
    }
  };

  /** What a read must at least show: everything that was acknowledged before it began. */
  const staleReads = (history: Done[], mustSee: (read: Read, write: Write) => boolean) => {
    const acknowledged = history.filter(({ step }) => step.kind === "write");
    return history.flatMap(({ step, begun, seen }) => {
      if (step.kind === "write") return [];
      return seen.flatMap(({ key, version }) => {
        const older = acknowledged.filter(
          (write) =>
            write.ended <= begun &&
            mustSee(step, write.step as Write) &&
            write.seen.some((one) => one.key === key && one.version > version),
        );
        return older.map((write) => ({ step, key, version, missed: write }));
      });
    });
  };

  const runHistory = async (fleet: CacheFleet, schedule: Step[], waits: [number, number][]) => {
    let turn = 0;
    shop.delays = () => waits[turn++ % waits.length] ?? [0, 0];
    const list = `list${(histories += 1)}`;
    const inList = (step: Step): Step =>
      step.kind === "read"
        ? { ...step, id: `${list}-${step.id}` }
        : { ...step, key: step.key.replace(":", `:${list}`) };
    return Promise.all(schedule.map((step) => perform(fleet, inList(step))));
  };

  it("shows nobody an older version than was acknowledged to anybody before, when mutations wait for all", async () => {
    const fleet = await startCacheFleet(shop, issuer, gatewayCount, {
      ...{ namespace: `model-${randomBytes(4).toString("hex")}`, wait: "strict" },
    });
    try {
      await fc.assert(
        fc.asyncProperty(steps, delays, async (schedule, waits) => {
          const history = await runHistory(fleet, schedule, waits);
          expect(staleReads(history, () => true)).toEqual([]);
        }),
        { numRuns: 30 },
      );
      expect(await fleet.hits(), "histories in which nothing was kept prove nothing").toBeGreaterThan(50);
    } finally {
      await fleet.stop();
    }
  }, 120_000);

  it("shows nobody an older version than was acknowledged by the same gateway, when mutations do not wait", async () => {
    const fleet = await startCacheFleet(shop, issuer, gatewayCount, {
      ...{ namespace: `model-${randomBytes(4).toString("hex")}`, wait: "none" },
    });
    try {
      await fc.assert(
        fc.asyncProperty(steps, delays, async (schedule, waits) => {
          const history = await runHistory(fleet, schedule, waits);
          expect(staleReads(history, (read, write) => read.gateway === write.gateway)).toEqual([]);
        }),
        { numRuns: 20 },
      );
    } finally {
      await fleet.stop();
    }
  }, 120_000);
});
