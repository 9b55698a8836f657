// Operations by id, and what texts without one are worth to which kind of client. In front of everything that looks at
// texts: whatever comes later sees what a client would have sent with the text.
import { type ClientClass, clientClassOf } from "@tradegraph/kit/client-class";
import { type Logger } from "@tradegraph/kit/logger";
import { operationHash } from "@tradegraph/kit/operation-text";
import { type Viewer } from "@tradegraph/kit/viewer";
import { LRUCache } from "lru-cache";
import { notForCaches } from "../cache/response/cache-headers.ts";
import { type AskedOperation, type PassedOn, readAsked } from "../operations/asked-operation.ts";
import { type AutomaticOperations } from "../operations/automatic-operations.ts";
import { isIntrospectionOnly } from "../operations/introspection-only.ts";
import { type OperationList, type PersistedOperation } from "../operations/operation-list.ts";
import { type PersistedOutcome } from "../operations/operation-metrics.ts";
import * as refusals from "../operations/operation-refusals.ts";
import { type PartnerLists } from "../operations/partner-list-source.ts";
import { type OperationRules } from "../operations/settings.ts";
import { createTellUnknown } from "../operations/unknown-operations.ts";
import { type PromiseOrValue, whenDone, whenSettled } from "../promise-or-value.ts";
import { ResolvedOperation } from "./resolved-operation.ts";
import {
  type IsKnown,
  type NextOperation,
  type OperationAnswer,
  type OperationRequest,
  type OperationStep,
} from "./steps.ts";

export interface PersistedOptions {
  modes: OperationRules["modes"];
  /** Of our own apps, as it is at this moment. */
  appList: () => OperationList;
  /** Undefined knows no operation of any partner. */
  partnerLists: Pick<PartnerLists, "listOf"> | undefined;
  /** Undefined registers nothing. */
  automatic: AutomaticOperations | undefined;
  /** Whether questions about the schema are answered, which no list has. */
  mayIntrospect: (client: ClientClass) => boolean;
  count: (outcome: PersistedOutcome, of: ClientClass) => void;
  logger: Logger;
}

export interface PersistedStep {
  step: OperationStep;
  /** For the endpoint: what was read before need not be looked at. */
  isKnown: IsKnown;
}

/** What a list says about a request's text. */
interface Found {
  owner: string;
  version: string;
  clientName: string | undefined;
  operation: PersistedOperation | undefined;
  /** Undefined where the request goes on as it came. */
  passed: PassedOn | undefined;
}

/** A request's text that was read before. */
interface Seen {
  hasId: boolean;
  /** Of a request without id. */
  text: string | undefined;
  found: readonly Found[];
}

const maxBytes = 16 * 1_024 * 1_024;
/** Map slot, list links and objects, about. */
const overheadBytes = 400;
/** Lists whose answers for one text are remembered: our own, or of so many partners. */
const maxFound = 4;

/** The same text for the same request; no body begins with a slash or a question mark. */
function keyOf({ method, search, pathId, bodyText }: OperationRequest): string | undefined {
  if (pathId === undefined && method === "GET") return search;
  if (pathId === undefined && search === "") return bodyText;
  if (method === "GET") return `/${pathId ?? ""}${search}`;
  return bodyText === undefined ? undefined : `/${pathId ?? ""}${search}\n${bodyText}`;
}

/** Nobody sends the same mutation twice, and what stands in one may be a password, which has no place in memory. */
const mayComeAgain = ({ text, found }: Seen): boolean =>
  text === undefined ? found[0]?.operation?.type === "query" : !/\bmutation\b/.test(text);

const sizeOf = ({ text = "", found }: Seen, key: string): number =>
  2 * (key.length + text.length) +
  found.reduce((sum, { passed }) => sum + 2 * ((passed?.search.length ?? 0) + (passed?.bodyText?.length ?? 0)), 0) +
  overheadBytes;

/** What a list has said to a text before. */
function saidBefore(list: OperationList | undefined, { found }: Seen): Found | undefined {
  const { owner = "", version = "" } = list ?? {};
  for (const one of found) if (one.owner === owner && one.version === version) return one;
  return undefined;
}

