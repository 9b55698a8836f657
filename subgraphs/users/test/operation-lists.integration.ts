import { operationHash } from "@tradegraph/kit/operation-text";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import {
  longestBody,
  mostActiveLists,
  mostLists,
  mostOperations,
  type OperationListDocument,
} from "../src/models/operation-list.ts";
import { fakeOperation, operationLists } from "./fake-operations.ts";
import { fakePartner, partnerStaff } from "./fake-partner.ts";
import { hex, newId } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();
const { create, add, activate, retire, active } = operationLists(users);

const newPartner = async () => hex(await fakePartner(users.models));
const newList = async (partnerId: string, name = "2026-11") =>
  String((await create(partnerId, name)).operationList?.id);
const stored = (id: string, tenantId = testTenant) =>
  runForTenant(tenantId, () => users.models.OperationList.findOne({ _id: id }).lean<OperationListDocument>().exec());

describe("operationListCreate", () => {
  it("begins a pending list and says so in the outbox", async () => {
    const { operationList, userErrors } = await create(await newPartner(), " 2026-11 ");
    expect(userErrors).toEqual([]);
    expect(operationList).toMatchObject({ name: "2026-11", status: "PENDING", operationCount: 0 });
    expect((await stored(String(operationList?.id)))?.outbox).toMatchObject([
      { type: "operationList.created", data: { name: "2026-11" } },
    ]);
  });

  it("refuses a wrong name, one that is taken, and a partner there is not", async () => {
    const partner = await newPartner();
    for (const name of ["", "a b", "-x", "x".repeat(51), "a\nb"])
      expect((await create(partner, name)).userErrors).toMatchObject([{ field: ["input", "name"] }]);
    await newList(partner, "one");
    expect((await create(partner, "one")).userErrors).toMatchObject([{ field: ["input", "name"] }]);
    const query = `mutation ($input: OperationListCreateInput!) { operationListCreate(input: $input) { userErrors { message } } }`;
    const variables = { input: { partnerId: hex({ _id: newId() }), name: "one" } };
    const { errors } = await users.subgraph.execute({ query, variables, viewer: partnerStaff() });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
  });

  it("keeps a partner at its limit however many come at once, and lets old ones go", async () => {
    const partner = await newPartner();
    const results = await Promise.all(Array.from({ length: mostLists + 5 }, (_, n) => create(partner, `v${n}`)));
    const made = results.flatMap(({ operationList }) => operationList?.id ?? []);
    expect(made).toHaveLength(mostLists);
    expect(results.flatMap(({ userErrors }) => userErrors)).toMatchObject(
      Array.from({ length: 5 }, () => ({ __typename: "LimitReachedError", limit: mostLists })),
    );
    const oldest = String(made[0]);
    await retire(oldest);
    expect((await create(partner, "new")).userErrors).toEqual([]);
    expect(await stored(oldest)).toBeNull();
  });

  it("gives one of several of one name at once", async () => {
    const partner = await newPartner();
    const results = await Promise.all(Array.from({ length: 6 }, () => create(partner, "same")));
    expect(results.filter(({ operationList }) => operationList)).toHaveLength(1);
  });
});

