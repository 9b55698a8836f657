// A gateway with two partners, each with a list, and the page of each.
import { randomUUID } from "node:crypto";
import { type OperationVersion } from "../src/partner-page/list-changes.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { operation, rulesWith } from "./manifest-folder.ts";
import { startTestGateway, type TestGateway, type TestGatewayOptions } from "./start-gateway.ts";

export const hostileName = `<img src=x onerror="alert('1')">& Söhne`;
export const booksOfA = operation(
  "query BooksOfA($first: Int = 5, $colour: Colour) {\n  books(first: $first, colour: $colour) {\n    id\n    title\n    stars\n  }\n}",
);
export const addBookOfA = operation("mutation AddBook($title: String!) { addBook(title: $title) { id title } }");
export const scoreOfB = operation('query ScoreOfB { score(of: "</code><script>alert(1)</script>") }', {
  id: "b.score",
});
/** As after a deployment that nobody checked. */
export const gone = operation("query Gone { whatWasHere }", { id: "gone" });

const partners = {
  aaaaaaaaaaaaaaaaaaaaaaaa: { name: "Bolt Robots", operations: [booksOfA, addBookOfA] },
  bbbbbbbbbbbbbbbbbbbbbbbb: { name: hostileName, operations: [scoreOfB, gone] },
};
type PartnerId = keyof typeof partners;

const versionsOf = (id: PartnerId): OperationVersion[] => {
  const operations = partners[id].operations.map((one) => ({
    operationId: one.id,
    name: one.name,
    textHash: one.body,
  }));
  const earlier = { operationId: "old", name: "OfBefore", textHash: "" };
  return [
    { id: `${id}next`, name: "2027-01", activatedAt: null, retiredAt: null, operations },
    { id: `${id}list`, name: "2026-11", activatedAt: "2026-11-02T08:00:00.000Z", retiredAt: null, operations },
    {
      ...{ id: `${id}past`, name: "2026-10", operations: [earlier] },
      ...{ activatedAt: "2026-10-01T08:00:00.000Z", retiredAt: "2026-11-05T08:00:00.000Z" },
    },
  ];
};

export interface PartnerPageStage {
  users: FakeUsers;
  test: TestGateway;
  /** Of the page. */
  url: string;
  keyOfA: string;
  keyOfB: string;
  /** Of a partner without lists that users has forgotten meanwhile. */
  keyOfNobody: string;
  stop: () => Promise<void>;
}

export async function startPartnerPageStage(options: TestGatewayOptions = {}): Promise<PartnerPageStage> {
  const users = await startFakeUsers();
  const isKnown = (id: unknown, tenantId: string): id is PartnerId => tenantId === "acme" && String(id) in partners;
  users.answers
    .set("PartnerProfile", ({ partnerId: id }, tenantId) => ({
      data: { partnerProfile: isKnown(id, tenantId) ? { name: partners[id].name, versions: versionsOf(id) } : null },
    }))
    .set("PartnerOperations", ({ partnerId: id }, tenantId) => {
      const operations = (isKnown(id, tenantId) ? partners[id].operations : []).map(({ id: operationId, ...one }) => ({
        ...{ ...one, operationId, type: one.type.toUpperCase() },
      }));
      const lists = operations.length === 0 ? [] : [{ id: `${String(id)}list`, name: "2026-11", operations }];
      return { data: { partnerOperations: { version: String(id), lists } } };
    });
  const test = await startTestGateway({
    ...{ usersUrl: users.url, apiKeys: { redisNamespace: randomUUID() } },
    operations: rulesWith([], { partner: "ids-only" }),
    ...options,
  });
  const keyOf = (partnerId: string) => users.addKey({ partnerId, keyId: partnerId }).secret;
  return {
    ...{ users, test, url: test.url.replace("/graphql", "/partner") },
    keyOfA: keyOf("aaaaaaaaaaaaaaaaaaaaaaaa"),
    keyOfB: keyOf("bbbbbbbbbbbbbbbbbbbbbbbb"),
    keyOfNobody: keyOf("cccccccccccccccccccccccc"),
    async stop() {
      await test.stop();
      await users.stop();
    },
  };
}
