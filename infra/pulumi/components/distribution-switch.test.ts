import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { mockEngine } from "../testing/mocks.ts";
import { DistributionSwitch, switchCode } from "./distribution-switch.ts";
import { Distribution, type StandbyArgs } from "./distribution.ts";

type Handler = (event: { request: object }) => Promise<object>;

/** Runs the function as the edge would, and returns the origin it chose; undefined is the behaviour's own. */
async function chosen(get: () => Promise<string>): Promise<string | undefined> {
  let origin: string | undefined;
  const select = (id: string) => {
    origin = id;
  };
  const cf = { kvs: () => ({ get }), selectRequestOriginById: select };
  const code = switchCode({ recoveryRegion: "us-west-2", standbyOrigin: "standby" });
  const handler = runInNewContext(`${code.replace('import cf from "cloudfront";', "")}; handler`, { cf }) as Handler;
  const request = { uri: "/graphql" };
  expect(await handler({ request })).toBe(request);
  return origin;
}

describe("the function at the edge", () => {
  it("sends visitors to the second region while the store says so, and to no other place ever", async () => {
    expect(await chosen(() => Promise.resolve("us-west-2"))).toBe("standby");
    expect(await chosen(() => Promise.resolve("us-east-1"))).toBeUndefined();
    expect(await chosen(() => Promise.resolve("eu-west-1"))).toBeUndefined();
  });

  it("asks the home region where the store does not answer", async () => {
    expect(await chosen(() => Promise.reject(new Error("KeyNotFound")))).toBeUndefined();
  });
});

describe("DistributionSwitch", () => {
  it("begins with the home region, and reads the one store", async () => {
    const recorded = await mockEngine("prod");
    const regions = { homeRegion: "us-east-1", recoveryRegion: "us-west-2" };
    new DistributionSwitch("edge", { name: "edge", ...regions, standbyOrigin: "standby" });
    expect((await recorded.only("cloudfront.KeyvaluestoreKey")).inputs).toMatchObject({
      key: "region",
      value: "us-east-1",
    });
    const { inputs } = await recorded.only("cloudfront.Function");
    expect(inputs).toMatchObject({ runtime: "cloudfront-js-2.0", publish: true });
    expect(inputs["keyValueStoreAssociations"]).toEqual(["arn:aws:cloudfront:us-east-1:111111111111:edge"]);
  });
});

interface Behavior {
  targetOriginId: string;
  allowedMethods: string[];
  functionAssociations?: object[];
}
interface Edge {
  origins: { originId: string; domainName: string; vpcOriginConfig?: object }[];
  originGroups?: { originId: string; members: { originId: string }[] }[];
  defaultCacheBehavior: Behavior;
  orderedCacheBehaviors: Behavior[];
}

const there: StandbyArgs = {
  homeRegion: "us-east-1",
  region: "us-west-2",
  vpcOriginId: "vo_there",
  dnsName: "internal-there.example",
  assetsDomainName: "copy.s3.us-west-2.amazonaws.com",
};

describe("a distribution with a second region", () => {
  const made = async (standby?: StandbyArgs) => {
    const recorded = await mockEngine("prod");
    new Distribution("edge", {
      name: "edge",
      domains: ["api.example.com"],
      certificateArn: "arn:certificate",
      webAclArn: "arn:firewall",
      loadBalancer: { arn: "arn:alb", dnsName: "internal-alb.example" },
      assets: { bucketDomainName: "assets.s3.us-east-1.amazonaws.com" },
      priceClass: "PriceClass_100",
      ...(standby ? { standby } : {}),
    });
    return (await recorded.only("cloudfront.Distribution")).inputs as unknown as Edge;
  };

  it("knows the way there, and decides for each operation, writes included", async () => {
    const { origins, defaultCacheBehavior, orderedCacheBehaviors } = await made(there);
    expect(origins.find(({ originId }) => originId === "graph-standby")).toMatchObject({
      domainName: "internal-there.example",
      vpcOriginConfig: { vpcOriginId: "vo_there" },
    });
    const behaviors = [defaultCacheBehavior, ...orderedCacheBehaviors];
    const graph = behaviors.filter(({ targetOriginId }) => targetOriginId === "graph");
    expect(graph).toHaveLength(2);
    for (const { allowedMethods, functionAssociations } of graph) {
      expect(allowedMethods).toContain("POST");
      expect(functionAssociations).toMatchObject([{ eventType: "viewer-request" }]);
    }
  });

  it("takes the copy of an asset where the bucket at home does not answer", async () => {
    const { originGroups, orderedCacheBehaviors } = await made(there);
    const [group] = originGroups ?? [];
    expect(group?.members.map(({ originId }) => originId)).toEqual(["assets", "assets-copy"]);
    const assets = orderedCacheBehaviors.find(({ targetOriginId }) => targetOriginId === group?.originId);
    // AWS takes groups for reading alone.
    expect(assets?.allowedMethods).toEqual(["GET", "HEAD", "OPTIONS"]);
  });

  it("has none of it without a second region", async () => {
    const { origins, originGroups, defaultCacheBehavior } = await made();
    expect(origins.map(({ originId }) => originId)).toEqual(["graph", "assets"]);
    expect(originGroups).toBeUndefined();
    expect(defaultCacheBehavior.functionAssociations).toBeUndefined();
  });
});