describe("operationListAdd", () => {
  it("adds operations once, whatever is repeated, with the name and kind out of their text", async () => {
    const id = await newList(await newPartner());
    const write = fakeOperation("Leave", "mutation Leave { logout(everywhere: false) { ended } }");
    const both = [fakeOperation("Shop"), { ...write, operationId: `sha256:${write.operationId}`, clientName: "till" }];
    expect(await add(id, both)).toMatchObject({ operationList: { operationCount: 2 }, userErrors: [] });
    expect(await add(id, [...both, ...both])).toMatchObject({ operationList: { operationCount: 2 }, userErrors: [] });
    expect((await stored(id))?.operations).toMatchObject([
      { name: "Shop", type: "query" },
      { operationId: write.operationId, name: "Leave", type: "mutation", clientName: "till" },
    ]);
  });

  const aliases = (count: number) => Array.from({ length: count }, (_, n) => `a${n}: id`).join(" ");

  it("takes what the gateway answers, up to its limits", async () => {
    const id = await newList(await newPartner());
    const body = `query Many { me { ${aliases(30)} } }`;
    expect((await add(id, [{ operationId: "many", body }])).userErrors).toEqual([]);
  });

  it("names every faulty operation and adds none", async () => {
    const id = await newList(await newPartner());
    const wrong: [string, string, string][] = [
      ["field", "query Wrong { products { nope } }", "Cannot query field"],
      ["variable", "query Loose($a: Int) { products(first: 1) { nodes { id } } }", "never used"],
      ["syntax", "query {", "is no GraphQL"],
      ["anonymous", "{ products(first: 1) { nodes { id } } }", "has no name"],
      ["two", "query A { me { id } } query B { me { id } }", "has 2 operations"],
      ["none", "fragment F on Product { id }", "has 0 operations"],
      ["types", "query A { me { id } } type X { y: Int }", "besides an operation"],
      ["subscription", "subscription S { x }", "is a subscription"],
      ["large", `query Large { me { id } } #${"x".repeat(longestBody)}`, "bytes"],
      ["id with space", "query Id { me { id } }", "ids have"],
      ["0".repeat(64), "query Hash { me { id } }", "is not the SHA-256"],
      ["sha256:abc", "query Prefix { me { id } }", "is not the SHA-256"],
      [
        "aliases",
        `query Many { me { ${aliases(31)} } }`,
        "at most 30 aliases, fragments expanded; send several operations. It has 31 (LIMIT_ALIASES).",
      ],
      ["deep", `query Deep { ${"a { ".repeat(25)}b${" }".repeat(25)} }`, "(LIMIT_DEPTH)"],
      ["writes", `mutation Writes { ${aliases(11)} }`, "at most 10 root fields"],
      ["tokens", `query Long { ${"id ".repeat(2_000)} }`, "has more than 2000 tokens"],
      ["internal", 'query Inside { apiKeyIdentity(keyHash: "x") { keyId } }', "Cannot query field"],
    ];
    const operations = wrong.map(([operationId, body]) => ({ operationId, body }));
    const { operationList, userErrors } = await add(id, [fakeOperation("Good"), ...operations]);
    expect(operationList).toBeNull();
    expect(userErrors.map(({ field }) => field?.[2])).toEqual(wrong.map((_, index) => String(index + 1)));
    for (const [index, [, , words]] of wrong.entries()) expect(userErrors[index]?.message).toContain(words);
    expect((await stored(id))?.operations).toEqual([]);
  });

  it("refuses another text under an id of the list", async () => {
    const id = await newList(await newPartner());
    await add(id, [{ operationId: "shop", body: "query A { me { id } }" }]);
    const { userErrors } = await add(id, [{ operationId: "shop", body: "query B { me { id } }" }]);
    expect(userErrors).toMatchObject([{ field: ["input", "operations", "0"] }]);
  });

  it("takes 1 to 50 at once, and a bounded number and amount in all", async () => {
    const id = await newList(await newPartner());
    const some = (from: number, count: number, filler = "") =>
      Array.from({ length: count }, (_, n) =>
        fakeOperation(`Q${from + n}`, `query Q${from + n} { me { id } } #${filler}`),
      );
    expect((await add(id, [])).userErrors).toHaveLength(1);
    expect((await add(id, some(0, 51))).userErrors).toHaveLength(1);
    for (let from = 0; from < mostOperations; from += 50)
      expect((await add(id, some(from, 50))).userErrors).toEqual([]);
    expect((await add(id, some(mostOperations, 1))).userErrors).toMatchObject([{ limit: mostOperations }]);
    const large = await newList(await newPartner());
    const filler = "x".repeat(60_000);
    let added = 0;
    for (; added < 100; added += 20) if ((await add(large, some(added, 20, filler))).userErrors.length > 0) break;
    expect(added).toBe(60);
  });

  it("loses nothing when a list is filled from several sides at once", async () => {
    const id = await newList(await newPartner());
    await Promise.all(["A", "B", "C", "D", "E"].map((name) => add(id, [fakeOperation(name)])));
    expect((await stored(id))?.operations.map(({ name }) => name).sort()).toEqual(["A", "B", "C", "D", "E"]);
  });
});

