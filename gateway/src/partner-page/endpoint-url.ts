import { type TLSSocket } from "node:tls";
import { badRequest } from "../http/refusal.ts";
import { graphqlPath } from "../http/graphql.ts";
import { type Exchange } from "../http/steps.ts";

/**
 * Where the caller reaches the GraphQL endpoint, as it says itself: nobody else is shown it.
 *
 * @throws GraphQLError 400 for a `Host` that is none
 */
export function endpointUrl({ request, headers }: Pick<Exchange, "request" | "headers">): string {
  const { host = "", "x-forwarded-proto": forwarded } = headers;
  const isEncrypted =
    (request.socket as Partial<TLSSocket>).encrypted === true || /^\s*https\b/i.test(String(forwarded ?? ""));
  const origin = `${isEncrypted ? "https" : "http"}://${host}`;
  if (!URL.canParse(origin) || !/^[\w.:[\]-]+$/.test(host)) throw badRequest("The header Host is not a host name.");
  return new URL(graphqlPath, origin).href;
}
