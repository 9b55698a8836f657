// Three gateways with the same operations by id: everything off, ids demanded, and safelists.
import { randomUUID } from "node:crypto";
import { listOperations } from "../src/operations/listed-operations.ts";
import { type FakeUsers, startFakeUsers } from "./fake-users.ts";
import { startIssuer, type TestIssuer } from "./issuer.ts";
import { type ManifestFolder, makeManifestFolder, operation, rulesWith } from "./manifest-folder.ts";
import { type GraphqlAnswer, startTestGateway, type TestGateway } from "./start-gateway.ts";

export const latest = operation("query Latest {\n  latest\n}");
export const book = operation("query Book($id: ID!) {\n  book(id: $id) {\n    title\n  }\n}");
export const addBook = operation("mutation AddBook($title: String!) {\n  addBook(title: $title) {\n    title\n  }\n}");
export const relay = operation("query Score { score(of: 1) }", { id: "5d41402abc4b2a76b9719d911017c592" });
const ofWeb = operation("query Shared { latest }", { id: "shared", clientName: "web" });
const ofPhone = operation("query Shared { score(of: 1) }", { id: "shared", clientName: "phone" });
export const ofA = operation("query OfA { latest }", { id: "report" });
export const onlyOfA = operation("query OnlyA { latest }");
const ofB = operation("query OfB { score(of: 1) }", { id: "report" });
const partnerA = "aaaaaaaaaaaaaaaaaaaaaaaa";
const partnerB = "bbbbbbbbbbbbbbbbbbbbbbbb";
const lists = new Map([
  [partnerA, listOperations({ owner: partnerA, operations: [ofA, onlyOfA] })],
  [partnerB, listOperations({ owner: partnerB, operations: [ofB] })],
]);

type Key = Record<string, string>;

export interface PersistedStage {
  users: FakeUsers;
  issuer: TestIssuer;
  folder: ManifestFolder;
  /** All modes are off. */
  open: TestGateway;
  /** Apps and partners must send ids. */
  strict: TestGateway;
  /** Apps and partners have safelists, developers are watched. */
  listed: TestGateway;
  all: readonly TestGateway[];
  /** Of partners; the last one has no list. */
  keyOfA: Key;
  keyOfB: Key;
  keyWithout: Key;
  /** Forgets what was logged and received. */
  clear: () => void;
  stop: () => Promise<void>;
}

export async function startPersistedStage(): Promise<PersistedStage> {
  const [users, issuer, folder] = await Promise.all([startFakeUsers(), startIssuer(), makeManifestFolder()]);
  const keyOf = (partnerId: string) => ({ "x-api-key": users.addKey({ partnerId, keyId: partnerId }).secret });
  await folder.write("storefront", [latest, book, addBook, relay]);
  await folder.write("apps", [ofWeb, ofPhone]);
  const shared = { usersUrl: users.url, apiKeys: { redisNamespace: randomUUID() }, tokens: issuer.rules };
  const rules = (...given: Parameters<typeof rulesWith>) => ({
    ...rulesWith(...given),
    partnerLists: { listOf: ({ partnerId = "" }) => lists.get(partnerId) },
  });
  const all = await Promise.all([
    startTestGateway({ ...shared, operations: rules([folder.path]) }),
    startTestGateway({
      ...{ ...shared, introspection: "developers" },
      operations: rules([folder.path], { app: "ids-only", partner: "ids-only" }),
    }),
    startTestGateway({
      ...{ ...shared, introspection: true },
      operations: rules([folder.path], { app: "safelist", partner: "safelist", developer: "log" }),
    }),
  ]);
  const [open, strict, listed] = all;
  return {
    ...{ users, issuer, folder, open, strict, listed, all },
    ...{ keyOfA: keyOf(partnerA), keyOfB: keyOf(partnerB), keyWithout: keyOf("cccccccccccccccccccccccc") },
    clear() {
      for (const { log, shelf, opinions } of all)
        for (const list of [log, shelf.received, opinions.received]) list.length = 0;
    },
    async stop() {
      await Promise.all(all.map((test) => test.stop()));
      await users.stop();
      issuer.stop();
      await folder.remove();
    },
  };
}

const preflight = { "apollo-require-preflight": "1" };

export const get = (test: TestGateway, path: string, headers: Key = {}) =>
  test.send({ path, headers: { ...preflight, ...headers } });
export const getPlain = (test: TestGateway, path: string) => test.send({ path });

export const refusalOf = ({ status, body }: GraphqlAnswer) => [status, body.errors?.[0]?.extensions.code];
