// `/partner`: what a partner's programmers need to know, for whoever shows a key of that partner.
import { apiKeyHeader } from "@tradegraph/kit/api-key";
import { forbidden } from "@tradegraph/kit/errors";
import { type InternalClient } from "@tradegraph/kit/internal-client";
import { type Logger } from "@tradegraph/kit/logger";
import { type Viewer } from "@tradegraph/kit/viewer";
import { type GatewayOptions } from "../gateway-options.ts";
import { notForCaches } from "../cache/response/cache-headers.ts";
import { type GraphqlEndpointOptions } from "../http/graphql.ts";
import { sendHtml } from "../http/pages.ts";
import { type RateLimitSteps } from "../http/rate-limit.ts";
import { badRequest, refusal } from "../http/refusal.ts";
import { type Exchange, type HttpStep } from "../http/steps.ts";
import { type LiveGraph } from "../live-graph.ts";
import { type PartnerLists } from "../operations/partner-list-source.ts";
import { createDescribeAll } from "./describe-all.ts";
import { endpointUrl } from "./endpoint-url.ts";
import { keyInForm } from "./form-key.ts";
import { keyForm } from "./key-form.ts";
import { limitRows } from "./limit-rows.ts";
import { listChanges } from "./list-changes.ts";
import { pagePolicy } from "./page-policy.ts";
import { isListedOnly, type PartnerFacts, shownOperations } from "./partner-facts.ts";
import { partnerPage } from "./partner-page.ts";
import { createReadProfile } from "./partner-profile.ts";
import { problemOf } from "./problem.ts";

export interface PartnerPageOptions {
  options: Pick<GatewayOptions, "limits" | "operations" | "publicUrl">;
  /** Callers are known here as there, so that guesses at keys count together. */
  endpoint: Pick<GraphqlEndpointOptions, "identify" | "bodyLimit">;
  lists: Pick<PartnerLists, "listOf">;
  users: Pick<InternalClient, "call">;
  graph: Pick<LiveGraph, "schema" | "costs">;
  /** Undefined where nobody is limited. */
  rateLimit: Pick<RateLimitSteps, "takeOfPartner"> | undefined;
  logger: Logger;
}

export const partnerPath = "/partner";

/** Points of the partner's quota, about in proportion to the time that a page takes. */
const pageCost = (operations: number) => 10 + Math.ceil(operations / 10);

/** With the referrer policy of all answers browsers would not say where the form comes from. */
const headers = { "cache-control": notForCaches, "referrer-policy": "same-origin", vary: "X-Api-Key" };

/** Answers this one path; whatever goes wrong is told in the form that asks for a key. */
export function openPartnerPage(given: PartnerPageOptions): HttpStep {
  const { endpoint, logger } = given;
  const { publicUrl } = given.options;
  const factsOf = createFactsOf(given);

  const show = async (exchange: Exchange, key: string): Promise<void> => {
    const { request, headers: sent } = exchange;
    const url = publicUrl ?? endpointUrl(exchange);
    const viewer = await endpoint.identify({ socket: request.socket, headers: { ...sent, [apiKeyHeader]: key } });
    sendHtml(exchange, partnerPage(await factsOf(viewer, url)), pagePolicy, { headers });
  };
  const ownOrigins = ({ headers: { host = "" } }: Exchange) => [
    ...[`http://${host}`, `https://${host}`],
    ...(publicUrl === undefined ? [] : [new URL(publicUrl).origin]),
  ];
  const answer = async (exchange: Exchange): Promise<void> => {
    const { request, headers: sent, search } = exchange;
    const { method = "GET" } = request;
    if (method === "POST") return show(exchange, await keyInForm(exchange, ownOrigins(exchange)));
    if (method !== "GET" && method !== "HEAD")
      throw refusal(405, "BAD_REQUEST", "Open this page, or send the form.", { allow: "GET, HEAD, POST" });
    if (new URLSearchParams(search).has("key"))
      throw badRequest(
        "A key must not stand in an address, where histories and logs keep it: have it ended, and type the new one in here.",
      );
    const key = sent[apiKeyHeader];
    if (key !== undefined) return show(exchange, String(key));
    sendHtml(exchange, keyForm(), pagePolicy, { headers });
  };
  return (exchange, next) => {
    if (exchange.path !== partnerPath) return next();
    return answer(exchange).catch((error: unknown) => {
      const problem = problemOf(error);
      const { status, code, message } = problem;
      const told = { requestId: exchange.requestId, path: partnerPath, status, code };
      if (status === 500) logger.error({ ...told, error }, "The page of a partner could not be made");
      else logger.info(told, "Request refused");
      if (exchange.response.headersSent) return void exchange.response.destroy();
      sendHtml(exchange, keyForm(message), pagePolicy, { status, headers: { ...headers, ...problem.headers } });
    });
  };
}

function createFactsOf({ options, endpoint, lists, users, graph, rateLimit }: PartnerPageOptions) {
  const readProfile = createReadProfile(users);
  const describeAll = createDescribeAll();
  return async (viewer: Viewer, url: string): Promise<PartnerFacts> => {
    const { partnerId, tenantId } = viewer;
    if (partnerId === undefined) throw forbidden("This page is for keys of partners.");
    const [profile, list] = await Promise.all([readProfile(partnerId, tenantId), lists.listOf(viewer)]);
    const operations = list?.operations() ?? [];
    const quota = (await rateLimit?.takeOfPartner(partnerId, pageCost(operations.length))) ?? "unlimited";
    return {
      ...{ partner: profile.name, url, quota, at: new Date() },
      isListedOnly: isListedOnly(options.operations?.modes.partner),
      operations: await shownOperations({
        ...{ operations, versions: profile.versions, describeAll },
        graph: { schema: graph.schema(), costs: graph.costs() },
      }),
      limits: limitRows(options.limits, endpoint.bodyLimit),
      changes: listChanges(profile.versions),
    };
  };
}
