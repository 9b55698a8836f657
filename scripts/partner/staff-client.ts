// Talks to the graph as a member of staff, with the operations that are committed in schema/operations.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readEnv } from "./env.ts";

const operations = resolve(import.meta.dirname, "../../schema/operations");

/** Who signs in, and where; without an address the environment gives an access token. */
export interface SignInOptions {
  url?: string;
  tenant?: string;
  email?: string;
  passwordFile?: string;
}

interface UserError {
  message: string;
  extensions?: { code?: string };
}

/** What a mutation answers: things, and what a person can put right. */
type Payload = Record<string, unknown> & { userErrors: UserError[] };

export interface StaffClient {
  /** GraphQL endpoint that is asked. */
  url: string;
  /** @throws Error with the graph's own words */
  query: <T>(name: string, variables?: object) => Promise<T>;
  /** The payload of the operation's only field. @throws Error with every user error */
  mutate: <T>(name: string, variables: object) => Promise<T>;
}

/** @throws Error when nobody can be signed in */
export async function openStaffClient({ tenant, email, passwordFile, ...given }: SignInOptions): Promise<StaffClient> {
  const env = readEnv();
  const url = given.url ?? env.GRAPH_URL;
  const ask = async <T>(token: string | undefined, path: string, variables: object = {}): Promise<T> => {
    const query = await readFile(resolve(operations, `${path}.graphql`), "utf8");
    const headers = {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(tenant !== undefined && { "x-tenant-id": tenant }),
    };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) }).catch(
      () => undefined,
    );
    if (!response) throw new Error(`Nothing answers at ${url}: is the graph running? Set GRAPH_URL or --url.`);
    const answer = (await response.json().catch(() => ({}))) as { data?: T; errors?: UserError[] };
    if (answer.errors?.length || !answer.data)
      throw new Error(sentences(answer.errors) || `${url} answers ${response.status} and no GraphQL.`);
    return answer.data;
  };
  const signIn = async (): Promise<string> => {
    if (email === undefined) throw new Error("Sign in with --email and --password-file, or set GRAPH_TOKEN.");
    if (passwordFile === undefined) throw new Error("Say with --password-file where the password is.");
    const password = (await readFile(passwordFile, "utf8").catch(() => undefined))?.replace(/\r?\n$/, "");
    if (password === undefined) throw new Error(`The file ${passwordFile} cannot be read.`);
    const { login } = await ask<{ login: Payload }>(undefined, "storefront/Login", { input: { email, password } });
    if (typeof login.accessToken !== "string") throw new Error(sentences(login.userErrors));
    return login.accessToken;
  };
  const token = email === undefined && env.GRAPH_TOKEN !== undefined ? env.GRAPH_TOKEN : await signIn();
  return {
    url,
    query: (name, variables) => ask(token, `backoffice/${name}`, variables),
    async mutate<T>(name: string, variables: object) {
      const [payload] = Object.values(
        await ask<Record<string, Payload | null>>(token, `backoffice/${name}`, variables),
      );
      if (!payload || payload.userErrors.length > 0) throw new Error(sentences(payload?.userErrors));
      return payload as T;
    },
  };
}

/** The graph says so for each field; one sentence says it to people. */
const refusals = ["FORBIDDEN", "UNAUTHORIZED_FIELD_OR_TYPE"];

const sentence = ({ message, extensions }: UserError) =>
  refusals.includes(extensions?.code ?? "")
    ? "This account may not do that: sign in as staff who look after partners."
    : message;

const sentences = (errors: readonly UserError[] = []) => [...new Set(errors.map(sentence))].join("\n");
