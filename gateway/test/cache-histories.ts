// What callers of cached gateways ask and change, at random, and what of it they may not see any more.
import { setTimeout as sleep } from "node:timers/promises";
import { appendInvalidation } from "@tradegraph/kit/invalidation";
import fc from "fast-check";
import { expect } from "vitest";
import { type CacheShop } from "./cache-shop.ts";
import { type HadNoLease } from "./cache-lapses.ts";
import { type TestIssuer } from "./issuer.ts";
import { type CacheFleet } from "./start-cache-fleet.ts";

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

export interface Read {
  kind: "read";
  form: keyof typeof forms;
  id: string;
  gateway: number;
  caller: Caller;
  get: boolean;
  /** Of `@include` and `@skip`. */
  with: boolean;
  at: number;
}
export interface Write {
  kind: "write";
  /** A mutation, or a change past the gateways that a relay or an operator tells of. */
  way: "mutation" | "relay" | "soft";
  key: string;
  gateway: number;
  at: number;
}
export type Step = Read | Write;

export interface Seen {
  key: string;
  version: number;
}
export interface Done {
  step: Step;
  begun: number;
  ended: number;
  seen: Seen[];
  /** False for a change that could not be told to all. */
  isTold: boolean;
}

type Data = Record<string, unknown>;
interface Form {
  query: string;
  seen: (data: Data, id: string) => Seen[];
}

/** Items of one history are in one list. */
const listOf = (id: string) => id.slice(0, id.lastIndexOf("-"));
const stockOf = (id: string, item: unknown, name = "stock"): Seen[] =>
  name in (item as Data) ? [{ key: `stock:${id}`, version: (item as Data)[name] as number }] : [];
const labelOf = (id: string, item: unknown, name = "label"): Seen[] =>
  name in (item as Data) ? [{ key: `label:${id}`, version: (item as Data)[name] as number }] : [];
const listed = (id: string, items: unknown): Seen[] => [
  { key: `items:${listOf(id)}`, version: (items as Data[]).length },
  ...(items as Data[]).flatMap((item) => [...stockOf(String(item.id), item), ...labelOf(String(item.id), item)]),
];

/** Queries, and which versions their answers show. */
const forms = {
  stock: {
    query: "query Stock($id: ID!) { item(id: $id) { stock seen } }",
    seen: ({ item }, id) => stockOf(id, item),
  },
  both: {
    query: "query Both($id: ID!) { item(id: $id) { id stock label labelSeen } }",
    seen: ({ item }, id) => [...stockOf(id, item), ...labelOf(id, item)],
  },
  list: {
    query: "query List($of: ID!) { items(of: $of) { id stock label } }",
    seen: ({ items }, id) => listed(id, items),
  },
  offer: {
    query: "query Offer($id: ID!) { offer(id: $id) { version seen } }",
    seen: ({ offer }, id) => stockOf(id, offer, "version"),
  },
  mine: {
    query: "query Mine($id: ID!) { mine(id: $id) { version seen } }",
    seen: ({ mine }, id) => stockOf(id, mine, "version"),
  },
  mixed: {
    query: "query Mixed($id: ID!) { item(id: $id) { stock } offer(id: $id) { seen version } mine(id: $id) { seen } }",
    seen: ({ item, offer }, id) => [...stockOf(id, item), ...stockOf(id, offer, "version")],
  },
  bypassed: {
    query: "query Bypassed($id: ID!) { staffSeesMore(id: $id) { version seen } }",
    seen: ({ staffSeesMore }, id) => stockOf(id, staffSeesMore, "version"),
  },
  renamed: {
    query: `query Renamed($id: ID!, $of: ID!) {
      one: item(id: $id) { stock seen label } again: item(id: $id) { now: stock tag: label } all: items(of: $of) { id label }
    }`,
    seen: ({ one, again, all }, id) => [
      ...[...stockOf(id, one), ...labelOf(id, one)],
      ...[...stockOf(id, again, "now"), ...labelOf(id, again, "tag"), ...listed(id, all)],
    ],
  },
  fragments: {
    query: `query Fragments($id: ID!) { item(id: $id) { ...Stock ... on Item { label } } offer(id: $id) { ...Offer } }
      fragment Stock on Item { stock seen } fragment Offer on Offer { version seen }`,
    seen: ({ item, offer }, id) => [...stockOf(id, item), ...labelOf(id, item), ...stockOf(id, offer, "version")],
  },
  included: {
    query: `query Included($id: ID!, $with: Boolean!) {
      item(id: $id) { stock label @include(if: $with) }
      offer(id: $id) @skip(if: $with) { version seen }
      mine(id: $id) @include(if: $with) { version seen }
    }`,
    seen: ({ item, offer, mine }, id) => [
      ...[...stockOf(id, item), ...labelOf(id, item)],
      ...[offer, mine].flatMap((part) => (part === undefined ? [] : stockOf(id, part, "version"))),
    ],
  },
  unkept: {
    query: "query Unkept($id: ID!) { plain(id: $id) { version } item(id: $id) { stock label } }",
    seen: ({ plain, item }, id) => [...stockOf(id, plain, "version"), ...stockOf(id, item), ...labelOf(id, item)],
  },
} satisfies Record<string, Form>;

