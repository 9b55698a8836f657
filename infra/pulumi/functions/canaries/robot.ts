// A robot customer, run by CloudWatch Synthetics. One file without imports and settings: lib/function-code.ts makes a CommonJS
// script of it, with the journey written in.

export interface Journey {
  /** https://host */
  url: string;
  /** "health", or "catalogue": what a visitor's page asks for. */
  walk: "health" | "catalogue";
  /** Id of a persisted operation instead of a text; "" for none. */
  operation: string;
}

const CATALOGUE = "query Robot { products(first: 3) { nodes { id name } } }";
const PATIENCE_MS = 10_000;

async function answered(url: string, init: RequestInit = {}): Promise<string> {
  const headers = { "user-agent": "tradegraph-canary", "content-type": "application/json" };
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${new URL(url).pathname} answers ${response.status}`);
  return text;
}

/** @throws where a customer would not get through; the message is what people read */
export async function walk({ url, walk: way, operation }: Journey): Promise<void> {
  if (way === "health") {
    await answered(`${url}/health`);
    return;
  }
  const body = JSON.stringify(operation === "" ? { query: CATALOGUE } : { documentId: operation });
  const text = await answered(`${url}/graphql`, { method: "POST", body });
  const { data, errors = [] } = JSON.parse(text) as { data?: { products?: { nodes?: unknown[] } }; errors?: unknown[] };
  if (errors.length > 0) throw new Error("the catalogue answers with errors");
  if (data == null) throw new Error("the catalogue answers nothing");
  if (operation === "" && (data.products?.nodes ?? []).length === 0) throw new Error("the catalogue is empty");
}
