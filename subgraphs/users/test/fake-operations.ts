// Operation lists of partners, and what they are made of.
import { operationHash } from "@tradegraph/kit/operation-text";
import { type Viewer } from "@tradegraph/kit/viewer";
import { partnerStaff } from "./fake-partner.ts";
import { type StartedUsers } from "./start-users.ts";

export interface GivenOperation {
  operationId: string;
  body: string;
  clientName?: string;
}

/** An operation that the committed schema allows, with its hash as id. */
export function fakeOperation(name: string, body = `query ${name} { products(first: 1) { nodes { id } } }`) {
  return { operationId: operationHash(body), body };
}

export interface ListPayload {
  operationList: {
    id: string;
    name: string;
    status: string;
    operationCount: number;
    activatedAt: string | null;
    retiredAt: string | null;
  } | null;
  userErrors: { __typename: string; message: string; field: string[] | null; limit?: number }[];
}

const fields = `operationList { id name status operationCount activatedAt retiredAt }
  userErrors { __typename message field ... on LimitReachedError { limit } }`;

/** Operation lists as staff change them, over HTTP. */
export function operationLists(users: StartedUsers, staff: Viewer = partnerStaff()) {
  const mutate = async (head: string, call: string, variables: Record<string, unknown>): Promise<ListPayload> => {
    const query = `mutation ${head} { payload: ${call} { ${fields} } }`;
    return (await users.subgraph.expectData<{ payload: ListPayload }>({ query, variables, viewer: staff })).payload;
  };
  const create = (partnerId: string, name: string) =>
    mutate("($input: OperationListCreateInput!)", "operationListCreate(input: $input)", { input: { partnerId, name } });
  const add = (id: string, operations: GivenOperation[]) =>
    mutate("($input: OperationListAddInput!)", "operationListAdd(input: $input)", { input: { id, operations } });
  const activate = (id: string) => mutate("($id: ID!)", "operationListActivate(id: $id)", { id });
  const retire = (id: string, force?: boolean) =>
    mutate("($id: ID!, $force: Boolean)", "operationListRetire(id: $id, force: $force)", { id, force });
  /** @returns the id of an active list with these operations */
  const active = async (partnerId: string, name: string, ...operations: GivenOperation[]): Promise<string> => {
    const id = String((await create(partnerId, name)).operationList?.id);
    await add(id, operations);
    const { userErrors } = await activate(id);
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    return id;
  };
  return { create, add, activate, retire, active };
}
