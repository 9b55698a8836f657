// How each mutation of the matrix is asked for, and what it needs beside the thing it is about.
import { randomUUID } from "node:crypto";
import { Types } from "mongoose";
import { fakePassword } from "../../subgraphs/users/test/fakes.ts";
import { type SubgraphName } from "./in-process-graph.ts";
import { type Owner } from "./people.ts";
import { makeSession } from "./account-things.ts";
import { type Place, type Thing } from "./thing.ts";

export interface MutationCase {
  subgraph: SubgraphName;
  /** The field with arguments and selection; asked anew for each request, because some values are good for one. */
  call: (thing: Thing) => string;
  /** Puts what only a cell that succeeds needs into the databases. */
  prepare?: (place: Place) => Promise<unknown>;
  /** Whether it did something, where that is not said by an answer without errors. */
  does?: (value: never) => boolean;
  /** Whether also the audit log must stay as it was where it is refused. */
  isAudit?: boolean;
}

const newPassword = "quite another horse battery";
const quoted = (text: string | undefined) => JSON.stringify(text ?? "");
const unique = () => randomUUID().slice(0, 8);
const email = () => `new-${unique()}@example.com`;
const address = `{ street: "Kai 1", city: "Hamburg", zip: "20457", country: "DE" }`;
const errors = "userErrors { __typename message }";

const users = (call: (thing: Thing) => string, more: Partial<MutationCase> = {}): MutationCase => ({
  subgraph: "users",
  call: (thing) => `${call(thing)} { ${errors} }`,
  ...more,
});

const stock = (call: (thing: Thing) => string): MutationCase => ({
  subgraph: "products",
  call: (thing) => `${call(thing)} { units }`,
  does: ({ units }: { units: number }) => units > 0,
});

/** The session that the actor's token names. */
const withSession = ({ graph, actor }: Place) =>
  makeSession({ graph }, actor as Owner, new Types.ObjectId(actor.viewer.sessionId));

const withUnprovenAddress = ({ graph, actor }: Place) =>
  graph.models.users.User.collection.updateOne({ _id: (actor as Owner).user._id }, { $unset: { emailVerifiedAt: 1 } });

const approve = (isApproved: boolean): MutationCase => ({
  subgraph: "orders",
  call: ({ id }) => `orderApprove(input: { id: "${id}", approve: ${isApproved} }) { order { id } ${errors} }`,
});