describe("operationListActivate", () => {
  it("lets a list count, once, and closes it", async () => {
    const id = await newList(await newPartner());
    await add(id, [fakeOperation("Shop")]);
    const results = await Promise.all([activate(id), activate(id), activate(id)]);
    for (const result of results) expect(result).toMatchObject({ operationList: { status: "ACTIVE" }, userErrors: [] });
    expect((await stored(id))?.outbox.map(({ type }) => type)).toEqual([
      "operationList.created",
      "operationList.filled",
      "operationList.activated",
    ]);
    expect((await add(id, [fakeOperation("Late")])).userErrors).toMatchObject([{ field: ["input", "id"] }]);
  });

  it("refuses an empty list, a retired one, and one that the schema no longer allows", async () => {
    const partner = await newPartner();
    expect((await activate(await newList(partner))).userErrors).toMatchObject([{ field: ["id"] }]);
    const over = await newList(partner, "over");
    await retire(over);
    expect((await activate(over)).userErrors).toMatchObject([{ field: ["id"] }]);
    const old = await newList(partner, "old");
    await add(old, [{ ...fakeOperation("Shop"), operationId: "shop" }]);
    await runForTenant(testTenant, () =>
      users.models.OperationList.updateOne(
        { _id: old },
        { $set: { "operations.0.body": "query Shop { gone { id } }" } },
      ).exec(),
    );
    expect((await activate(old)).userErrors[0]?.message).toContain("Shop: Cannot query field");
    expect((await stored(old))?.status).toBe("pending");
  });

  it("counts exactly what was in it, however it is filled meanwhile", async () => {
    const id = await newList(await newPartner());
    await add(id, [fakeOperation("First")]);
    const late = Array.from({ length: 8 }, (_, n) => add(id, [fakeOperation(`Late${n}`)]));
    const [activated, ...added] = await Promise.all([activate(id), ...late]);
    const list = await stored(id);
    expect(list?.operations).toHaveLength(1 + added.filter(({ userErrors }) => userErrors.length === 0).length);
    expect(activated?.operationList?.operationCount).toBe(list?.operations.length);
    expect(list?.status).toBe("active");
  });

  it("keeps to the limit of active lists however many come at once", async () => {
    const partner = await newPartner();
    const ids = await Promise.all(Array.from({ length: mostActiveLists + 3 }, (_, n) => newList(partner, `v${n}`)));
    for (const id of ids) await add(id, [fakeOperation("Shop")]);
    const results = await Promise.all(ids.map(activate));
    expect(results.filter(({ operationList }) => operationList)).toHaveLength(mostActiveLists);
    expect(results.flatMap(({ userErrors }) => userErrors)).toMatchObject(
      Array.from({ length: 3 }, () => ({ __typename: "LimitReachedError", limit: mostActiveLists })),
    );
  });
});

describe("operationListRetire", () => {
  it("ends a list, once, and makes room for another active one", async () => {
    const partner = await newPartner();
    const id = await active(partner, "one", fakeOperation("Shop"));
    expect(await retire(id)).toMatchObject({ operationList: { status: "RETIRED" }, userErrors: [] });
    expect(await retire(id)).toMatchObject({ operationList: { status: "RETIRED" }, userErrors: [] });
    const list = await stored(id);
    expect(list?.outbox.map(({ type }) => type).filter((type) => type === "operationList.retired")).toHaveLength(1);
    expect([list?.isActive, list?.activeSlot]).toEqual([false, undefined]);
  });
});

describe("who may", () => {
  const calls = (id: string) => [
    `mutation { operationListCreate(input: { partnerId: "${id}", name: "x" }) { userErrors { message } } }`,
    `mutation { operationListAdd(input: { id: "${id}", operations: [] }) { userErrors { message } } }`,
    `mutation { operationListActivate(id: "${id}") { userErrors { message } } }`,
    `mutation { operationListRetire(id: "${id}") { userErrors { message } } }`,
    `{ operationList(id: "${id}") { id } }`,
    `{ partnerOperations(partnerId: "${id}") { version } }`,
    `mutation { operationUseRecord(uses: []) { recorded } }`,
  ];

  it("is staff for partners of the same shop, and our own programs for the rest", async () => {
    const id = await active(await newPartner(), "one", fakeOperation("Shop"));
    const strangers = [
      anonymousViewer(testTenant),
      { ...partnerStaff(), scopes: ["staff:users"] },
      { tenantId: testTenant, role: "partner" as const, partnerId: id, scopes: ["catalogue:read"] },
    ];
    for (const viewer of strangers)
      for (const query of calls(id)) {
        const { errors } = await users.subgraph.execute({ query, variables: {}, viewer });
        expect([query, ["UNAUTHENTICATED", "FORBIDDEN"]]).toEqual([
          query,
          expect.arrayContaining([errors?.[0]?.extensions.code]),
        ]);
      }
  });

  it("is nobody of another shop", async () => {
    const id = await active(await newPartner(), "one", fakeOperation("Shop"));
    const viewer = partnerStaff("elsewhere");
    const found = await users.subgraph.execute({ query: `{ operationList(id: "${id}") { id } }`, viewer });
    expect(found.data).toEqual({ operationList: null });
    for (const query of calls(id).slice(0, 1).concat(calls(id).slice(2, 4))) {
      const { errors } = await users.subgraph.execute({ query, viewer });
      expect(errors?.[0]?.extensions.code).toBe("NOT_FOUND");
    }
    expect((await stored(id))?.status).toBe("active");
  });
});

it("hashes as the tools of clients do", () => {
  expect(operationHash("query($id:ID!){user(id:$id){name}}")).toBe(
    "71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b",
  );
});
