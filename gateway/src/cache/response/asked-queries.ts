// Requests as they came, and what they ask: one that comes again is neither parsed as JSON nor as GraphQL.
import { type OperationRequest } from "../../http/steps.ts";
import { LRUCache } from "lru-cache";
import { type AskedQuery, createQueryReader, searchParameters } from "./operation-key.ts";
import { type Question, type QuestionPlace } from "./response-questions.ts";

/** A request's text with what it was found to ask. */
export interface SeenRequest {
  query: AskedQuery;
  /** Of the caller before; found again without making a key. */
  question?: Question;
}

export interface AskedQueries {
  /** @returns undefined for anything but a query, which Apollo answers or refuses */
  read: (request: Pick<OperationRequest, "method" | "search" | "bodyText" | "body">) => SeenRequest | undefined;
  /** Whether a body, or a query string with its question mark, was read before. */
  isKnown: (text: string) => boolean;
}

const maxBytes = 16 * 1_024 * 1_024;
/** Map slot, list links and objects, about. */
const overheadBytes = 400;

export function createAskedQueries(): AskedQueries {
  const readQuery = createQueryReader();
  const memory = new LRUCache<string, SeenRequest>({
    maxSize: maxBytes,
    // Twice, because the query in it is held too; its document is not, see operation-key.ts.
    sizeCalculation: (_seen, text) => 2 * text.length + overheadBytes,
  });
  return {
    isKnown: (text) => memory.has(text),
    read(request) {
      // A query string begins with a question mark, which no JSON does.
      const text = request.method === "GET" ? request.search : request.bodyText;
      if (text === undefined || text === "") return undefined;
      const known = memory.get(text);
      if (known) return known;
      const parameters = request.method === "GET" ? searchParameters(request.search) : request.body;
      if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) return undefined;
      const query = readQuery(parameters);
      if (!query) return undefined;
      const seen: SeenRequest = { query };
      memory.set(text, seen);
      return seen;
    },
  };
}

/** Whether a question that was found before is this one. */
export const isAt = (
  { place }: Question,
  { tenantId, epoch, fingerprint }: Omit<QuestionPlace, "namespace">,
): boolean => place.tenantId === tenantId && place.epoch === epoch && place.fingerprint === fingerprint;
