// Requests as they stand: nothing is repaired on the way, and any method may carry a body.
import { type Pool } from "undici";
import { type FuzzDocument } from "./documents.ts";
import { type Reply } from "./judge.ts";
import { type RawRequest } from "./wrong-requests.ts";

const one = (value: string | string[] | undefined) => [value].flat()[0] ?? "";

/** @param path of the GraphQL endpoint */
export async function sendRaw(pool: Pool, path: string, { method, search, headers, body }: RawRequest): Promise<Reply> {
  const response = await pool.request({ method, path: path + search, headers, body: body ?? null });
  return {
    status: response.statusCode,
    contentType: one(response.headers["content-type"]),
    requestId: one(response.headers["x-request-id"]),
    text: await response.body.text(),
  };
}

export const asPost = (document: FuzzDocument, headers: Record<string, string>): RawRequest => ({
  ...{ method: "POST", search: "", body: JSON.stringify(document) },
  headers: { "content-type": "application/json", ...headers },
});

/** Node takes 16 KiB of headers, the first line included. */
const longestSearch = 8_000;

/** @returns undefined where it would be too long */
export function asGet(document: FuzzDocument, headers: Record<string, string>): RawRequest | undefined {
  const parameters = new URLSearchParams({ query: document.query, variables: JSON.stringify(document.variables) });
  if (document.operationName !== undefined) parameters.set("operationName", document.operationName);
  const search = `?${parameters}`;
  if (search.length > longestSearch) return undefined;
  return { method: "GET", search, headers: { "apollo-require-preflight": "1", ...headers } };
}