/** The step in front of rate limit and cache. */
export function resolvePersisted(options: PersistedOptions): PersistedStep {
  const { modes, appList, partnerLists, automatic, mayIntrospect, count, logger } = options;
  const memory = new LRUCache<string, Seen>({ maxSize: maxBytes, sizeCalculation: sizeOf });
  const tellUnknown = createTellUnknown(logger);

  /** Undefined where there is none, which is as an empty one. */
  const listFor = (client: ClientClass, viewer: Viewer): PromiseOrValue<OperationList | undefined> =>
    client === "partner" ? partnerLists?.listOf(viewer) : appList();
  const isAutomatic = (client: ClientClass, asked: AskedOperation) =>
    client === "app" && modes.app !== "ids-only" && asked.isAutomatic ? automatic : undefined;
  const keep = (key: string | undefined, seen: Seen): Seen => {
    if (key !== undefined && key !== "" && mayComeAgain(seen)) memory.set(key, seen);
    return seen;
  };
  const clientNameOf = ({ httpHeaders }: OperationRequest, client: ClientClass): string | undefined => {
    const name = client === "partner" ? undefined : httpHeaders["apollographql-client-name"];
    return typeof name === "string" ? name : undefined;
  };

  const pass = (request: OperationRequest, next: NextOperation, { operation, passed }: Found) => {
    const { scope } = request;
    scope.persisted = operation;
    const answer = next(passed ? new ResolvedOperation(request, passed) : request);
    return operation?.isByClient && request.method === "GET" ? whenDone(answer, withoutCaches) : answer;
  };

  /** What the list has to say to a text. */
  const lookUp = (list: OperationList | undefined, text: string, passed: PassedOn | undefined): Found => {
    const { owner = "", version = "" } = list ?? {};
    return { owner, version, clientName: undefined, operation: list?.findByText(text), passed };
  };
  /** A text that a list may have, or not. */
  const admit = (request: OperationRequest, next: NextOperation, found: Found, text: string) => {
    const { scope } = request;
    const { clientClass: client = "app" } = scope;
    const mode = modes[client];
    if (found.operation || mode === "off") return pass(request, next, found);
    if (mayIntrospect(client) && isIntrospectionOnly(text)) return pass(request, next, found);
    if (mode === "log") {
      count("unknown", client);
      tellUnknown(text, { requestId: scope.requestId, clientClass: client });
      return pass(request, next, found);
    }
    count("not_in_safelist", client);
    throw refusals.notInSafelist();
  };

  const byText = (request: OperationRequest, next: NextOperation, client: ClientClass, seen: Seen) => {
    const { scope } = request;
    const { text } = seen;
    if (modes[client] === "ids-only") {
      if (text !== undefined && mayIntrospect(client) && isIntrospectionOnly(text)) return next(request);
      count("id_required", client);
      throw refusals.idRequired();
    }
    // Nothing that could be executed: left to GraphQL, which knows how to refuse it.
    if (text === undefined) return next(request);
    const decide = (list: OperationList | undefined) => {
      const known = saidBefore(list, seen);
      const found = known ?? lookUp(list, text, undefined);
      if (!known) keep(keyOf(request), { ...seen, found: [found, ...seen.found].slice(0, maxFound) });
      return admit(request, next, found, text);
    };
    if (client !== "partner") return decide(appList());
    // Whoever is only watched is not stopped because nobody knows his list.
    return whenSettled(
      () => listFor(client, scope.viewer),
      decide,
      (error) => {
        if (modes[client] === "log") return next(request);
        throw error;
      },
    );
  };

  const byId = (
    request: OperationRequest,
    next: NextOperation,
    client: ClientClass,
    seen: Seen | undefined,
    read: AskedOperation | undefined,
  ) => {
    const clientName = clientNameOf(request, client);
    return whenDone(listFor(client, request.scope.viewer), (list) => {
      const known = seen?.found.find(
        (one) => one.owner === list?.owner && one.version === list.version && one.clientName === clientName,
      );
      if (known) {
        count("resolved", client);
        return pass(request, next, known);
      }
      const asked = read ?? readAsked(request);
      const { id = "", text, withText } = asked;
      if (text !== undefined) return register(request, next, client, asked, list);
      const operation = list?.find(id, clientName);
      if (!operation || !list) return findAutomatic(request, next, client, asked, list);
      const { owner, version } = list;
      const found: Found = { owner, version, clientName, operation, passed: withText(operation.body) };
      const others = seen?.found ?? [];
      keep(keyOf(request), { hasId: true, text: undefined, found: [found, ...others].slice(0, maxFound) });
      count("resolved", client);
      return pass(request, next, found);
    });
  };

  const findAutomatic = (
    request: OperationRequest,
    next: NextOperation,
    client: ClientClass,
    asked: AskedOperation,
    list: OperationList | undefined,
  ): PromiseOrValue<OperationAnswer> => {
    const { id = "", withText } = asked;
    const store = isAutomatic(client, asked);
    if (!store) {
      count("not_in_list", client);
      throw refusals.notInList(id, asked.operationName);
    }
    return whenDone(store.read(id), (text) => {
      if (text === undefined) throw refusals.sendText();
      return admit(request, next, lookUp(modes[client] === "off" ? undefined : list, text, withText(text)), text);
    });
  };

  /** A text with its hash, which is how automatic ones are made known. */
  const register = (
    request: OperationRequest,
    next: NextOperation,
    client: ClientClass,
    asked: AskedOperation,
    list: OperationList | undefined,
  ): PromiseOrValue<OperationAnswer> => {
    const { id = "", text = "", withText } = asked;
    if (operationHash(text) !== id) throw refusals.wrongHash();
    const found = lookUp(modes[client] === "off" ? undefined : list, text, withText(text));
    return whenDone(admit(request, next, found, text), (answer) => {
      // Known once it was valid.
      if (request.method === "POST" && request.scope.document) automatic?.register(id, text);
      return answer;
    });
  };

  const step: OperationStep = (request, next) => {
    const { scope } = request;
    const client = clientClassOf(scope);
    const key = keyOf(request);
    let seen = key === undefined ? undefined : memory.get(key);
    let asked: AskedOperation | undefined;
    if (!seen) {
      asked = readAsked(request);
      if (asked.id === undefined) seen = keep(key, { hasId: false, text: asked.text, found: [] });
      else if (asked.text !== undefined && !isAutomatic(client, asked)) throw refusals.idAndText();
    }
    if (!seen || seen.hasId) return byId(request, next, client, seen, asked);
    return modes[client] === "off" ? next(request) : byText(request, next, client, seen);
  };
  return { step, isKnown: (text) => memory.has(text) };
}

/** A copy: answers are shared. */
const withoutCaches = ({ status, headers, body }: OperationAnswer): OperationAnswer => ({
  status,
  headers: new Map(headers).set("cache-control", notForCaches),
  body,
});