const mutationOf = (key: string) => {
  const [kind, id = ""] = key.split(":");
  if (kind === "items") return `mutation { addItem(of: "${id}") }`;
  return kind === "stock" ? `mutation { changeStock(id: "${id}") }` : `mutation { changeLabel(id: "${id}") }`;
};

/** In a list of their own for each history. */
const ids = ["1", "2"];
const keysOf = (of: readonly string[]) => [...of.flatMap((id) => [`stock:-${id}`, `label:-${id}`]), "items:"];

/** Few of them in one history, so that the same is asked and changed again and again. */
const some = <T>(all: readonly T[], most: number) => fc.shuffledSubarray([...all], { minLength: 1, maxLength: most });

/** @param gateways how many there are. @param size least and most steps. @param spreadMs within which they begin */
export function arbitraryHistory(
  gateways: number,
  size: [least: number, most: number],
  spreadMs = 150,
): fc.Arbitrary<Step[]> {
  const chosen = fc.record({
    form: some(Object.keys(forms) as (keyof typeof forms)[], 3),
    caller: some(Object.keys(callers) as Caller[], 2),
    id: some(ids, 2),
  });
  // Its whole answer is not kept, so that callers meet at its parts.
  const unkept = "unkept" as const;
  return chosen.chain(({ form, caller, id }) => {
    const [gateway, at] = [fc.nat({ max: gateways - 1 }), fc.nat({ max: spreadMs })];
    const read = fc.record<Read>({
      kind: fc.constant("read"),
      ...{ form: fc.constantFrom(...form, unkept), id: fc.constantFrom(...id), caller: fc.constantFrom(...caller) },
      ...{ gateway, get: fc.boolean(), with: fc.boolean(), at },
    });
    const write = fc.record<Write>({
      kind: fc.constant("write"),
      way: fc.constantFrom("mutation", "mutation", "relay", "soft"),
      key: fc.constantFrom(...keysOf(id)),
      ...{ gateway, at },
    });
    const [minLength, maxLength] = size;
    return fc.array(fc.oneof({ weight: 6, arbitrary: read }, { weight: 1, arbitrary: write }), {
      minLength,
      maxLength,
    });
  });
}

/** What depends on who asks, asked by anybody at any gateway. */
export function arbitraryPersonalRead(gateways: number): fc.Arbitrary<Read> {
  return fc.record<Read>({
    kind: fc.constant("read"),
    form: fc.constantFrom("mine", "mine", "mixed", "offer", "included", "bypassed"),
    id: fc.constantFrom(...ids),
    gateway: fc.nat({ max: gateways - 1 }),
    caller: fc.constantFrom(...(Object.keys(callers) as Caller[])),
    ...{ get: fc.boolean(), with: fc.boolean(), at: fc.constant(0) },
  });
}

/** A step in a list that no other history has. */
export const stepIn = (list: string, step: Step): Step =>
  step.kind === "read" ? { ...step, id: `${list}-${step.id}` } : { ...step, key: step.key.replace(":", `:${list}`) };

