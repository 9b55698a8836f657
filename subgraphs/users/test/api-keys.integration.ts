import { hashApiKey } from "@tradegraph/kit/api-key";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { captureQueries, explainProblems } from "@tradegraph/testkit/explain";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { type ApiKeyDocument, mostKeys } from "../src/models/api-key.ts";
import { fakePartner, gatewayViewer, inAnHour, partnerStaff, storedKey, storedPartner } from "./fake-partner.ts";
import { fakeViewer, hex, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const staff = partnerStaff();

interface ApiKey {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  allowedAddresses: string[];
  expiresAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
}
interface Payload {
  apiKey: ApiKey | null;
  secret: string | null;
  userErrors: { __typename: string; field: string[] | null; limit?: number }[];
}

const keyFields = "id name prefix scopes allowedAddresses createdAt expiresAt lastUsedAt revokedAt";
const payloadFields = `apiKey { ${keyFields} } secret
  userErrors { __typename field ... on LimitReachedError { limit } }`;
const createQuery = `mutation ($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { ${payloadFields} } }`;
const revokeQuery = `mutation ($id: ID!) { apiKeyRevoke(id: $id) { ${payloadFields} } }`;
const identityQuery = `query ($keyHash: String!) { apiKeyIdentity(keyHash: $keyHash) {
  keyId partnerId partnerName tenantId companyId scopes allowedAddresses expiresAt } }`;

const create = async (partner: { _id: Parameters<typeof hex>[0]["_id"] }, input: object = {}) => {
  const full = { partnerId: hex(partner), name: "Warehouse", scopes: ["CATALOGUE_READ"], ...input };
  const { apiKeyCreate } = await users.subgraph.expectData<{ apiKeyCreate: Payload }>({
    query: createQuery,
    variables: { input: full },
    viewer: staff,
  });
  return apiKeyCreate;
};
const revoke = async (id: string) =>
  (
    await users.subgraph.expectData<{ apiKeyRevoke: Payload }>({
      query: revokeQuery,
      variables: { id },
      viewer: staff,
    })
  ).apiKeyRevoke;
const identityOf = async (keyHash: string) =>
  (
    await users.subgraph.expectData<{ apiKeyIdentity: Record<string, unknown> | null }>({
      query: identityQuery,
      variables: { keyHash },
      viewer: gatewayViewer,
    })
  ).apiKeyIdentity;

describe("apiKeyCreate", () => {
  it("shows the key once and stores its hash", async () => {
    const partner = await fakePartner(users.models);
    const { apiKey, secret, userErrors } = await create(partner, { name: " Till " });
    expect(userErrors).toEqual([]);
    expect(secret).toMatch(/^tgk_[0-9a-f]{8}_[\w-]{43}$/);
    expect(apiKey).toMatchObject({ name: "Till", scopes: ["CATALOGUE_READ"], allowedAddresses: [], revokedAt: null });
    expect(String(secret).startsWith(`${String(apiKey?.prefix)}_`)).toBe(true);
    const days = (Date.parse(String(apiKey?.expiresAt)) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(364);
    const { apiKeys, outbox } = await storedPartner(users.models, hex(partner));
    expect(apiKeys).toMatchObject([{ keyHash: hashApiKey(String(secret)), prefix: apiKey?.prefix }]);
    expect(outbox).toMatchObject([{ type: "apiKey.created", data: { keyId: apiKey?.id, prefix: apiKey?.prefix } }]);
  });

  it("leaves neither key nor hash in outbox or answers", async () => {
    const partner = await fakePartner(users.models);
    const { secret } = await create(partner);
    const random = String(secret).slice(13);
    const { _id } = partner;
    const raw = await users.resources.mongo.connection.collection("partners").findOne({ _id });
    expect(JSON.stringify(raw)).not.toContain(random);
    expect(JSON.stringify(raw?.outbox)).not.toContain(hashApiKey(String(secret)));
    const query = `query ($id: ID!) { partner(id: $id) { apiKeys { ${keyFields} } } }`;
    const answer = await users.subgraph.execute({ query, variables: { id: hex(partner) }, viewer: staff });
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer)).not.toContain(random);
  });

  it("gives a partner two that count, however many ask at once", async () => {
    const partner = await fakePartner(users.models);
    const results = await Promise.all(Array.from({ length: 12 }, () => create(partner)));
    expect(results.filter(({ secret }) => secret !== null)).toHaveLength(2);
    for (const { userErrors } of results.filter(({ secret }) => secret === null))
      expect(userErrors).toMatchObject([{ __typename: "LimitReachedError", limit: 2 }]);
    const { apiKeys, outbox } = await storedPartner(users.models, hex(partner));
    expect(apiKeys).toHaveLength(2);
    expect(outbox).toHaveLength(2);
  });

  it("gives another one when one has ended or expired", async () => {
    const live = storedKey({ expiresAt: inAnHour() });
    const partner = await fakePartner(users.models, {
      apiKeys: [storedKey(), storedKey({ expiresAt: inAnHour(), revokedAt: new Date() }), live],
    });
    expect((await create(partner)).userErrors).toEqual([]);
    expect((await create(partner)).userErrors).toMatchObject([{ __typename: "LimitReachedError" }]);
  });

  it("keeps twenty at most, dropping the oldest that are over", async () => {
    const live = storedKey({ expiresAt: inAnHour() });
    const ended = Array.from({ length: mostKeys - 1 }, () => storedKey());
    const partner = await fakePartner(users.models, { apiKeys: [live, ...ended] });
    const { apiKey } = await create(partner);
    const { apiKeys } = await storedPartner(users.models, hex(partner));
    const expected = [live, ...ended.slice(1)].map(hex);
    expect(apiKeys.map(hex)).toEqual([...expected, apiKey?.id]);
  });

  it("names everything that is wrong at once", async () => {
    const partner = await fakePartner(users.models);
    const { userErrors, secret } = await create(partner, {
      ...{ name: " ", scopes: [], allowedAddresses: ["10.0.0.0/40"], expiresAt: "2020-01-01T00:00:00Z" },
    });
    expect(secret).toBeNull();
    expect(userErrors.map(({ field }) => field?.[1])).toEqual(["name", "scopes", "expiresAt", "allowedAddresses"]);
    expect((await storedPartner(users.models, hex(partner))).apiKeys).toEqual([]);
  });

  it.each([
    ["an end beyond a year", { expiresAt: new Date(Date.now() + 367 * 86_400_000).toISOString() }],
    ["21 networks", { allowedAddresses: Array.from({ length: 21 }, (_, n) => `10.0.0.${n}`) }],
    ["a host name", { allowedAddresses: ["partner.example"] }],
    ["orders for a partner without company", { scopes: ["ORDERS_READ"] }],
  ])("refuses %s", async (_name, input) => {
    const partner = await fakePartner(users.models);
    const { userErrors, secret } = await create(partner, input);
    expect(secret).toBeNull();
    expect(userErrors).toMatchObject([{ __typename: "InvalidInputError" }]);
  });

  it("takes networks of both kinds, each once", async () => {
    const partner = await fakePartner(users.models);
    const { apiKey } = await create(partner, { allowedAddresses: ["192.0.2.0/24", " 192.0.2.0/24", "2001:DB8::/32"] });
    expect(apiKey?.allowedAddresses).toEqual(["192.0.2.0/24", "2001:db8::/32"]);
  });

  it.each<[string, Viewer, string]>([
    ["a visitor", anonymousViewer(testTenant), "UNAUTHENTICATED"],
    ["a customer", fakeViewer("customer"), "FORBIDDEN"],
    ["staff of another tenant", partnerStaff("other"), "NOT_FOUND"],
    ["the gateway", gatewayViewer, "FORBIDDEN"],
  ])("refuses %s", async (_name, viewer, code) => {
    const partner = await fakePartner(users.models);
    const input = { partnerId: hex(partner), name: "Stolen", scopes: ["CATALOGUE_READ"] };
    const { errors } = await users.subgraph.execute({ query: createQuery, variables: { input }, viewer });
    expect(errors?.[0]?.extensions.code).toBe(code);
    expect((await storedPartner(users.models, hex(partner))).apiKeys).toEqual([]);
  });
});

