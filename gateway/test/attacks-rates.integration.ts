// Ways to be somebody else for the rate limits, and to try more at once than they count. Nothing comes back while these run.
import { randomUUID } from "node:crypto";
import { createApiKey } from "@tradegraph/kit/api-key";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encoded, json } from "./attack-lists-stage.ts";
import {
  type Attack,
  type AttackStage,
  get,
  post,
  postText,
  preflight,
  startAttackStage,
  times,
} from "./attack-stage.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { type ManifestFolder, makeManifestFolder, operation, rulesWith } from "./manifest-folder.ts";
import { limits } from "./rate-limit-stage.ts";
import { type GraphqlAnswer } from "./start-gateway.ts";

const most = { visitorRequests: 60, signIns: 5, failures: 20, partnerPoints: 200 };
const latest = operation("query Latest { latest }");
const login = operation("mutation Login($input: LoginInput!) { login(input: $input) { id } }");

let users: FakeUsers;
let folder: ManifestFolder;
let stage: AttackStage;
beforeAll(async () => {
  [users, folder] = await Promise.all([startFakeUsers(), makeManifestFolder()]);
  await folder.write("storefront", [latest, login]);
  const namespace = `attacks-${randomUUID()}`;
  stage = await startAttackStage({
    ...{ introspection: false, planning: { timeoutMs: 2_000 }, trustedProxies: 1 },
    ...{ usersUrl: users.url, apiKeys: { redisNamespace: namespace } },
    // Without Redis: how many pass does not depend on how soon that answers.
    ...{ rateLimit: limits({ ...most, namespace, instances: 1 }), operations: rulesWith([folder.path]) },
  });
}, 60_000);
afterAll(async () => {
  await stage.stop();
  await users.stop();
  await folder.remove();
});

/** As our proxy writes it, behind what the caller wrote. */
const from = (address: string, claimed?: string) => ({
  "x-forwarded-for": claimed === undefined ? address : `${claimed}, ${address}`,
});
const many = (count: number, attack: (n: number) => Attack): Attack[] =>
  Array.from({ length: count }, (_, n) => attack(n));
const query = "{ latest }";

