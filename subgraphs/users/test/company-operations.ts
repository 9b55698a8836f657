// Mutations on companies and their people, as tests send them.
import { type Viewer } from "@tradegraph/kit/viewer";
import { type Types } from "mongoose";
import { newId } from "./fakes.ts";
import { type StartedUsers } from "./start-users.ts";

export interface Outcome {
  /** The field of the payload: company, membership or invitation. */
  thing: Record<string, unknown> | null | undefined;
  userErrors: { __typename: string; message: string; field: string[] | null; limit?: number }[] | undefined;
  /** Codes of errors. */
  codes: unknown[];
}

const membership = "membership { id role spendingLimit { amount } spendingPeriod company { id } user { id } }";
const invitation = "invitation { id email role expiresAt createdAt }";
const company = `company { id name status taxId paymentTerms version: nodeId parent { id } creditLimit { amount currencyCode }
  addresses { street city } members { nodes { role user { id } } } }`;

const operations = {
  companyCreate: ["input: CompanyCreateInput!", company],
  companyUpdate: ["input: CompanyUpdateInput!", company],
  companyMemberInvite: ["input: CompanyMemberInviteInput!", invitation],
  companyInvitationRevoke: ["id: ID!", invitation],
  companyInvitationAccept: ["token: String!", membership],
  companyMemberUpdate: ["input: CompanyMemberUpdateInput!", membership],
  companyMemberRemove: ["id: ID!", membership],
} as const;

type Operation = keyof typeof operations;

type Payload = Record<string, unknown> & Pick<Outcome, "userErrors">;

/** Runs one; `value` is its only argument. */
export async function run(users: StartedUsers, operation: Operation, viewer: Viewer, value: unknown): Promise<Outcome> {
  const [argument, selection] = operations[operation];
  const [name = "", type = ""] = argument.split(": ");
  const query = `mutation ($value: ${type}) { ${operation}(${name}: $value) { ${selection}
    userErrors { __typename message field ... on LimitReachedError { limit } } } }`;
  const answer = await users.subgraph.execute<Record<string, Payload | null>>({
    query,
    variables: { value },
    viewer,
  });
  const payload = answer.data?.[operation];
  const { userErrors, ...things } = payload ?? {};
  return {
    thing: Object.values(things)[0] as Outcome["thing"],
    userErrors,
    codes: (answer.errors ?? []).map(({ extensions }) => extensions.code),
  };
}

/** A session of a person, for tests of what outdates it. */
export async function openSession({ models }: StartedUsers, userId: Types.ObjectId, tenantId: string): Promise<void> {
  const now = new Date();
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const hash = newId().toHexString().padEnd(43, "x");
  await models.Session.collection.insertOne({
    ...{ userId, tenantId, tokenHash: hash, spent: [], lastUsedAt: now, expiresAt: now, removeAt: now },
    ...{ notBefore: 0, issuedAt, version: 1, createdAt: now, updatedAt: now, outbox: [], hasOutbox: false },
  } as never);
}

/** Whether access tokens made up to now must be refreshed. */
export async function isOutdated({ models }: StartedUsers, userId: Types.ObjectId): Promise<boolean> {
  const session = await models.Session.collection.findOne({ userId });
  return session !== null && (session.notBefore as number) > (session.issuedAt as number);
}