describe("apiKeyRevoke", () => {
  it("ends a key, once", async () => {
    const partner = await fakePartner(users.models);
    const { apiKey, secret } = await create(partner);
    const ended = await revoke(String(apiKey?.id));
    expect(ended.apiKey?.revokedAt).not.toBeNull();
    expect(ended.secret).toBeNull();
    expect((await revoke(String(apiKey?.id))).apiKey?.revokedAt).toBe(ended.apiKey?.revokedAt);
    expect(await identityOf(hashApiKey(String(secret)))).toBeNull();
    const { outbox } = await storedPartner(users.models, hex(partner));
    expect(outbox.map(({ type }) => type)).toEqual(["apiKey.created", "apiKey.revoked"]);
  });

  it("leaves the partner's other keys alone", async () => {
    const partner = await fakePartner(users.models);
    const [first, second] = [await create(partner), await create(partner)];
    await revoke(String(second.apiKey?.id));
    expect(await identityOf(hashApiKey(String(first.secret)))).not.toBeNull();
  });

  it("does not find another tenant's", async () => {
    const key = storedKey({ expiresAt: inAnHour() });
    await fakePartner(users.models, { apiKeys: [key] }, "other");
    const { errors } = await users.subgraph.execute({ query: revokeQuery, variables: { id: hex(key) }, viewer: staff });
    expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    expect(await identityOf(key.keyHash)).toMatchObject({ tenantId: "other" });
  });
});

