import { type OutboxEvent } from "@tradegraph/kit/outbox-event";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeEach, describe, expect, it } from "vitest";
import { insertAuditEntries, type NewAuditEntry } from "../src/commands/audit-insert.ts";
import { auditEvents } from "../src/commands/consume-events.ts";
import { pseudonymisePerson } from "../src/commands/pseudonymise-person.ts";
import { recordSecurity } from "../src/commands/record-security.ts";
import { fakeUser, fakeViewer, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const staff = { ...fakeViewer("admin"), scopes: ["staff:audit"] };

const list = `query List($filter: AuditEntryFilter, $first: Int, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id at category action outcome role user { id } partnerId address requestId operation entityTypes subjectType subjectId code changes count }
  }
}`;

interface Listed {
  auditEntries: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string };
    nodes: Record<string, unknown>[];
  };
}

const entries = () => users.models.AuditEntry.collection.find().sort({ at: 1 }).toArray();
const inTenant = <T>(work: () => T) => runForTenant(testTenant, work);
const listed = async (filter: object = {}, rest: object = {}) =>
  (await users.subgraph.expectData<Listed>({ query: list, variables: { filter, ...rest }, viewer: staff }))
    .auditEntries;

beforeEach(async () => {
  await users.models.AuditEntry.collection.deleteMany({});
});

describe("events of subgraphs", () => {
  const event = (sequence: number, overrides: Partial<OutboxEvent> = {}): OutboxEvent => ({
    sequence,
    tenantId: testTenant,
    eventId: newId().toHexString(),
    type: "order.placed",
    at: new Date(),
    entity: { type: "Order", id: "aaaaaaaaaaaaaaaaaaaaaaaa" },
    actor: { role: "customer", userId: "bbbbbbbbbbbbbbbbbbbbbbbb" },
    ...overrides,
  });

  it("become entries of their tenants, each once", async () => {
    const events = [
      event(1),
      event(2, { tenantId: "other", type: "apiKey.revoked", data: { changes: ["revokedAt"] } }),
    ];
    expect(await auditEvents(users.models, "orders", events)).toBe(2);
    expect(await auditEvents(users.models, "orders", [...events, event(3)])).toBe(1);
    expect(await entries()).toMatchObject([
      { tenantId: testTenant, category: "write", action: "order.placed", outcome: "success", source: "orders" },
      { tenantId: "other", category: "security", subject: { type: "Order" }, changes: ["revokedAt"] },
      { tenantId: testTenant, category: "write" },
    ]);
  });

  it("are written down whatever their data says", async () => {
    const odd = { changes: ["a".repeat(100), 7, null], outcome: "who knows", code: { a: 1 }, count: -1 };
    await auditEvents(users.models, "orders", [event(1, { data: odd })]);
    const [entry] = await entries();
    expect(entry).toMatchObject({ outcome: "success", changes: ["a".repeat(64)] });
    expect(entry).not.toHaveProperty("code");
  });
});

