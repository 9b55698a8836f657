// What a new version has to show before visitors reach it.
import { type Answer } from "./ask.ts";

/** `wait`: it is not there yet, ask again. */
export interface Verdict {
  state: "passed" | "failed" | "wait";
  why: string;
}

export interface Check {
  name: string;
  path: string;
  body?: object;
  /** What is wrong with an answer of status 200, or undefined. */
  complaint: (text: string) => string | undefined;
}

interface GraphqlAnswer {
  data?: Record<string, unknown> | null;
  errors?: { message?: string; extensions?: { code?: string } }[];
}

/** What a visitor asks first: the smallest operation, and a look into the catalogue. */
const texts = [
  { name: "smallest operation", query: "{ __typename }", field: "__typename" },
  { name: "catalogue", query: "query SmokeTest { products(first: 1) { nodes { id } } }", field: "products" },
];

/**
 * @param shop whether the host belongs to a shop; without one no operation of a visitor is answered
 * @param operation id of a persisted operation that visitors may send, where texts are not taken; "" for none
 */
export function checksOf({ shop, operation }: { shop: boolean; operation: string }): Check[] {
  const health: Check = { name: "health", path: "/health", complaint: () => undefined };
  if (!shop) return [health];
  const operations: Check[] =
    operation === ""
      ? texts.map(({ name, query, field }) => ({
          ...{ name, path: "/graphql", body: { query } },
          complaint: (text) => graphqlComplaint(text, field),
        }))
      : [
          {
            ...{ name: "persisted operation", path: "/graphql", body: { documentId: operation } },
            complaint: (text) => graphqlComplaint(text),
          },
        ];
  return [health, ...operations];
}

/** @param field that must be there and not null; else all of `data` counts */
export function graphqlComplaint(text: string, field?: string): string | undefined {
  let answer: GraphqlAnswer;
  try {
    answer = JSON.parse(text) as GraphqlAnswer;
  } catch {
    return "the answer is no JSON";
  }
  const [error] = answer.errors ?? [];
  // Messages of errors may quote a request; the code says enough.
  if (error) return `the answer has an error (${error.extensions?.code ?? "without a code"})`;
  if (answer.data == null || (field !== undefined && answer.data[field] == null)) return "the answer has no data";
  return undefined;
}

/** The load balancer answers so while no task behind it is ready. */
const NOT_READY = new Set([502, 503, 504]);

/** Asks one thing after the other and stops at the first that is wrong. */
export async function smokeTest(
  checks: Check[],
  ask: (path: string, body?: object) => Promise<Answer>,
): Promise<Verdict> {
  for (const { name, path, body, complaint } of checks) {
    let answer: Answer;
    try {
      answer = await ask(path, body);
    } catch (error) {
      return { state: "wait", why: `${name}: ${error instanceof Error ? error.message : "no answer"}` };
    }
    if (NOT_READY.has(answer.status)) return { state: "wait", why: `${name}: status ${answer.status}` };
    if (answer.status !== 200) return { state: "failed", why: `${name}: status ${answer.status}` };
    const wrong = complaint(answer.body);
    if (wrong !== undefined) return { state: "failed", why: `${name}: ${wrong}` };
  }
  return { state: "passed", why: checks.map(({ name }) => name).join(", ") };
}