describe("apiKeyIdentity", () => {
  it("says what a key stands for, in whichever tenant", async () => {
    const companyId = newId();
    const key = storedKey({ expiresAt: inAnHour(), allowedAddresses: ["192.0.2.1"], scopes: ["orders:read-all"] });
    const partner = await fakePartner(users.models, { apiKeys: [storedKey(), key], companyId }, "other");
    expect(await identityOf(key.keyHash)).toEqual({
      keyId: hex(key),
      partnerId: hex(partner),
      partnerName: partner.name,
      tenantId: "other",
      companyId: companyId.toHexString(),
      scopes: ["orders:read-all"],
      allowedAddresses: ["192.0.2.1"],
      expiresAt: key.expiresAt.toISOString(),
    });
  });

  it.each<[string, Partial<ApiKeyDocument>, boolean]>([
    ["an expired key", { expiresAt: new Date(Date.now() - 1) }, true],
    ["a key that was ended", { expiresAt: inAnHour(), revokedAt: new Date() }, true],
    ["a key of a partner that is switched off", { expiresAt: inAnHour() }, false],
  ])("is null for %s", async (_name, overrides, isActive) => {
    const key = storedKey(overrides);
    await fakePartner(users.models, { apiKeys: [key], isActive });
    expect(await identityOf(key.keyHash)).toBeNull();
    expect(await identityOf(hashApiKey("unknown"))).toBeNull();
    expect(await identityOf("$where")).toBeNull();
  });

  it("remembers the minute of use, writing once a minute and changing nothing else", async () => {
    const key = storedKey({ expiresAt: inAnHour(), lastUsedAt: new Date("2026-01-05T10:00:00Z") });
    const before = await fakePartner(users.models, { apiKeys: [storedKey(), key] });
    await identityOf(key.keyHash);
    const after = await storedPartner(users.models, hex(before));
    const used = after.apiKeys[1]?.lastUsedAt;
    expect(used?.getTime()).toBeGreaterThan(Date.now() - 120_000);
    expect(used?.getUTCSeconds()).toBe(0);
    expect(after.apiKeys[0]?.lastUsedAt).toBeUndefined();
    expect(after).toMatchObject({ version: before.version, updatedAt: before.updatedAt, outbox: [] });
  });

  it("finds the key by index", async () => {
    const key = storedKey({ expiresAt: inAnHour() });
    await fakePartner(users.models, { apiKeys: [key] });
    const client = users.resources.mongo.connection.getClient();
    const { commands } = await captureQueries(client, () => identityOf(key.keyHash));
    // Workers of the subgraph go on meanwhile.
    const own = commands.filter((command) => Object.values(command)[0] === "partners");
    expect(own.map((command) => Object.keys(command)[0])).toEqual(["find", "update"]);
    expect(await explainProblems(client, own)).toEqual([]);
  });

  it.each<[string, Viewer]>([
    ["staff", fakeViewer("admin")],
    ["another service", { ...gatewayViewer, scopes: ["sessions"] }],
    ["a visitor", anonymousViewer(testTenant)],
  ])("refuses %s", async (_name, viewer) => {
    const { data } = await users.subgraph.execute({ query: identityQuery, variables: { keyHash: "x" }, viewer });
    expect(data?.apiKeyIdentity ?? null).toBeNull();
    const { errors } = await users.subgraph.execute({ query: identityQuery, variables: { keyHash: "x" }, viewer });
    expect(["FORBIDDEN", "UNAUTHENTICATED"]).toContain(errors?.[0]?.extensions.code);
  });
});
