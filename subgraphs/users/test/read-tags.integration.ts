import { type CacheAnswer, cacheTagsHeader } from "@tradegraph/kit/cache-answer";
import { type ToldInvalidation } from "@tradegraph/kit/invalidation";
import { type Execution } from "@tradegraph/testkit/test-subgraph";
import { describe, expect, it } from "vitest";
import { fakeCompany, fakeMembership, fakeUser, hex, viewerOf } from "./fakes.ts";
import { startUsers } from "./start-users.ts";

const users = startUsers();

async function tagsOf(execution: Execution): Promise<CacheAnswer> {
  const headers = { [cacheTagsHeader]: "1" };
  const { errors, extensions } = await users.subgraph.execute({ ...execution, headers, withExtensions: true });
  expect(errors).toBeUndefined();
  return extensions as CacheAnswer;
}

describe("what an answer says it has read", () => {
  it("is each user's own, although everybody sees copies with a part of the fields", async () => {
    const people = [await fakeUser(users.models), await fakeUser(users.models)];
    const { apolloEntityCacheTags: tags } = await tagsOf({
      query: "query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { sellerProfile { shopName } } } }",
      variables: { r: people.map((one) => ({ __typename: "User", id: hex(one) })) },
    });
    expect(tags?.map((each) => each?.toSorted())).toEqual(
      people.map((one) => [`User:${hex(one)}`, "model:acme:User"].toSorted()),
    );
  });

  it("is account, memberships and companies for the own account, and a change of the account tells it", async () => {
    const [user, company] = [await fakeUser(users.models), await fakeCompany(users.models)];
    const membership = await fakeMembership(users.models, { user, company });
    const viewer = viewerOf(user);
    const query = "{ me { firstName memberships { role company { name } } } }";
    const me = (await tagsOf({ query, viewer })).cacheTagsByField?.me;
    expect(me).toEqual(
      expect.arrayContaining([
        `User:${hex(user)}`,
        `Membership:${hex(membership)}`,
        `Company:${hex(company)}`,
        "list:acme:Membership.userId",
      ]),
    );
    const { extensions } = await users.subgraph.execute({
      query: `mutation { userUpdate(input: { firstName: "Zoe" }) { user { firstName } } }`,
      viewer,
      withExtensions: true,
    });
    expect((extensions?.cacheInvalidate as ToldInvalidation).tags).toContain(`User:${hex(user)}`);
  });

  it("is nothing that may be kept where it comes of what has no rule", async () => {
    const viewer = viewerOf(await fakeUser(users.models));
    expect((await tagsOf({ query: "{ sessions { id } }", viewer })).cacheTagsByField).toEqual({ sessions: null });
  });
});