describe("Query.auditEntries", () => {
  const start = Date.now() - 86_400_000;
  const inMinute = (minute: number) => new Date(start + minute * 60_000);
  const newEntry = (n: number): NewAuditEntry => ({
    eventId: `listed-${n}`.padEnd(10, "-"),
    at: inMinute(Math.floor(n / 3)),
    category: (["security", "write", "access"] as const)[n % 3] ?? "write",
    action: ["login.refused", "order.placed", "operation.run"][n % 3] ?? "",
    outcome: n % 5 === 0 ? "refused" : "success",
    actor: { role: "customer", userId: String(n % 4).padStart(24, "0") },
    source: "users",
    subject: { type: "Order", id: `order-${n % 7}` },
    entityTypes: ["Order"],
    changes: [],
  });
  const choices = {
    category: "SECURITY",
    action: "login.refused",
    userId: "000000000000000000000000",
    subjectId: "order-0",
    outcome: "REFUSED",
    from: inMinute(10).toISOString(),
    to: inMinute(60).toISOString(),
  };
  const names = Object.keys(choices) as (keyof typeof choices)[];
  const filters = Array.from({ length: 2 ** names.length }, (_, bits) =>
    Object.fromEntries(names.filter((_name, bit) => bits & (1 << bit)).map((name) => [name, choices[name]])),
  );

  beforeEach(() =>
    inTenant(() =>
      insertAuditEntries(
        users.models,
        Array.from({ length: 420 }, (_, n) => newEntry(n)),
      ),
    ),
  );

  it("lists newest first, page by page, without repeating or leaving out ties", async () => {
    const ids: unknown[] = [];
    let after: string | undefined;
    let times: string[] = [];
    for (;;) {
      const { nodes, pageInfo } = await listed({}, { first: 50, after });
      ids.push(...nodes.map(({ id }) => id));
      times = [...times, ...nodes.map(({ at }) => String(at))];
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(new Set(ids).size).toBe(420);
    expect(times).toEqual(times.toSorted().reverse());
  });

  it("answers every combination of filters by an index in its order, with exactly what meets them", async () => {
    const all = Array.from({ length: 420 }, (_, n) => newEntry(n));
    const client = users.resources.mongo.connection.getClient();
    const { result, commands } = await captureQueries(client, async () => {
      const counts: number[] = [];
      for (const filter of filters) counts.push((await listed(filter, { first: 5 })).totalCount);
      return counts;
    });
    const meets = (entry: NewAuditEntry, filter: Partial<typeof choices>) =>
      (filter.category === undefined || entry.category === "security") &&
      (filter.action === undefined || entry.action === filter.action) &&
      (filter.userId === undefined || entry.actor.userId === filter.userId) &&
      (filter.subjectId === undefined || entry.subject?.id === filter.subjectId) &&
      (filter.outcome === undefined || entry.outcome === "refused") &&
      (filter.from === undefined || entry.at >= new Date(filter.from)) &&
      (filter.to === undefined || entry.at < new Date(filter.to));
    expect(result).toEqual(filters.map((filter) => all.filter((entry) => meets(entry, filter)).length));
    expect(await explainProblems(client, commands)).toEqual([]);
  });

  it("shows who did it, unless it was a person who is gone", async () => {
    const user = await fakeUser(users.models);
    const id = user._id.toHexString();
    await inTenant(async () => {
      await recordSecurity(users.models, {
        action: "login.refused",
        outcome: "refused",
        code: "INVALID_CREDENTIALS",
        actor: { role: "anonymous", userId: id, address: "203.0.113.9" },
        subject: { type: "User", id },
      });
    });
    const { nodes } = await listed({ userId: id });
    expect(nodes).toMatchObject([
      {
        user: { id },
        address: "203.0.113.9",
        code: "INVALID_CREDENTIALS",
        subjectId: id,
        category: "SECURITY",
        count: 1,
      },
    ]);
    expect(await inTenant(() => pseudonymisePerson(users.models, id))).toBe(2);
    expect((await listed({ userId: id })).nodes).toEqual([]);
    const [erased] = (await listed({ from: nodes[0]?.at })).nodes;
    expect(erased).toMatchObject({ user: null, address: null, code: "INVALID_CREDENTIALS" });
    expect(JSON.stringify(await entries())).not.toContain(id);
  });

  it("shows staff of another tenant nothing", async () => {
    const viewer = { ...staff, tenantId: "other" };
    const { auditEntries } = await users.subgraph.expectData<Listed>({ query: list, viewer });
    expect(auditEntries.nodes).toEqual([]);
  });

  it.each([
    ["customers", fakeViewer("customer")],
    ["staff of other areas", { ...fakeViewer("admin"), scopes: ["staff:orders", "staff:users"] }],
  ])("is refused to %s", async (_, viewer) => {
    const { data, errors } = await users.subgraph.execute<Listed>({ query: list, viewer });
    expect(data?.auditEntries).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("refuses a period that ends before it begins", async () => {
    const variables = { filter: { from: choices.to, to: choices.from } };
    const { errors } = await users.subgraph.execute({ query: list, variables, viewer: staff });
    expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  });
});
