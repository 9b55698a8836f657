import { describe, expect, it } from "vitest";
import { examine, UNKNOWN } from "../examine.ts";
import { cacheAccess } from "./cache-access.ts";

const group = (changed: object = {}) => [
  {
    kind: "elasticache.ReplicationGroup",
    name: "cache",
    props: {
      ...{ userGroupIds: [UNKNOWN], automaticFailoverEnabled: true, multiAzEnabled: true },
      ...{ subnetGroupName: UNKNOWN, securityGroupIds: [UNKNOWN] },
      ...changed,
    },
  },
];
const user = (props: Record<string, unknown>) => [{ kind: "elasticache.User", name: "cache", props }];

describe("the rule on access to caches", () => {
  it("accepts users without administration, and groups that fail over", async () => {
    expect(await examine(cacheAccess, user({ accessString: "on ~* &* +@all -@admin" }))).toEqual([]);
    expect(await examine(cacheAccess, group())).toEqual([]);
    expect(await examine(cacheAccess, group({ multiAzEnabled: false }), { stack: "dev" })).toEqual([]);
  });

  it.each([
    [user({ noPasswordRequired: true }), "cache: noPasswordRequired lets everybody in"],
    [user({ accessString: "on ~* +@all" }), "cache: accessString gives the rights of administration"],
    [group({ userGroupIds: undefined }), "cache: userGroupIds is missing: everybody in the network may use it"],
    [group({ subnetGroupName: undefined }), "cache: subnetGroupName is missing"],
    [group({ securityGroupIds: undefined }), "cache: securityGroupIds is missing"],
    [group({ automaticFailoverEnabled: false }), "cache: automaticFailoverEnabled is not true"],
    [group({ multiAzEnabled: false }), "cache: multiAzEnabled is not true"],
    [
      [
        {
          kind: "elasticache.ServerlessCache",
          name: "cache",
          props: { subnetIds: [UNKNOWN], securityGroupIds: [UNKNOWN] },
        },
      ],
      "cache: userGroupId is missing: everybody in the network may use it",
    ],
  ])("refuses others (%#)", async (examples, message) => {
    expect(await examine(cacheAccess, examples)).toEqual([message]);
  });
});
