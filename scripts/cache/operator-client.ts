// Talks to the gateway's port for operators.
import { readOperator } from "./env.ts";

export interface OperatorClient {
  /** @throws Error with the gateway's own words */
  get: <T>(path: string) => Promise<T>;
  /** @throws Error with the gateway's own words */
  post: <T>(path: string, body: unknown) => Promise<T>;
}

interface Refused {
  errors?: { message: string }[];
}

/** @throws Error when it is not known where and with which key */
export async function openOperatorClient(): Promise<OperatorClient> {
  const { url, key } = await readOperator();
  const send = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(15_000) }).catch(() => undefined);
    if (!response) throw new Error(`Nothing answers at ${url}: is the gateway's port for operators open?`);
    const answer = (await response.json().catch(() => ({}))) as T & Refused;
    if (response.ok) return answer;
    const words = answer.errors?.map(({ message }) => message).join("\n");
    throw new Error(words ?? `${url} answers ${response.status} and no JSON: is it the gateway's port for operators?`);
  };
  return {
    get: (path) => send(path, {}),
    post: (path, body) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: key },
        body: JSON.stringify(body),
      }),
  };
}