/** @param isCached false when gateways may have to ask as the caller himself */
function expectSeenBy({ caller }: Read, data: Data, isCached: boolean) {
  const claims = callers[caller];
  for (const [field, value] of Object.entries(data)) {
    const part = (Array.isArray(value) ? value[0] : value) as { seen?: string; labelSeen?: string } | null;
    for (const text of [part?.seen, part?.labelSeen]) {
      if (text === undefined) continue;
      const seen = JSON.parse(text) as Record<string, string>;
      expect([undefined, claims?.sub]).toContain(seen.userId);
      expect([undefined, claims?.cid]).toContain(seen.companyId);
      if (field === "mine") expect(seen.userId).toBe(claims?.sub);
      if (field === "staffSeesMore" && isCached) expect(seen.role).toBe(caller === "staff" ? "admin" : "anonymous");
      const isShared = isCached && ["item", "items", "one", "offer"].includes(field);
      if (isShared) expect(seen).toMatchObject({ tenantId: "acme", role: "anonymous" });
    }
  }
}

/** @returns performs a step at once. @param hadNoLease always unless given */
export async function openHistories(shop: CacheShop, issuer: TestIssuer, hadNoLease: HadNoLease = () => true) {
  const tokens = new Map<Caller, string>();
  for (const [name, claims] of Object.entries(callers))
    if (claims) tokens.set(name as Caller, await issuer.token(claims));

  const write = async (fleet: CacheFleet, { key, way, gateway }: Write) => {
    if (way === "mutation") {
      const answer = await fleet.post(gateway, { query: mutationOf(key) });
      const seen = [{ key, version: Object.values(answer.data)[0] as number }];
      return { seen, isTold: answer.extensions?.cache?.invalidation !== "deferred" };
    }
    const tags = shop.change(key);
    const seen = [{ key, version: shop.versions.get(key) ?? 1 }];
    const tell = async () => {
      if (way === "soft") return fleet.append(gateway, { tags, isSoft: true });
      await appendInvalidation(fleet.redisOf(gateway), fleet.namespace, { tags, events: [key], isOfEvents: false });
      // What comes behind it in the log is acknowledged only when it has been applied too.
      return fleet.append(gateway, { tags: [] });
    };
    return { seen, isTold: await tell().catch(() => false) };
  };
  const read = async (fleet: CacheFleet, step: Read) => {
    const form: Form = forms[step.form];
    const token = tokens.get(step.caller);
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const variables = { id: step.id, of: listOf(step.id), with: step.with };
    const used = Object.fromEntries(Object.entries(variables).filter(([name]) => form.query.includes(`$${name}:`)));
    const body = { query: form.query, variables: used };
    const begun = performance.now();
    const answer = await fleet[step.get ? "get" : "post"](step.gateway, body, headers);
    expect(answer.errors, JSON.stringify(answer)).toBeUndefined();
    expectSeenBy(step, answer.data, !hadNoLease(step.gateway, begun, performance.now()));
    return { seen: form.seen(answer.data, step.id), isTold: true };
  };
  return async (fleet: CacheFleet, step: Step): Promise<Done> => {
    const begun = performance.now();
    const done = await (step.kind === "write" ? write(fleet, step) : read(fleet, step));
    return { step, begun, ended: performance.now(), ...done };
  };
}

/** As many as ask at the same time. */
const callersAtOnce = 12;

/**
 * Performs steps, each at its time or when a caller is free: on a slow machine too there are reads that begin after writes
 * were acknowledged.
 *
 * @param waits milliseconds before and after a subgraph reads, drawn in turn
 */
export async function performHistory(
  { shop, fleet, perform }: { shop: CacheShop; fleet: CacheFleet; perform: Awaited<ReturnType<typeof openHistories>> },
  steps: readonly Step[],
  waits: readonly [number, number][],
): Promise<Done[]> {
  let turn = 0;
  shop.delays = () => waits[turn++ % waits.length] ?? [0, 0];
  const begun = performance.now();
  const waiting = steps.toSorted((one, other) => one.at - other.at);
  const done: Done[] = [];
  const caller = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      await sleep(Math.max(0, begun + step.at - performance.now()));
      done.push(await perform(fleet, step));
    }
  };
  await Promise.all(Array.from({ length: callersAtOnce }, caller));
  return done;
}
