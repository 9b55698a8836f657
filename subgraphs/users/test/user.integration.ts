import { createLoaderFactory } from "@tradegraph/kit/loader";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { commandsOf } from "@tradegraph/testkit/command-counter";
import { anonymousViewer, serviceViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { beforeAll, describe, expect, it } from "vitest";
import { createLoaders } from "../src/loaders.ts";
import { type UserDocument } from "../src/models/user.ts";
import { fakeCompany, fakeMembership, fakeUser, fakeViewer, hex, newId, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

// Commands are counted here: nobody looks for mail to send meanwhile.
const users = startUsers({ mailIntervalMs: 60_000 });

const privateFields = ["email", "role", "phone", "isActive", "lastLogin", "createdAt"];
const fields = `id nodeId firstName lastName sellerProfile { shopName } address { city } memberships { id }
  ${privateFields.join(" ")}`;
const byId = `query ($id: ID!) { user(id: $id) { ${fields} } }`;
const entities = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { ${fields} } } }`;

let seller: UserDocument;
let other: UserDocument;
const admin = fakeViewer("admin");
const visitor = anonymousViewer(testTenant);

beforeAll(async () => {
  other = await fakeUser(users.models);
  seller = await fakeUser(users.models, {
    role: "supplier",
    sellerProfile: { shopName: "Huber Fittings", since: new Date("2025-01-01") },
  });
  await fakeMembership(users.models, { user: seller, company: await fakeCompany(users.models) });
});

/** The seller as `_entities` gives it, and the refused fields with their codes. */
async function entityFor(viewer: Viewer) {
  const representations = [{ __typename: "User", id: hex(seller) }];
  const answer = await users.subgraph.execute<{ _entities: Record<string, unknown>[] }>({
    query: entities,
    variables: { representations },
    viewer,
  });
  const refused = answer.errors?.map(({ path, extensions }) => [path?.at(-1), extensions.code]) ?? [];
  return { entity: answer.data?._entities[0] ?? null, refused };
}

const whole = () => ({
  id: hex(seller),
  nodeId: Buffer.from(`User:${hex(seller)}`).toString("base64url"),
  firstName: "Anna",
  lastName: seller.lastName,
  sellerProfile: { shopName: "Huber Fittings" },
  address: { city: "Vienna" },
  memberships: [{ id: expect.any(String) as string }],
  email: seller.email,
  role: "SUPPLIER",
  phone: "+43 555 0100",
  isActive: true,
  lastLogin: "2026-01-01T08:00:00.000Z",
  createdAt: seller.createdAt.toISOString(),
});
const nothingPrivate = {
  ...Object.fromEntries(privateFields.map((name) => [name, null])),
  address: null,
  memberships: null,
};
const refusedWith = (code: string, ...more: string[]) =>
  [...more, "address", "memberships", ...privateFields].map((name) => [name, code]);

describe("User", () => {
  it("is whole for the person, for staff and for our own programs", async () => {
    for (const viewer of [viewerOf(seller), admin, serviceViewer(testTenant, [])]) {
      await expect(entityFor(viewer)).resolves.toEqual({ entity: whole(), refused: [] });
    }
  });

  it("is a name and a seller's profile for other signed-in people", async () => {
    for (const viewer of [viewerOf(other), fakeViewer("supplier")]) {
      const { entity, refused } = await entityFor(viewer);
      expect(entity).toEqual({ ...whole(), ...nothingPrivate });
      expect(refused.sort()).toEqual(refusedWith("FORBIDDEN").sort());
    }
  });

  it("is an id and a seller's profile for visitors", async () => {
    const { entity, refused } = await entityFor(visitor);
    expect(entity).toEqual({ ...whole(), ...nothingPrivate, firstName: null, lastName: null });
    expect(refused.sort()).toEqual(refusedWith("UNAUTHENTICATED", "firstName", "lastName").sort());
  });

  it("is nothing for staff of another shop", async () => {
    await expect(entityFor(fakeViewer("admin", "other"))).resolves.toEqual({ entity: null, refused: [] });
  });

  it("has no field that gives the password", async () => {
    const answer = await users.subgraph.execute({ query: "{ me { passwordHash } }", viewer: admin });
    expect(answer.errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("resolves 100 references with one database command", async () => {
    const many = await Promise.all(Array.from({ length: 100 }, () => fakeUser(users.models)));
    const representations = many.map((user) => ({ __typename: "User", id: hex(user) }));
    const { result, commands } = await commandsOf(users.resources.mongo, () =>
      users.subgraph.expectData<{ _entities: { lastName: string }[] }>({
        query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on User { lastName } } }`,
        variables: { representations },
        viewer: viewerOf(other),
      }),
    );
    expect(result._entities.map(({ lastName }) => lastName)).toEqual(many.map(({ lastName }) => lastName));
    expect(commands).toEqual([{ name: "find", collection: "users" }]);
  });

  it("is null for references that are no ids or name nobody", async () => {
    const representations = ["nonsense", "aaaaaaaaaaaa", newId().toHexString()].map((id) => ({
      __typename: "User",
      id,
    }));
    await expect(
      users.subgraph.expectData({ query: entities, variables: { representations }, viewer: admin }),
    ).resolves.toEqual({ _entities: [null, null, null] });
  });
});

describe("the loaders", () => {
  it("hand on no memberships of others, even if a rule should forget to refuse them", async () => {
    const membershipsFor = (viewer: Viewer) =>
      runForTenant(testTenant, async () => {
        const { membershipsByUser } = createLoaders(users.models, createLoaderFactory(), viewer);
        return (await membershipsByUser.load(hex(seller))).length;
      });
    await expect(membershipsFor(admin)).resolves.toBe(1);
    await expect(membershipsFor(viewerOf(seller))).resolves.toBe(1);
    await expect(membershipsFor(viewerOf(other))).resolves.toBe(0);
    await expect(membershipsFor(visitor)).resolves.toBe(0);
  });
});

describe("user", () => {
  it("finds oneself, and anybody for staff", async () => {
    for (const viewer of [viewerOf(seller), admin]) {
      const data = await users.subgraph.expectData({ query: byId, variables: { id: hex(seller) }, viewer });
      expect(data).toEqual({ user: whole() });
    }
  });

  it("finds nobody for others, whether there is such a person or not", async () => {
    for (const id of [hex(seller), newId().toHexString()]) {
      await expect(
        users.subgraph.expectData({ query: byId, variables: { id }, viewer: viewerOf(other) }),
      ).resolves.toEqual({ user: null });
    }
    const foreign = { query: byId, variables: { id: hex(seller) }, viewer: fakeViewer("admin", "other") };
    await expect(users.subgraph.expectData(foreign)).resolves.toEqual({ user: null });
  });

  it("asks visitors to sign in", async () => {
    const answer = await users.subgraph.execute({ query: byId, variables: { id: hex(seller) } });
    expect(answer).toMatchObject({ data: { user: null }, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
  });

  it("refuses what is no id", async () => {
    const answer = await users.subgraph.execute({ query: byId, variables: { id: "nonsense" }, viewer: admin });
    expect(answer).toMatchObject({ data: { user: null }, errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });
});

describe("me", () => {
  it("is the signed-in person, and null for visitors", async () => {
    const query = `{ me { ${fields} } }`;
    await expect(users.subgraph.expectData({ query, viewer: viewerOf(seller) })).resolves.toEqual({ me: whole() });
    await expect(users.subgraph.expectData({ query })).resolves.toEqual({ me: null });
  });
});