const mutations: Readonly<Record<string, MutationCase>> = {
  "Mutation.stockReserve": {
    subgraph: "products",
    call({ id }) {
      const until = new Date(Date.now() + 60_000).toISOString();
      const lines = `[{ productId: "${id}", quantity: 1 }]`;
      return `stockReserve(input: { key: "access-${unique()}", expiresAt: "${until}", lines: ${lines} }) { reserved }`;
    },
    does: ({ reserved }: { reserved: boolean }) => reserved,
  },
  "Mutation.stockConfirm": stock(({ name }) => `stockConfirm(key: ${quoted(name)})`),
  "Mutation.stockRelease": stock(({ name }) => `stockRelease(key: ${quoted(name)})`),

  "Mutation.orderPlace": {
    subgraph: "orders",
    call({ id }) {
      const lines = `[{ productId: "${id}", quantity: 1 }]`;
      const input = `{ lines: ${lines}, shippingAddress: ${address}, paymentMethod: CARD }`;
      return `orderPlace(input: ${input}) @idempotent(key: "${randomUUID()}") { order { id } ${errors} }`;
    },
  },
  "Mutation.orderApprove(approve)": approve(true),
  "Mutation.orderApprove(reject)": approve(false),

  "Mutation.userRegister": users(
    () => `userRegister(input: { email: "${email()}", password: "${newPassword}", firstName: "Ada", lastName: "New" })`,
  ),
  "Mutation.login": users((thing) => `login(input: { email: ${quoted(thing.email)}, password: "${fakePassword}" })`),
  "Mutation.tokenRefresh": users(({ name }) => `tokenRefresh(input: { refreshToken: ${quoted(name)} })`),
  "Mutation.logout": users(() => "logout", { prepare: withSession }),
  "Mutation.logout(everywhere)": users(() => "logout(everywhere: true)", { prepare: withSession }),
  "Mutation.sessionRevoke": users(({ id }) => `sessionRevoke(id: "${id}")`),
  "Mutation.emailVerificationSend": users(() => "emailVerificationSend", { prepare: withUnprovenAddress }),
  "Mutation.emailVerify": users(({ name }) => `emailVerify(token: ${quoted(name)})`),
  "Mutation.passwordChange": users(
    () => `passwordChange(input: { currentPassword: "${fakePassword}", newPassword: "${newPassword}" })`,
    { prepare: withSession },
  ),
  "Mutation.passwordResetSend": users((thing) => `passwordResetSend(email: ${quoted(thing.email)})`),
  "Mutation.passwordReset": users(
    ({ name }) => `passwordReset(input: { token: ${quoted(name)}, newPassword: "${newPassword}" })`,
  ),
  "Mutation.userUpdate": users(() => `userUpdate(input: { firstName: "Ada ${unique()}" })`),
  "Mutation.userDeactivate": users(({ id }) => `userDeactivate(id: "${id}")`),
  "Mutation.userDeactivate(staff)": users(({ id }) => `userDeactivate(id: "${id}")`),
  "Mutation.userReactivate": users(({ id }) => `userReactivate(id: "${id}")`),
  "Mutation.userReactivate(staff)": users(({ id }) => `userReactivate(id: "${id}")`),
  "Mutation.userRoleSet": users(({ id }) => `userRoleSet(input: { id: "${id}", role: SUPPLIER })`),

  "Mutation.companyCreate": users(() => `companyCreate(input: { name: "Company ${unique()}" })`),
  "Mutation.companyCreate(below)": users(
    ({ id }) => `companyCreate(input: { name: "Company ${unique()}", parentId: "${id}" })`,
  ),
  "Mutation.companyUpdate": users(({ id }) => `companyUpdate(input: { id: "${id}", name: "Company ${unique()}" })`),
  "Mutation.companyUpdate(credit)": users(({ id }) => {
    const amount = `{ amount: "${1 + Math.floor(Math.random() * 1e6)}.00", currencyCode: "EUR" }`;
    return `companyUpdate(input: { id: "${id}", creditLimit: ${amount} })`;
  }),
  "Mutation.companyMemberInvite": users(
    ({ id }) => `companyMemberInvite(input: { companyId: "${id}", email: "${email()}", role: BUYER })`,
  ),
  "Mutation.companyInvitationRevoke": users(({ id }) => `companyInvitationRevoke(id: "${id}")`),
  "Mutation.companyInvitationAccept": users(({ name }) => `companyInvitationAccept(token: ${quoted(name)})`),
  "Mutation.companyMemberUpdate": users(
    // Less than it is: nobody lifts the own limit.
    ({ id }) =>
      `companyMemberUpdate(input: { id: "${id}", spendingLimit: { amount: "9000.00", currencyCode: "EUR" } })`,
  ),
  "Mutation.companyMemberRemove": users(({ id }) => `companyMemberRemove(id: "${id}")`),

  "Mutation.partnerCreate": users(
    () => `partnerCreate(input: { name: "Partner ${unique()}", contactEmail: "${email()}" })`,
  ),
  "Mutation.partnerUpdate": users(({ id }) => `partnerUpdate(input: { id: "${id}", contactEmail: "${email()}" })`),
  "Mutation.apiKeyCreate": users(
    ({ id }) => `apiKeyCreate(input: { partnerId: "${id}", name: "Key", scopes: [CATALOGUE_READ] })`,
  ),
  "Mutation.apiKeyRevoke": users(({ id }) => `apiKeyRevoke(id: "${id}")`),
  "Mutation.operationListCreate": users(
    ({ id }) => `operationListCreate(input: { partnerId: "${id}", name: "v-${unique()}" })`,
  ),
  "Mutation.operationListAdd": users(({ id }) => {
    const name = `Q${unique()}`;
    return `operationListAdd(input: { id: "${id}", operations: [{ operationId: "${name}", body: "query ${name} { me { id } }" }] })`;
  }),
  "Mutation.operationListActivate": users(({ id }) => `operationListActivate(id: "${id}")`),
  "Mutation.operationListRetire": users(({ id }) => `operationListRetire(id: "${id}")`),
  "Mutation.operationUseRecord": {
    subgraph: "users",
    call: ({ id, name }) =>
      `operationUseRecord(uses: [{ listId: "${id}", operationId: ${quoted(name)}, uses: 1 }]) { recorded }`,
    does: ({ recorded }: { recorded: number }) => recorded > 0,
  },
  "Mutation.auditRecord": {
    subgraph: "users",
    isAudit: true,
    call({ tenantId }) {
      const facts = `category: ACCESS, action: "operation.run", outcome: SUCCESS, at: "${new Date().toISOString()}"`;
      const entry = `{ eventId: "${randomUUID()}", ${facts}, tenantId: "${tenantId}", role: "customer" }`;
      return `auditRecord(entries: [${entry}]) { added }`;
    },
    does: ({ added }: { added: number }) => added > 0,
  },
};

/** How an operation of the matrix is asked for. @throws Error for one that nobody has written down */
export function mutationOf(operation: string): MutationCase {
  const asked = mutations[operation];
  if (!asked) throw new Error("Nobody knows how to ask for this.");
  return asked;
}
