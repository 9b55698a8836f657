// Something that somebody tries who should not, what they are told, and what is written down of it.
import { createHmac, createPublicKey, sign } from "node:crypto";
import { type TestGraph } from "@tradegraph/testkit/start-graph";
import { type DemoShop, emailOf } from "../demo.ts";

/** What an attack happens on. */
export interface Scene {
  graph: TestGraph;
  shop: DemoShop;
}

export interface Answer {
  status: number;
  /** Code of the first error, or type of the first user error. */
  code: string;
}

/** An audit entry, as far as it must be there. */
export interface Told {
  source: "gateway" | "products" | "orders" | "users" | "content";
  action: string;
  code?: string;
}

export interface Attack {
  name: string;
  /** Makes everything ready, before the databases are looked at. @returns the attack itself, which may be repeated */
  prepare: (scene: Scene) => Promise<() => Promise<Answer>>;
  refused: Answer;
  told: Told;
  /** Collections that change because of it, such as those of a session that ends. */
  changes?: string[];
}

export const unauthenticated: Answer = { status: 401, code: "UNAUTHENTICATED" };

interface Body {
  data?: Record<string, { userErrors?: { __typename: string }[] } | null> | null;
  errors?: { extensions?: { code?: string } }[];
}

/** Sends a request. @param url the gateway's, a subgraph's or any other */
export async function send(url: string, headers: Record<string, string>, body: string): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const { data, errors } = (await response.json()) as Body;
  const [userError] = Object.values(data ?? {}).flatMap((field) => field?.userErrors ?? []);
  return { status: response.status, code: errors?.[0]?.extensions?.code ?? userError?.__typename ?? "none" };
}

/** A write that everybody with an account may do, so that whoever comes in by mistake leaves a trace. */
export const ownChange = JSON.stringify({
  query: `mutation { userUpdate(input: { firstName: "Mallory" }) { userErrors { __typename } } }`,
});

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

export async function signIn({ graph, shop }: Scene, label: string): Promise<Tokens> {
  const input = { email: emailOf(shop.plan, label), password: graph.graph.secrets.demoPassword };
  return (await shop.visitor.operation<{ login: Tokens }>("Login", { input })).login;
}

export const refresh = async ({ shop }: Scene, { refreshToken }: Tokens): Promise<Tokens> =>
  (await shop.visitor.operation<{ tokenRefresh: Tokens }>("TokenRefresh", { input: { refreshToken } })).tokenRefresh;

export type Parts = Record<string, unknown>;

const encode = (part: Parts) => Buffer.from(JSON.stringify(part)).toString("base64url");
const partOf = (token: string, index: number) =>
  JSON.parse(Buffer.from(token.split(".")[index] ?? "", "base64url").toString("utf8")) as Parts;

export const headerOf = (token: string): Parts => partOf(token, 0);
export const payloadOf = (token: string): Parts => partOf(token, 1);

/** @param key PEM of a private key; signs with HMAC and the key's public half where the header says HS256 */
export function makeToken(header: Parts, payload: Parts, key: string | undefined): string {
  const text = `${encode(header)}.${encode(payload)}`;
  if (key === undefined) return `${text}.`;
  if (header.alg !== "HS256") return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  const publicKey = createPublicKey(key).export({ type: "spki", format: "pem" });
  return `${text}.${createHmac("sha256", publicKey).update(text).digest("base64url")}`;
}
