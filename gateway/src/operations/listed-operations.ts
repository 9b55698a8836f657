// A list in memory, made to be asked for each request.
import { atOnce, inTurns, type Steps } from "@tradegraph/kit/in-turns";
import { normalizedText, operationHash } from "@tradegraph/kit/operation-text";
import { type OperationList, type PersistedOperation } from "./operation-list.ts";

/** Tokens of a text that is looked for; no operation of a shop has so many, and strangers send it. */
const maxTokens = 10_000;

const keyOf = (id: string, clientName: string): string => JSON.stringify([clientName, id]);

/**
 * Operations as a list that can be asked. Of two operations with one id the first counts, but an operation that names its
 * client goes before others where that client asks.
 *
 * @param given version: tells this content from others; its hash where it is left out
 */
export function listOperations(
  given: Pick<OperationList, "owner"> & { version?: string; operations: readonly PersistedOperation[] },
): OperationList {
  const { owner } = given;
  const operations = markByClient(given.operations);
  const byId = new Map<string, PersistedOperation>();
  const byClient = new Map<string, PersistedOperation>();
  for (const operation of operations) {
    const { id, clientName } = operation;
    if (!byId.has(id)) byId.set(id, operation);
    const key = clientName === undefined ? undefined : keyOf(id, clientName);
    if (key !== undefined && !byClient.has(key)) byClient.set(key, operation);
  }
  let byText: Map<string, PersistedOperation> | undefined;
  const version = given.version ?? operationHash(JSON.stringify(operations));
  return {
    version,
    owner,
    find: (id, clientName) =>
      (clientName === undefined ? undefined : byClient.get(keyOf(id, clientName))) ?? byId.get(id),
    findByText(body) {
      byText ??= atOnce(textsOf(operations));
      try {
        return byText.get(operationHash(normalizedText(body, maxTokens)));
      } catch {
        // No GraphQL, or too long to be one of ours.
        return undefined;
      }
    },
    async readTexts() {
      byText ??= await inTurns(textsOf(operations));
    },
    operations: () => operations,
  };
}

function markByClient(operations: readonly PersistedOperation[]): readonly PersistedOperation[] {
  const bodies = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, body } of operations) {
    if ((bodies.get(id) ?? body) !== body) shared.add(id);
    bodies.set(id, body);
  }
  return shared.size === 0
    ? operations
    : operations.map((one) => (shared.has(one.id) ? { ...one, isByClient: true } : one));
}

/** Only where a mode looks for texts: each takes a quarter of a millisecond and more. */
function* textsOf(operations: readonly PersistedOperation[]): Steps<Map<string, PersistedOperation>> {
  const texts = new Map<string, PersistedOperation>();
  for (const operation of operations) {
    const key = operationHash(normalizedText(operation.body));
    if (!texts.has(key)) texts.set(key, operation);
    yield;
  }
  return texts;
}
