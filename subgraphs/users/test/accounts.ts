// What tests of accounts share: calls of its mutations, the messages that came of them, and what was stored.
import { cacheEntryType } from "@tradegraph/kit/cache-entry";
import { runForTenant } from "@tradegraph/kit/tenancy";
import { anonymousViewer, type Viewer } from "@tradegraph/kit/viewer";
import { testTenant } from "@tradegraph/testkit/test-subgraph";
import { type Types } from "mongoose";
import { expect } from "vitest";
import { type Mail } from "../src/mail/mail.ts";
import { type UserDocument } from "../src/models/user.ts";
import { type StartedUsers } from "./start-users.ts";

export interface AccountAnswer {
  accessToken?: string | null;
  user: Record<string, unknown> | null;
  userErrors: { __typename: string; message: string; field: string[] | null }[];
}

export const visitor = anonymousViewer(testTenant);

/**
 * Calls a mutation.
 *
 * @param call such as `userUpdate(input: $input)`, with its variables declared in `declared`
 */
export async function call(
  users: StartedUsers,
  {
    call,
    declared = "",
    fields = "user { id }",
    variables = {},
    viewer = visitor,
  }: {
    call: string;
    declared?: string;
    fields?: string;
    variables?: Record<string, unknown>;
    viewer?: Viewer;
  },
): Promise<AccountAnswer> {
  const query = `mutation ${declared && `(${declared})`} { answer: ${call} { ${fields} userErrors { __typename message field } } }`;
  const data = await users.subgraph.expectData<{ answer: AccountAnswer }>({ query, variables, viewer });
  return data.answer;
}

export const inTenant = <T>(work: () => Promise<T>, tenantId = testTenant): Promise<T> => runForTenant(tenantId, work);

/** The account as it is stored, with the hash of its password. */
export async function storedUser(
  users: StartedUsers,
  { _id, tenantId }: { _id: Types.ObjectId; tenantId: string },
): Promise<UserDocument> {
  const user = await inTenant(
    async () => users.models.User.findById(_id).select("+passwordHash").lean<UserDocument>(),
    tenantId,
  );
  if (!user) throw new Error("There is no such account.");
  return user;
}

/** Types of the account's events, oldest first. */
export const eventsOf = ({ outbox }: UserDocument): string[] =>
  outbox.map(({ type }) => type).filter((type) => type !== cacheEntryType);

/** The latest message to an address, when there are so many. */
export async function mailTo(users: StartedUsers, address: string, count = 1): Promise<Mail> {
  const found = () => users.mails.filter(({ to }) => to === address);
  await expect.poll(() => found().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
  const mail = found().at(-1);
  if (!mail) throw new Error("There is no message.");
  return mail;
}

/** Resolves when all messages that wait now have been sent or dropped. */
export async function mailsToSettle(users: StartedUsers, tenantId = testTenant): Promise<void> {
  const waiting = () => inTenant(async () => users.models.Mail.countDocuments({ isWaiting: true }), tenantId);
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
}

export const tokenIn = ({ text }: Mail): string => /#token=([\w-]{43})\s/.exec(text)?.[1] ?? "";

/** Whether the sessions of these ids are alive. */
export const aliveSessions = (users: StartedUsers, userId: Types.ObjectId) =>
  inTenant(async () => users.models.Session.countDocuments({ userId, revokedAt: null }));
