import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { failureText, type GraphQLAnswer } from "./test-subgraph.ts";

const operations = resolve(import.meta.dirname, "../../../schema/operations");

/** A caller of the gateway, as an app is one. */
export interface GraphClient {
  execute: <T = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
  ) => Promise<GraphQLAnswer<T>>;
  /** The same, and fails the test when the answer has errors. */
  expectData: <T = Record<string, unknown>>(query: string, variables?: Record<string, unknown>) => Promise<T>;
  /** Runs `schema/operations/<client>/<name>.graphql`. */
  operation: <T = Record<string, unknown>>(
    name: string,
    variables?: Record<string, unknown>,
    client?: string,
  ) => Promise<T>;
}

export interface Caller {
  /** Access token. */
  token?: string;
  tenant?: string;
  /** Key of a partner, instead of a token. */
  apiKey?: string;
}

/** Text of a committed operation. */
export const readOperation = (name: string, client = "storefront"): Promise<string> =>
  readFile(resolve(operations, client, `${name}.graphql`), "utf8");

/** @param url GraphQL endpoint of the gateway */
export function createGraphClient(url: string, { token, tenant, apiKey }: Caller = {}): GraphClient {
  const headers = {
    "content-type": "application/json",
    ...(token && { authorization: `Bearer ${token}` }),
    ...(tenant && { "x-tenant-id": tenant }),
    ...(apiKey && { "x-api-key": apiKey }),
  };
  const execute = async <T>(query: string, variables: Record<string, unknown> = {}): Promise<GraphQLAnswer<T>> => {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as GraphQLAnswer<T>;
  };
  const expectData = async <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> => {
    const answer = await execute<T>(query, variables);
    if (answer.errors || !answer.data) throw new Error(failureText({ query, variables }, answer));
    return answer.data;
  };
  return {
    execute,
    expectData,
    operation: async (name, variables, client) => expectData(await readOperation(name, client), variables),
  };
}

/** Signs in with a demo account. @throws Error when the login is refused */
export async function signIn(
  url: string,
  account: { email: string; password: string; tenant?: string; companyId?: string },
): Promise<GraphClient & { token: string }> {
  const { email, password, tenant, companyId } = account;
  const visitor = createGraphClient(url, tenant ? { tenant } : {});
  const { login } = await visitor.operation<{
    login: { accessToken: string | null; userErrors: { message: string }[] };
  }>("Login", {
    input: { email, password, ...(companyId && { companyId }) },
  });
  if (!login.accessToken)
    throw new Error(`${email} may not sign in: ${login.userErrors.map(({ message }) => message).join(" ")}`);
  return {
    ...createGraphClient(url, { token: login.accessToken, ...(tenant && { tenant }) }),
    token: login.accessToken,
  };
}
