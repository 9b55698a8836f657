// Which operations try passwords, or send mail to somebody. Each field counts, under whatever alias and in whatever fragment.
import { hash } from "node:crypto";
import { plus } from "@tradegraph/kit/saturating";
import { type DocumentNode, Kind, OperationTypeNode, parse, type SelectionSetNode } from "graphql";
import { LRUCache } from "lru-cache";
import { type OperationRequest } from "../http/steps.ts";
import { isJsonObject } from "../json-object.ts";
import { parseOptions } from "../parsed-document.ts";

/** Those with equal names count together. */
const groups: ReadonlyMap<string, string> = new Map([
  ["login", "sign-in"],
  ["userRegister", "registration"],
  ["passwordReset", "password-reset"],
  ["passwordResetSend", "password-reset"],
  ["passwordChange", "password-change"],
  ["emailVerificationSend", "email-verification"],
  ["emailVerify", "email-verification"],
  ["companyMemberInvite", "invitation"],
  ["companyInvitationAccept", "invitation"],
]);

/** Fields of the mutation type that are limited by this; for a test that they exist. */
export const signInFields = [...groups.keys()];

const anyField = new RegExp(`\\b(?:${signInFields.join("|")})\\b`, "g");

/** What one request does of a kind. */
export interface SignInUse {
  group: string;
  /** How many fields. */
  count: number;
}

/** By group. */
type Counts = Map<string, number>;

/** Texts that are known, by their hashes: what stands in one may be a password, which has no place in memory. */
const memory = { max: 10_000 };

const none: readonly SignInUse[] = [];

/** Finds what a request does of this; nothing costs queries as good as no time. */
export function createSignInReader(): (request: OperationRequest) => readonly SignInUse[] {
  const known = new LRUCache<string, readonly SignInUse[]>(memory);
  return (request) => {
    const { method, bodyText } = request;
    // Inside JSON the word may be written with escapes.
    const mayBe = method === "POST" && (!bodyText || bodyText.includes("mutation") || bodyText.includes("\\u"));
    if (!mayBe) return none;
    const { body } = request;
    if (!isJsonObject(body) || typeof body.query !== "string" || !body.query.includes("mutation")) return none;
    const { query } = body;
    const name = typeof body.operationName === "string" ? body.operationName : "";
    const key = hash("sha256", `${JSON.stringify(name)}\n${query}`, "base64");
    let uses = known.get(key);
    if (!uses) known.set(key, (uses = usesOf(query, name)));
    return uses;
  };
}

function usesOf(query: string, operationName: string): readonly SignInUse[] {
  const counts = countFields(query, operationName);
  return counts.size === 0 ? none : [...counts].map(([group, count]) => ({ group, count }));
}

function countFields(query: string, operationName: string): Counts {
  let document: DocumentNode;
  try {
    document = parse(query, parseOptions);
  } catch {
    return countNames(query);
  }
  return countSelected(document, operationName);
}

/**
 * Of what is no GraphQL, and refused later, or too long to be read where that is not limited: no field runs more often than
 * its name stands there.
 */
function countNames(query: string): Counts {
  const counts: Counts = new Map();
  for (const [name] of query.matchAll(anyField)) add(counts, name, 1);
  return counts;
}

function add(counts: Counts, field: string, count: number): void {
  const group = groups.get(field);
  if (group !== undefined) counts.set(group, plus(counts.get(group) ?? 0, count));
}

/** Each fragment is counted once, however often it is spread; one in itself, which is not valid, counts as nothing. */
function countSelected({ definitions }: DocumentNode, operationName: string): Counts {
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet]] : [])),
  );
  const known = new Map<string, Counts>();
  const countFragment = (name: string): Counts => {
    const counted = known.get(name);
    if (counted) return counted;
    known.set(name, new Map());
    const counts: Counts = new Map();
    const set = fragments.get(name);
    if (set) countSet(counts, set);
    known.set(name, counts);
    return counts;
  };
  const countSet = (counts: Counts, { selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) add(counts, node.name.value, 1);
      else if (node.kind === Kind.INLINE_FRAGMENT) countSet(counts, node.selectionSet);
      else
        for (const [group, count] of countFragment(node.name.value))
          counts.set(group, plus(counts.get(group) ?? 0, count));
    }
  };
  const counts: Counts = new Map();
  for (const one of definitions) {
    const isMutation = one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION;
    if (isMutation && (operationName === "" || one.name?.value === operationName)) countSet(counts, one.selectionSet);
  }
  return counts;
}