/** Sends them all, some times. @returns the answers that were not refused for their number; all others were */
async function passing(attacks: readonly Attack[]): Promise<GraphqlAnswer[]> {
  const { held, answers } = await stage.flood(attacks);
  expect(held).toBe("short");
  const refused = answers.filter(({ status }) => status === 429);
  for (const { body, headers } of refused) {
    expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(["RATE_LIMITED"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  }
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  return answers.filter(({ status }) => status !== 429);
}

describe("a visitor gets no more by", () => {
  const others = ["x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip", "x-client-ip", "fastly-client-ip"];
  const spellings = ["203.0.113.3", "::ffff:203.0.113.3", "::ffff:cb00:7103", "::FFFF:203.0.113.3", " 203.0.113.3 "];
  const ways: [string, (n: number) => Attack][] = [
    ["writing other addresses in front", (n) => post(query, {}, from("203.0.113.1", `198.51.100.${n}, 10.0.0.${n}`))],
    [
      "headers of other proxies",
      (n) =>
        post(
          query,
          {},
          { ...from("203.0.113.2"), ...Object.fromEntries(others.map((one) => [one, `198.51.100.${n}`])) },
        ),
    ],
    ["other spellings of an address", (n) => post(query, {}, from(spellings[n % spellings.length] ?? ""))],
    ["all addresses of a network", (n) => post(query, {}, from(`2001:db8:1:2:${n.toString(16)}::${n.toString(16)}`))],
    [
      "addresses that are none",
      (n) => post(query, {}, from(["unknown", "a".repeat(5_000), `999.1.1.${n}`, "[::1"][n % 4] ?? "")),
    ],
    [
      "a thousand addresses in front",
      (n) => post(query, {}, from("203.0.113.4", times(1_000, () => `1.1.1.${n},`).slice(0, -1))),
    ],
    [
      "other shops",
      (n) => post(query, {}, { ...from("203.0.113.5"), "x-tenant-id": `shop${n}`, "x-tenant": `shop${n}` }),
    ],
    [
      "names of other clients",
      (n) => post(query, {}, { ...from("203.0.113.6"), "apollographql-client-name": `c${n}` }),
    ],
    [
      "all shapes of a request",
      (n) =>
        [
          post(query, {}, from("203.0.113.7")),
          json({ documentId: latest.id }, from("203.0.113.7")),
          get(`/graphql/${latest.id}`, { ...preflight, ...from("203.0.113.7") }),
          get(`/graphql?query=${encodeURIComponent(`{ latest #${n}\n }`)}`, { ...preflight, ...from("203.0.113.7") }),
        ][n % 4] as Attack,
    ],
    ["operations that are refused", (n) => post(`{ nothing${n} }`, {}, from("203.0.113.8"))],
    ["texts that are no GraphQL", (n) => post(`{ ${n}`, {}, from("203.0.113.9"))],
    ["ids that nobody registered", (n) => json({ documentId: `x${n}` }, from("203.0.113.10"))],
    [
      "operations of many aliases",
      (n) => post(`{ ${times(100, (a) => `a${a}_${n}: latest`)} }`, {}, from("203.0.113.11")),
    ],
  ];
  it.each(ways)("%s", async (_name, attack) => {
    expect((await passing(many(100, attack))).length).toBeLessThanOrEqual(most.visitorRequests);
  });

  it("several operations in one request", async () => {
    const batch = JSON.stringify(Array(100).fill({ query }));
    const passed = await passing(many(100, () => postText(batch, from("203.0.113.12"))));
    expect(new Set(passed.map(({ status }) => status))).toEqual(new Set([400]));
  });
});

describe("a password is tried no more often by", () => {
  const fields = (count: number) => times(count, (n) => `a${n}: login(input: { email: "a${n}@x" }) { id }`);
  const ways: [string, number, (n: number) => Attack][] = [
    ["aliases", 2, () => post(`mutation { ${fields(2)} }`, {}, from("198.51.100.1"))],
    ["more aliases than are allowed", 11, () => post(`mutation { ${fields(11)} }`, {}, from("198.51.100.2"))],
    [
      "fragments",
      2,
      () =>
        post(
          `mutation { ...A ...B } fragment A on Mutation { ...B } fragment B on Mutation { ${fields(2)} }`,
          {},
          from("198.51.100.3"),
        ),
    ],
    [
      "one of several operations",
      1,
      () => post(`query Q { latest } mutation M { ${fields(1)} }`, { operationName: "M" }, from("198.51.100.4")),
    ],
    [
      "an operation by id",
      1,
      (n) => json({ documentId: login.id, variables: { input: { email: `b${n}@x` } } }, from("198.51.100.5")),
    ],
    [
      "escapes of JSON",
      1,
      (n) =>
        postText(
          `{"query":"\\u006d\\u0075tation { log\\u0069n(input: { email: \\"c${n}@x\\" }) { id } }"}`,
          from("198.51.100.6"),
        ),
    ],
    ["a mark of byte order", 1, (n) => post(`\uFEFF mutation { ${fields(1)} } # ${n}`, {}, from("198.51.100.7"))],
    [
      "fields that are left out",
      1,
      () => post(`mutation { latest: __typename ...@include(if: true) { ${fields(1)} } }`, {}, from("198.51.100.8")),
    ],
  ];
  it.each(ways)("%s", async (_name, tries, attack) => {
    const passed = await passing(many(30, attack));
    expect(passed.length * tries).toBeLessThanOrEqual(most.signIns);
  });

  it("GET", async () => {
    const search = `variables=${encoded({ input: { email: "g@x" } })}`;
    const attack = () => get(`/graphql/${login.id}?${search}`, { ...preflight, ...from("198.51.100.9") });
    const { held, answers } = await stage.flood(many(20, attack));
    expect([held, new Set(answers.map(({ status }) => status))]).toEqual(["short", new Set([405])]);
  });
});

describe("credentials are not found by", () => {
  it.each<[string, string, (n: number) => Record<string, string>]>([
    ["a flood of unknown keys", "203.0.113.50", () => ({ "x-api-key": createApiKey().secret })],
    ["a flood of keys that are none", "203.0.113.51", (n) => ({ "x-api-key": `tgk_${n}` })],
    ["a flood of tokens that are none", "203.0.113.52", (n) => ({ authorization: `Bearer ${n}` })],
  ])("%s, of whom nobody asks any more, while visitors from there go on", async (_name, address, credentials) => {
    const headers = (n: number) => ({ ...from(address), ...credentials(n) });
    const seen = new Set<number>();
    for (let n = 0; n < 10 && !seen.has(429); n += 1) {
      const { held, answers } = await stage.flood(many(100, (m) => post(query, {}, headers(100 * n + m))));
      expect(held).toBe("short");
      for (const { status } of answers) seen.add(status);
    }
    // 503 is for more questions about unknown keys than users is asked at once for one network.
    seen.delete(503);
    expect(seen).toEqual(new Set([401, 429]));
    const asked = users.asked.length;
    const { held, answers } = await stage.flood(many(100, (n) => post(query, {}, headers(1_000 + n))));
    expect([held, new Set(answers.map(({ status }) => status))]).toEqual(["short", new Set([429])]);
    expect(users.asked.length).toBe(asked);
    expect((await stage.attempt(post(query, {}, from(address)))).status).toBe(200);
  });
});

describe("a partner gets no more points by", () => {
  const tenBooks = `{ ${times(10, (n) => `a${n}: book(id: "${n}") { id }`)} }`;
  const ways: [string, (key: string, other: string, n: number) => Record<string, string>][] = [
    ["aliases", (key) => ({ "x-api-key": key })],
    ["several keys", (key, other, n) => ({ "x-api-key": n % 2 === 0 ? key : other })],
    ["several addresses", (key, _other, n) => ({ "x-api-key": key, ...from(`203.0.113.${n}`) })],
  ];
  it.each(ways)("%s", async (_name, headersOf) => {
    const partnerId = randomUUID().replaceAll("-", "").slice(0, 24);
    const [key, other] = [1, 2].map(() => users.addKey({ partnerId, keyId: randomUUID() }).secret);
    const passed = await passing(many(50, (n) => post(tenBooks, {}, headersOf(key ?? "", other ?? "", n))));
    expect(passed.map(({ status }) => status)).not.toContain(401);
    expect(passed.length * 10).toBeLessThanOrEqual(most.partnerPoints);
    expect(passed.length).toBeGreaterThan(0);
  });
});
