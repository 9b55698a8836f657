// A gateway to be attacked that knows operations by id: apps have a safelist and may register texts, partners have ids only,
// each his own.
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type Attack, type AttackStage, postText, startAttackStage } from "./attack-stage.ts";
import { startFakeUsers } from "./fake-users.ts";
import { makeManifestFolder, operation, rulesWith } from "./manifest-folder.ts";

export const latest = operation("{ latest }", { id: "latest" });
export const book = operation("query Book($id: ID!) { book(id: $id) { id } }");
export const addBook = operation("mutation Add($title: String!) { addBook(title: $title) { id } }");
export const ofA = operation("query OfA { latest }");
export const ofB = operation("query OfB { score(of: 1) }");
export const partnerA = "aaaaaaaaaaaaaaaaaaaaaaaa";
const partnerB = "bbbbbbbbbbbbbbbbbbbbbbbb";

export interface AttackListsStage extends Pick<AttackStage, "attempt"> {
  keyOfA: string;
  keyOfB: string;
  /** That it is refused, soon, with few words, and reaches no subgraph. */
  refused: (attack: Attack, status: number, code: string) => Promise<void>;
  stop: () => Promise<void>;
}

export async function startAttackListsStage(): Promise<AttackListsStage> {
  const [users, folder] = await Promise.all([startFakeUsers(), makeManifestFolder()]);
  await folder.write("storefront", [latest, book, addBook]);
  const keyOf = (partnerId: string) => users.addKey({ partnerId, keyId: partnerId }).secret;
  users.answers.set("PartnerOperations", ({ partnerId }) => {
    const { id, name, body } = partnerId === partnerA ? ofA : ofB;
    const operations = [{ operationId: id, name, type: "QUERY", body }];
    return { data: { partnerOperations: { version: id, lists: [{ id: partnerId, name: "1", operations }] } } };
  });
  const stage = await startAttackStage({
    ...{ introspection: false, planning: { timeoutMs: 2_000 } },
    ...{ usersUrl: users.url, apiKeys: { redisNamespace: `attacks-${randomUUID()}` } },
    operations: rulesWith([folder.path], { app: "safelist", partner: "ids-only" }, { automatic: true }),
  });
  const received = () => stage.shelf.received.length + stage.opinions.received.length;
  return {
    ...{ attempt: stage.attempt, keyOfA: keyOf(partnerA), keyOfB: keyOf(partnerB) },
    async refused(attack, status, code) {
      const before = received();
      const outcome = await stage.attempt(attack);
      expect(outcome).toMatchObject({ status, code, held: "short" });
      expect(outcome.answer.body).not.toHaveProperty("data");
      expect(outcome.answer.text.length).toBeLessThan(1_000);
      // The question whether the gateway is alive.
      expect(received()).toBe(before + 1);
    },
    async stop() {
      await stage.stop();
      await users.stop();
      await folder.remove();
    },
  };
}

/** Any JSON; in each round another property that nobody reads, and a text that is no pair with a hash has another comment. */
const bodyOf = (body: unknown, round: number): string => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return " ".repeat(round) + JSON.stringify(body);
  const isPair = "extensions" in body;
  const query = "query" in body && typeof body.query === "string" && !isPair && { query: `${body.query} #${round}` };
  return JSON.stringify({ ...body, ...query, round });
};
export const json =
  (body: unknown, headers: Record<string, string> = {}): Attack =>
  (round) =>
    postText(bodyOf(body, round), headers)(0);
export const postTo =
  (path: string, body: object): Attack =>
  (round) => ({
    path,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: bodyOf(body, round),
  });
/** As Apollo's clients send ids. */
export const byHash = (sha256Hash: unknown) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
export const encoded = (value: object) => encodeURIComponent(JSON.stringify(value));

export const unknownId = [404, "PERSISTED_QUERY_NOT_IN_LIST"] as const;
export const idAndText = [400, "CANNOT_SEND_PQ_ID_AND_BODY"] as const;
